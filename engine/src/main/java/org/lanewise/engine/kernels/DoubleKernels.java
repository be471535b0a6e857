package org.lanewise.engine.kernels;

/**
 * Inner loops in double precision over contiguous ranges, some with single-precision data: what fits of linear models need,
 * whose data may be float32 but whose residuals and sums must not be.
 *
 * <p>As with {@link Kernels}, every implementation gives the same bits, arguments are checked by the caller, and ranges may be
 * the same but not overlap partly. Multiply-adds are {@link Fused}. A sum over {@code n} elements has {@value #LANES} partial
 * sums, starting at 0; element {@code i} of the first {@code n - n % 32} goes to partial sum {@code i mod 32}, in order; the
 * upper half of the partial sums is added to the lower half until one is left; then the remaining elements are added in order.
 */
public interface DoubleKernels {
    /** The number of partial sums. */
    int LANES = 32;

    /** {@code sum a[i] b[i]}. */
    double dot(double[] a, int ao, double[] b, int bo, int n);

    /** {@code sum a[i] b[i]}. */
    double dot(float[] a, int ao, double[] b, int bo, int n);

    /** {@code sum h[i] (x[i] - centre)^2}, the terms being {@code fma(h d, d, ...)} with {@code d = x[i] - centre}. */
    double squares(double[] x, int xo, double centre, double[] h, int ho, int n);

    /** {@code sum h[i] (x[i] - centre)^2}, as {@link #squares(double[], int, double, double[], int, int)}. */
    double squares(float[] x, int xo, double centre, double[] h, int ho, int n);

    /** {@code y[i] = fma(alpha, x[i], y[i])}; {@code y} is modified. */
    void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n);

    /** {@code y[i] = fma(alpha, x[i], y[i])}; {@code y} is modified. */
    void axpy(double alpha, float[] x, int xo, double[] y, int yo, int n);

    /** {@code y[i] = fma(alpha w[i], x[i], y[i])}; {@code y} is modified. */
    void axpy(double alpha, double[] w, int wo, double[] x, int xo, double[] y, int yo, int n);

    /** {@code y[i] = fma(alpha w[i], x[i], y[i])}; {@code y} is modified. */
    void axpy(double alpha, double[] w, int wo, float[] x, int xo, double[] y, int yo, int n);

    /**
     * Sixteen inner products of four ranges with four: {@code out[4 i + j] = sum a_i b_j}, where {@code a_i} starts at
     * {@code ao + i * aStride} and {@code b_j} at {@code bo + j * bStride}. The order of each sum is its own: eight partial
     * sums by {@code i mod 8}, added in halves, then the remaining elements.
     */
    void dots(double[] a, int ao, int aStride, double[] b, int bo, int bStride, int n, double[] out);

    /** Adds the partial sums in the fixed tree; {@code lanes} is modified. */
    static double tree(double[] lanes, int count) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) lanes[j] += lanes[j + half];
        }
        return lanes[0];
    }
}
