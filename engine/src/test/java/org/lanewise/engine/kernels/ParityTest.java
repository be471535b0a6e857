package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scalar against vector kernels, bit for bit. */
class ParityTest {
    private static final Kernels SCALAR = ScalarKernels.INSTANCE;

    @BeforeAll
    static void theVectorKernelsAreHere() {
        assertThat(KernelProvider.get().name()).as(KernelProvider.reason()).startsWith("vector-");
    }

    static java.util.stream.Stream<KernelSuite.Case> cases() {
        return KernelSuite.CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sameBits(KernelSuite.Case c) {
        for (int n : KernelSuite.SIZES) {
            for (int ao = 0; ao < 3; ao++) {
                for (boolean specials : new boolean[] {false, true}) {
                    long seed = 31L * n + ao;
                    var scalar = new KernelSuite.Data(n, ao, 2 - ao, 3 * ao, specials, seed);
                    var vector = new KernelSuite.Data(n, ao, 2 - ao, 3 * ao, specials, seed);
                    c.run().on(SCALAR, scalar);
                    c.run().on(KernelProvider.get(), vector);
                    same(scalar.out, vector.out, c.name() + " out, n = " + n + ", offset " + ao);
                    same(scalar.state, vector.state, c.name() + " state, n = " + n + ", offset " + ao);
                }
            }
        }
    }

    /** In place, and nothing outside the range is written. */
    @ParameterizedTest
    @MethodSource("cases")
    void leavesTheRestAlone(KernelSuite.Case c) {
        for (int n : new int[] {5, 16, 70}) {
            var d = new KernelSuite.Data(n, 1, 2, 7, false, n);
            float[] state = d.state.clone();
            c.run().on(KernelProvider.get(), d);
            for (int i = 1; i < 7; i++) assertThat(d.out[i]).as(c.name() + " out " + i).isEqualTo(12345f);
            for (int i = 7 + n; i < d.out.length; i++)
                assertThat(d.out[i]).as(c.name() + " out " + i).isEqualTo(12345f);
            for (int i = 0; i < 7; i++) assertThat(d.state[i]).isEqualTo(state[i]);
            for (int i = 7 + n; i < d.out.length; i++) assertThat(d.state[i]).isEqualTo(state[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 99_991})
    void longSumsAreAccurate(int n) {
        var d = new KernelSuite.Data(n, 0, 0, 0, false, n);
        double exact = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            exact += d.a[i];
            size += Math.abs(d.a[i]);
        }
        assertThat(Math.abs(KernelProvider.get().sum(d.a, 0, n) - exact)).isLessThan(1e-6 * size);
    }

    static void same(float[] expected, float[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i]))
                throw new AssertionError(what + ": element " + i + " is " + actual[i] + ", not " + expected[i]);
        }
    }
}
