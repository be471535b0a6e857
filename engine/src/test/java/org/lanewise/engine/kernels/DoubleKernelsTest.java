package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scalar against vector, bit for bit, and against plain sums. */
class DoubleKernelsTest {
    private static final DoubleKernels SCALAR = ScalarDoubles.INSTANCE;
    private static final DoubleKernels USED = KernelProvider.get().doubles();

    private static double[] doubles(int n, long seed) {
        return new SplittableRandom(seed).doubles(n, -2, 2).toArray();
    }

    private static float[] floats(int n, long seed) {
        float[] x = new float[n];
        double[] d = doubles(n, seed);
        for (int i = 0; i < n; i++) x[i] = (float) d[i];
        return x;
    }

    @Test
    void sameBitsAsTheReference() {
        assertThat(USED).isNotSameAs(SCALAR);
        for (int n : KernelSuite.SIZES) {
            for (int o = 0; o < 3; o++) {
                double[] a = doubles(n + 3, n);
                double[] b = doubles(n + 3, n + 1);
                float[] x = floats(n + 3, n + 2);
                assertThat(USED.dot(a, o, b, 2 - o, n)).as("n = " + n).isEqualTo(SCALAR.dot(a, o, b, 2 - o, n));
                assertThat(USED.dot(x, o, b, 2 - o, n)).as("n = " + n).isEqualTo(SCALAR.dot(x, o, b, 2 - o, n));
                assertThat(USED.squares(a, o, 0.3, b, 2 - o, n)).isEqualTo(SCALAR.squares(a, o, 0.3, b, 2 - o, n));
                assertThat(USED.squares(x, o, 0.3, b, 2 - o, n)).isEqualTo(SCALAR.squares(x, o, 0.3, b, 2 - o, n));
                double[][] y = new double[8][];
                for (int i = 0; i < 8; i++) y[i] = doubles(n + 3, n + 5);
                axpys(USED, a, b, x, y, 0, o, n);
                axpys(SCALAR, a, b, x, y, 4, o, n);
                for (int i = 0; i < 4; i++) assertThat(y[i]).as("n = " + n).containsExactly(y[4 + i]);
                for (int i = 0; i < 8; i++)
                    assertThat(y[i][n + o < n + 3 ? n + o : 0])
                            .isEqualTo(doubles(n + 3, n + 5)[n + o < n + 3 ? n + o : 0]);
            }
            double[] a = doubles(4 * (n + 1), n);
            double[] b = doubles(4 * (n + 2), n + 9);
            double[] ours = new double[16];
            double[] reference = new double[16];
            USED.dots(a, 0, n + 1, b, 1, n + 1, n, ours);
            SCALAR.dots(a, 0, n + 1, b, 1, n + 1, n, reference);
            assertThat(ours).as("n = " + n).containsExactly(reference);
        }
    }

    private static void axpys(DoubleKernels k, double[] a, double[] w, float[] x, double[][] y, int from, int o,
            int n) {
        k.axpy(-1.7, a, 2 - o, y[from], o, n);
        k.axpy(0.3, x, 2 - o, y[from + 1], o, n);
        k.axpy(-1.7, w, o, a, 2 - o, y[from + 2], o, n);
        k.axpy(0.3, w, o, x, 2 - o, y[from + 3], o, n);
    }

    @Test
    void theyAreWhatTheySay() {
        int n = 77;
        double[] a = doubles(4 * n, 1);
        double[] b = doubles(4 * n, 2);
        float[] x = floats(n, 3);
        double[] out = new double[16];
        USED.dots(a, 0, n, b, 0, n, n, out);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double sum = 0;
                for (int t = 0; t < n; t++) sum += a[i * n + t] * b[j * n + t];
                assertThat(out[4 * i + j]).isCloseTo(sum, within(1e-12));
            }
        }
        double sum = 0;
        double[] y = b.clone();
        USED.axpy(0.5, a, 3, x, 1, y, 2, n - 1);
        for (int i = 0; i < n; i++) sum += x[i] * b[5 + i];
        assertThat(USED.dot(x, 0, b, 5, n)).isCloseTo(sum, within(1e-12));
        double squares = 0;
        for (int i = 0; i < n; i++) squares += b[5 + i] * (x[i] - 0.7) * (x[i] - 0.7);
        assertThat(USED.squares(x, 0, 0.7, b, 5, n)).isCloseTo(squares, within(1e-12));
        for (int i = 0; i < n - 1; i++)
            assertThat(y[2 + i]).isCloseTo(b[2 + i] + 0.5 * a[3 + i] * x[1 + i], within(1e-13));
    }
}
