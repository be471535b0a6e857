package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
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
 *
 * <p>What C2 makes of a loop depends on what ran before it, and the tests before this one run everything in every way. So a kernel
 * that allocates here gets a second chance, in a virtual machine that has compiled nothing else.
 */
class NoAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 200;
    /** Ample for the compiler on a busy machine; a sound kernel leaves the loop after a fraction of a second. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    static List<String> kernels() {
        List<String> names = new ArrayList<>();
        // the others copy their inputs in the suite itself; they have tests of their own below
        for (KernelSuite.Case c : KernelSuite.CASES)
            if (!c.name().contains("Step") && !c.name().contains("Terms")) names.add(c.name());
        for (int n : new int[] {4, 8, 32}) names.add("columns " + n);
        names.add("lanes");
        return names;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void kernel(String name) throws Exception {
        if (leastBytes(call(name)) >= 16) assertAllocatesNothingAlone(name);
    }

    /** A program may use a single function: the two longest. */
    @ParameterizedTest
    @ValueSource(strings = {"softplus", "geluGrad"})
    void kernelAloneInAProgram(String name) throws Exception {
        assertAllocatesNothingAlone(name);
    }

    private static void assertAllocatesNothingAlone(String name) throws Exception {
        String output = ChildJvm.run(Alone.class, List.of("--add-modules", "jdk.incubator.vector"), name);
        assertThat(output).as(name).containsPattern("bytes \\d\\b");
    }

    /** Prints the bytes one kernel allocates per call. */
    static final class Alone {
        public static void main(String[] args) {
            System.out.println("bytes " + leastBytes(call(args[0])));
        }
    }

    private static Runnable call(String name) {
        if (name.startsWith("columns ")) return columns(Integer.parseInt(name.substring(8)));
        if (name.equals("lanes")) return lanes();
        KernelSuite.Case c = KernelSuite.CASES.stream().filter(x -> x.name().equals(name)).findFirst().orElseThrow();
        var d = new KernelSuite.Data(1000, 1, 2, 3, false, 1);
        return () -> c.run().on(KernelProvider.get(), d);
    }

    private static Runnable columns(int n) {
        ColumnKernels k = KernelProvider.get().columns();
        float[] x = new float[16 * n];
        float[] w = new float[256 * n];
        float[] y = new float[16 * n];
        return () -> {
            k.dense(x, 0, 16, w, 0, w, 0, y, 0, 13, n, true);
            k.denseEach(x, 0, 16, w, 0, w, 0, y, 0, 13, n, true);
            k.scores(x, 0, x, 0, 4, 4, y, 0, n);
            k.softmax(y, 0, 4, 4, 1, n);
            k.mix(y, 0, x, 0, 4, 4, w, 0, n);
        };
    }

    private static Runnable lanes() {
        LaneKernels k = KernelProvider.get().lanes();
        int rows = 40;
        double[] x = new double[rows * LaneKernels.LANES];
        double[] low = new double[x.length];
        double[] y = new double[x.length];
        double[] most = new double[LaneKernels.LANES];
        int[] table = new int[10 * rows];
        for (int i = 0; i < table.length; i++) table[i] = i % rows * LaneKernels.LANES;
        return () -> {
            k.expand(x, low, table, 0, rows / 2, 4, rows / 2 * LaneKernels.LANES);
            k.small(x, y, table, rows, 0.5);
            k.sums(x, table, rows, 5, y);
            k.ratios(x, x, table, rows, y, most, 0);
            k.minima(x, table, rows, 5, y, most, 0);
        };
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
