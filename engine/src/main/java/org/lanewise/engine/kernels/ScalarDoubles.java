package org.lanewise.engine.kernels;

/** The reference for {@link DoubleKernels}. */
public final class ScalarDoubles implements DoubleKernels {
    public static final ScalarDoubles INSTANCE = new ScalarDoubles();

    private ScalarDoubles() {}

    @Override
    public double dot(double[] a, int ao, double[] b, int bo, int n) {
        double[] lanes = new double[LANES];
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            for (int j = 0; j < LANES; j++) lanes[j] = Fused.fma(a[ao + i + j], b[bo + i + j], lanes[j]);
        }
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) sum = Fused.fma(a[ao + i], b[bo + i], sum);
        return sum;
    }

    @Override
    public double dot(float[] a, int ao, double[] b, int bo, int n) {
        double[] lanes = new double[LANES];
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            for (int j = 0; j < LANES; j++) lanes[j] = Fused.fma((double) a[ao + i + j], b[bo + i + j], lanes[j]);
        }
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) sum = Fused.fma((double) a[ao + i], b[bo + i], sum);
        return sum;
    }

    @Override
    public double squares(double[] x, int xo, double centre, double[] h, int ho, int n) {
        double[] lanes = new double[LANES];
        int end = n - n % LANES;
        for (int i = 0; i < end; i++) {
            double d = x[xo + i] - centre;
            lanes[i % LANES] = Fused.fma(h[ho + i] * d, d, lanes[i % LANES]);
        }
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) {
            double d = x[xo + i] - centre;
            sum = Fused.fma(h[ho + i] * d, d, sum);
        }
        return sum;
    }

    @Override
    public double squares(float[] x, int xo, double centre, double[] h, int ho, int n) {
        double[] lanes = new double[LANES];
        int end = n - n % LANES;
        for (int i = 0; i < end; i++) {
            double d = x[xo + i] - centre;
            lanes[i % LANES] = Fused.fma(h[ho + i] * d, d, lanes[i % LANES]);
        }
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) {
            double d = x[xo + i] - centre;
            sum = Fused.fma(h[ho + i] * d, d, sum);
        }
        return sum;
    }

    @Override
    public void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Fused.fma(alpha, x[xo + i], y[yo + i]);
    }

    @Override
    public void axpy(double alpha, float[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Fused.fma(alpha, (double) x[xo + i], y[yo + i]);
    }

    @Override
    public void axpy(double alpha, double[] w, int wo, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Fused.fma(alpha * w[wo + i], x[xo + i], y[yo + i]);
    }

    @Override
    public void axpy(double alpha, double[] w, int wo, float[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Fused.fma(alpha * w[wo + i], (double) x[xo + i], y[yo + i]);
    }

    @Override
    public void dots(double[] a, int ao, int aStride, double[] b, int bo, int bStride, int n, double[] out) {
        double[] lanes = new double[8];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                java.util.Arrays.fill(lanes, 0);
                int end = n - n % 8;
                int x = ao + i * aStride;
                int y = bo + j * bStride;
                for (int t = 0; t < end; t++) lanes[t % 8] = Fused.fma(a[x + t], b[y + t], lanes[t % 8]);
                double sum = DoubleKernels.tree(lanes, 8);
                for (int t = end; t < n; t++) sum = Fused.fma(a[x + t], b[y + t], sum);
                out[4 * i + j] = sum;
            }
        }
    }
}
