package org.lanewise.linear;

import java.util.Arrays;

/** The data of elastic_net_path.R, from the same generator. */
final class PathData {
    private PathData() {
    }

    /** Park and Miller's minimal standard generator; uniform in (-0.5, 0.5). */
    static double[] uniforms(long seed, int count) {
        double[] u = new double[count];
        long s = seed;
        for (int i = 0; i < count; i++) {
            s = 16807 * s % 2147483647;
            u[i] = s / 2147483647.0 - 0.5;
        }
        return u;
    }

    static final int N = 60;
    static final int P = 8;
    static final double[] X = x();
    static final double[] NOISE = uniforms(12, N);
    static final double[] WEIGHTS = map(uniforms(13, N), u -> 0.5 + (u + 0.5) * 3);
    static final double[] OFFSET = uniforms(14, N);
    static final double[] SIGNAL = signal();
    static final ColumnStore STORE = ColumnStore.ofDoubles(N, X);

    static final int WIDE_N = 80;
    static final int WIDE_P = 700;
    static final double[] WIDE = uniforms(21, WIDE_N * WIDE_P);
    static final double[] WIDE_WEIGHTS = map(uniforms(23, WIDE_N), u -> 0.5 + (u + 0.5) * 3);

    private static double[] x() {
        double[] x = uniforms(11, N * P);
        for (int i = 0; i < N; i++) {
            x[N + i] = 0.7 * x[i] + 0.3 * x[N + i];
            x[4 * N + i] = 100 * x[4 * N + i] + 30;
        }
        return x;
    }

    private static double[] signal() {
        double[] y = new double[N];
        Arrays.setAll(y, i -> 3 * X[i] - 2 * X[2 * N + i] + 0.02 * (X[4 * N + i] - 30) + X[6 * N + i]);
        return y;
    }

    /** Signal and noise, with mean 0 and variance 1 under the weights. */
    static double[] target(double[] weights) {
        double[] y = new double[N];
        Arrays.setAll(y, i -> SIGNAL[i] + NOISE[i]);
        return unit(y, weights);
    }

    static double[] wideTarget(double[] weights) {
        double[] y = map(uniforms(22, WIDE_N), u -> 0.5 * u);
        for (int i = 0; i < WIDE_N; i++) {
            for (int j = 0; j < 10; j++) {
                y[i] += WIDE[j * WIDE_N + i];
            }
            y[i] += 2 * WIDE[4 * WIDE_N + i];
        }
        return unit(y, weights);
    }

    static float[] floats(double[] x) {
        float[] f = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            f[i] = (float) x[i];
        }
        return f;
    }

    static double[] unit(double[] y, double[] weights) {
        double total = weights == null ? y.length : Arrays.stream(weights).sum();
        double mean = 0;
        for (int i = 0; i < y.length; i++) {
            mean += (weights == null ? 1 : weights[i]) / total * y[i];
        }
        double square = 0;
        double[] unit = y.clone();
        for (int i = 0; i < y.length; i++) {
            unit[i] -= mean;
            square += (weights == null ? 1 : weights[i]) / total * unit[i] * unit[i];
        }
        double scale = Math.sqrt(square);
        return map(unit, v -> v / scale);
    }

    static double[] map(double[] x, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }
}
