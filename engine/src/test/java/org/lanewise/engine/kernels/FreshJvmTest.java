package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;

/** The same bits in virtual machines started in other ways: no flag, other widths, interpreted, another locale. */
class FreshJvmTest {
    private static String[] warm;

    /** Prints the backend and the hash of every kernel's results. */
    static final class Main {
        public static void main(String[] args) {
            System.out.println("backend " + KernelProvider.get().name() + ": " + KernelProvider.reason());
            System.out.println("hash " + KernelSuite.hash(KernelProvider.get()));
            System.out.println("products " + products());
            System.out.println("columns " + ColumnKernelsTest.hash(KernelProvider.get().columns()));
            System.out.println("lanes " + LaneKernelsTest.hash(KernelProvider.get().lanes()));
        }
    }

    @BeforeAll
    static void compiledHash() {
        KernelSuite.warmUp(KernelProvider.get());
        for (int i = 0; i < 200; i++) products();
        for (int i = 0; i < 2000; i++) ColumnKernelsTest.hash(KernelProvider.get().columns());
        for (int i = 0; i < 500; i++) LaneKernelsTest.hash(KernelProvider.get().lanes());
        warm = new String[] {"hash " + KernelSuite.hash(KernelProvider.get()), "products " + products(),
                "columns " + ColumnKernelsTest.hash(KernelProvider.get().columns()),
                "lanes " + LaneKernelsTest.hash(KernelProvider.get().lanes())};
    }

    /** A number that changes with any bit of products of all kinds: few rows, few columns, blocked, one row, ragged. */
    private static long products() {
        long hash = 17;
        for (int[] shape : new int[][] {{1, 70, 40}, {9, 40, 33}, {129, 33, 20}, {2, 34, 390}, {70, 1, 60}}) {
            int m = shape[0];
            int n = shape[1];
            int k = shape[2];
            float[] a = new KernelSuite.Data(m * k, 0, 0, 0, false, m).a;
            float[] b = new KernelSuite.Data(k * n, 0, 0, 0, false, n).a;
            for (int transposed = 0; transposed < 4; transposed++) {
                boolean ta = (transposed & 1) != 0;
                boolean tb = (transposed & 2) != 0;
                float[] c = new float[m * n];
                Gemm.multiply(m, n, k, a, 0, ta ? 1 : k, ta ? m : 1, b, 0, tb ? 1 : n, tb ? k : 1, c, 0, n, false,
                        Epilogue.activation(Activation.GELU));
                for (float x : c) hash = hash * 31 + Float.floatToIntBits(x);
            }
        }
        return hash;
    }

    @Test
    void withoutTheModule() throws Exception {
        String output = child();
        assertThat(output).contains("backend scalar", "--add-modules jdk.incubator.vector").contains(warm);
    }

    @Test
    void everyWidth() throws Exception {
        for (int bits = 128; bits <= KernelProvider.get().bits(); bits *= 2) {
            String output = child("--add-modules", "jdk.incubator.vector", "-Dlanewise.bits=" + bits);
            assertThat(output).contains("backend vector-" + bits).contains(warm);
        }
    }

    @Test
    void interpreted() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-Xint")).contains("backend vector-").contains(warm);
    }

    @Test
    void nonLatinDigits() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-Duser.language=ar", "-Duser.country=SA"))
                .contains("backend vector-").contains(warm);
    }

    @Test
    void scalarOnRequest() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=scalar"))
                .contains("backend scalar").contains(warm);
    }

    @Test
    void refusesWithoutTheOptimisingCompiler() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"))
                .contains("backend scalar", "C2 compiler is switched off").contains(warm);
    }

    @Test
    void neverFusesWithoutHardware() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-XX:-UseFMA"))
                .contains("backend scalar", "no fused multiply-add");
    }

    @Test
    void refusesImpossibleProperties() {
        org.assertj.core.api.Assertions
                .assertThatThrownBy(() -> child("--add-modules", "jdk.incubator.vector", "-Dlanewise.bits=100"))
                .hasMessageContaining("lanewise.bits is '100'; it must be 128, 256 or 512");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> child("-Dlanewise.kernels=vector"))
                .hasMessageContaining("lanewise.kernels=vector cannot be met");
    }

    private static String child(String... options) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.add("-XX:-PrintWarnings");
        return ChildJvm.run(Main.class, all);
    }
}
