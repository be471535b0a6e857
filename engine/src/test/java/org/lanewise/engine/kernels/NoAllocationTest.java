package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.WorkerPool;

/**
 * A compiled kernel allocates nothing. When it does, the compiler has given up on keeping its vectors in registers, and it is
 * many times slower: this is the cheapest way to notice.
 */
class NoAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 200;
    /** Ample for the compiler on a busy machine; a sound kernel leaves the loop after a fraction of a second. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    static java.util.stream.Stream<KernelSuite.Case> cases() {
        // these copy their inputs in the suite itself; they have tests of their own below
        return KernelSuite.CASES.stream().filter(c -> !c.name().contains("Step") && !c.name().contains("Terms"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernel(KernelSuite.Case c) {
        var d = new KernelSuite.Data(1000, 1, 2, 3, false, 1);
        assertThat(leastBytes(() -> c.run().on(KernelProvider.get(), d))).isLessThan(16);
    }

    /** Runs one kernel of the suite in a virtual machine that has compiled nothing else. */
    static final class Alone {
        public static void main(String[] args) {
            KernelSuite.Case c = KernelSuite.CASES.stream().filter(x -> x.name().equals(args[0])).findFirst()
                    .orElseThrow();
            var d = new KernelSuite.Data(10_000, 1, 2, 3, false, 1);
            System.out.println("bytes " + leastBytes(() -> c.run().on(KernelProvider.get(), d)));
        }
    }

    /** What C2 inlines depends on what ran before, and a program may use a single function: the two longest. */
    @ParameterizedTest
    @ValueSource(strings = {"softplus", "geluGrad"})
    void kernelAloneInAProgram(String name) throws Exception {
        String output = ChildJvm.run(Alone.class, List.of("--add-modules", "jdk.incubator.vector"), name);
        assertThat(output).containsPattern("bytes \\d\\b");
    }

    @Test
    void optimiserSteps() {
        var d = new KernelSuite.Data(1000, 0, 0, 0, false, 1);
        Kernels k = KernelProvider.get();
        assertThat(leastBytes(() -> k.sgdStep(d.out, d.a, d.state, 0, 1000, 0.1f, 0.9f, 0.01f, true))).isLessThan(16);
        assertThat(leastBytes(() -> k.adamStep(d.out, d.a, d.c, d.state, 0, 1000, 1e-2f, 2e-2f, 0.9f, 0.999f, 1.5f,
                1e-8f, 0.01f, false))).isLessThan(16);
    }

    @Test
    void normalisationTerms() {
        var d = new KernelSuite.Data(1000, 0, 0, 0, false, 1);
        float[] h = new float[1000];
        float[] gammaSums = new float[1000];
        float[] betaSums = new float[1000];
        assertThat(leastBytes(() -> KernelProvider.get().normaliseGradTerms(d.a, 0, 0.1f, 1.3f, d.b, 0, d.c, 0, h, 0,
                d.out, 0, gammaSums, 0, betaSums, 0, 1000))).isLessThan(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 32})
    void columns(int n) {
        ColumnKernels k = KernelProvider.get().columns();
        float[] x = new float[16 * n];
        float[] w = new float[256 * n];
        float[] y = new float[16 * n];
        assertThat(leastBytes(() -> {
            k.dense(x, 0, 16, w, 0, w, 0, y, 0, 13, n, true);
            k.denseEach(x, 0, 16, w, 0, w, 0, y, 0, 13, n, true);
            k.scores(x, 0, x, 0, 4, 4, y, 0, n);
            k.softmax(y, 0, 4, 4, 1, n);
            k.mix(y, 0, x, 0, 4, 4, w, 0, n);
        })).isLessThan(16);
    }

    @ParameterizedTest
    @CsvSource({"1,100,100", "5,64,100", "100,1,50", "140,70,40"})
    void product(int m, int n, int k) {
        float[] a = new float[m * k];
        float[] b = new float[k * n];
        float[] c = new float[m * n];
        try (WorkerPool one = WorkerPool.of(1)) {
            one.run(() -> assertThat(leastBytes(
                    () -> Gemm.multiply(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false, Epilogue.NONE)))
                    .isLessThan(16));
        }
    }

    /** Bytes per call, measured until they are next to none or patience ends. */
    private static long leastBytes(Runnable kernel) {
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (least >= 16 && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) kernel.run();
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        return least;
    }
}
