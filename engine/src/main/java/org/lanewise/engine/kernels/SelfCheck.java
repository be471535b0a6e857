package org.lanewise.engine.kernels;

import java.util.Arrays;

/** A quick comparison of two kernel implementations on a few dozen awkward numbers, done once when kernels are chosen. */
final class SelfCheck {
    private static final int N = 133; // not a multiple of any lane count, long enough for every loop

    private SelfCheck() {}

    /** The name of a kernel in which the two differ by a bit, or null. */
    static String difference(Kernels one, Kernels other) {
        float[] a = new float[N];
        float[] b = new float[N];
        for (int i = 0; i < N; i++) {
            a[i] = ((i * 37) % 64 - 31.5f) * 0.31f;
            b[i] = ((i * 29) % 32 + 0.5f) * 0.17f;
        }
        a[3] = Float.NaN;
        a[40] = Float.POSITIVE_INFINITY;
        a[77] = -0f;
        a[100] = Float.MIN_VALUE;
        float[] x = new float[N];
        float[] y = new float[N];
        one.exp(a, 1, x, 1, N - 1);
        other.exp(a, 1, y, 1, N - 1);
        if (!Arrays.equals(x, y)) return "exp";
        one.log(b, 0, x, 0, N);
        other.log(b, 0, y, 0, N);
        if (!Arrays.equals(x, y)) return "log";
        one.tanh(a, 0, x, 0, N);
        other.tanh(a, 0, y, 0, N);
        if (!Arrays.equals(x, y)) return "tanh";
        one.erf(a, 0, x, 0, N);
        other.erf(a, 0, y, 0, N);
        if (!Arrays.equals(x, y)) return "erf";
        one.fma(a, 0, b, 0, b, 0, x, 0, N);
        other.fma(a, 0, b, 0, b, 0, y, 0, N);
        if (!Arrays.equals(x, y)) return "fma";
        if (one.sum(b, 1, N - 1) != other.sum(b, 1, N - 1)) return "sum";
        if (one.dot(b, 0, b, 0, N) != other.dot(b, 0, b, 0, N)) return "dot";
        one.gemm().rowTimesRows(4, a, 5, 1, b, 0, 33, x, 33);
        other.gemm().rowTimesRows(4, a, 5, 1, b, 0, 33, y, 33);
        if (!Arrays.equals(x, y)) return "matrix products";
        double[] u = new double[N];
        double[] v = new double[N];
        for (int i = 0; i < N; i++) u[i] = v[i] = 0.1 * b[i] - 1;
        if (one.doubles().dot(b, 0, u, 0, N) != other.doubles().dot(b, 0, u, 0, N)) return "double sums";
        one.doubles().axpy(0.3, b, 0, u, 0, N);
        other.doubles().axpy(0.3, b, 0, v, 0, N);
        return Arrays.equals(u, v) ? null : "double multiply-adds";
    }
}
