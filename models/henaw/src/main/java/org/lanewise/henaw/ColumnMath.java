package org.lanewise.henaw;

/**
 * Arithmetic on blocks of people stored by column: feature f of person r is at {@code f * n + r}. The inner loops run over
 * people, contiguous, so the compiler vectorises them; for one person they run over outputs instead. Each result is the
 * same chain of rounded products and sums either way, so a person gets the same bits alone and in a block.
 */
final class ColumnMath {
    private ColumnMath() {}

    /**
     * {@code y[o] = bias[o] + sum over i of x[i] w[i][o]}, in the order of i.
     *
     * @param w    {@code [in][out]}, row-major, from {@code wo}
     * @param bias from {@code bo}, or null to add to what y holds
     */
    static void linear(float[] x, int xo, int in, float[] w, int wo, float[] bias, int bo, float[] y, int yo, int out,
            int n) {
        if (n == 1) {
            linearOne(x, xo, in, w, wo, bias, bo, y, yo, out);
            return;
        }
        for (int o = 0; o < out; o++) {
            int at = yo + o * n;
            if (bias != null)
                java.util.Arrays.fill(y, at, at + n, bias[bo + o]);
            int i = 0;
            for (; i + 4 <= in; i += 4) {
                int k = wo + i * out + o;
                addFour(x, xo + i * n, w[k], w[k + out], w[k + 2 * out], w[k + 3 * out], y, at, n);
            }
            for (; i < in; i++)
                addOne(x, xo + i * n, w[wo + i * out + o], y, at, n);
        }
    }

    private static void linearOne(float[] x, int xo, int in, float[] w, int wo, float[] bias, int bo, float[] y, int yo,
            int out) {
        if (bias != null)
            System.arraycopy(bias, bo, y, yo, out);
        for (int i = 0; i < in; i++)
            addOne(w, wo + i * out, x[xo + i], y, yo, out);
    }

    private static void addOne(float[] x, int xo, float w, float[] y, int yo, int n) {
        for (int r = 0; r < n; r++)
            y[yo + r] += x[xo + r] * w;
    }

    private static void addFour(float[] x, int xo, float w0, float w1, float w2, float w3, float[] y, int yo, int n) {
        int x1 = xo + n;
        int x2 = x1 + n;
        int x3 = x2 + n;
        for (int r = 0; r < n; r++)
            y[yo + r] = y[yo + r] + x[xo + r] * w0 + x[x1 + r] * w1 + x[x2 + r] * w2 + x[x3 + r] * w3;
    }

    /** {@code out = a b}, element by element. */
    static void multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int r = 0; r < n; r++)
            out[oo + r] = a[ao + r] * b[bo + r];
    }

    /** {@code out += a b}, element by element. */
    static void multiplyAdd(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int r = 0; r < n; r++)
            out[oo + r] += a[ao + r] * b[bo + r];
    }

    /** {@code out += a}. */
    static void add(float[] a, int ao, float[] out, int oo, int n) {
        for (int r = 0; r < n; r++)
            out[oo + r] += a[ao + r];
    }

    /** {@code x = x s}. */
    static void scale(float[] x, int xo, float s, int n) {
        for (int r = 0; r < n; r++)
            x[xo + r] *= s;
    }

    /** {@code x = max(x, 0)}. */
    static void relu(float[] x, int xo, int n) {
        for (int r = 0; r < n; r++)
            x[xo + r] = Math.max(x[xo + r], 0);
    }

    /** Softmax over {@code k} columns for each of {@code n} people, in place, then times {@code total}. */
    static void softmax(float[] x, int xo, int k, float total, float[] scratch, int so, int n) {
        System.arraycopy(x, xo, scratch, so, n);
        for (int j = 1; j < k; j++)
            for (int r = 0; r < n; r++)
                scratch[so + r] = Math.max(scratch[so + r], x[xo + j * n + r]);
        for (int j = 0; j < k; j++)
            for (int r = 0; r < n; r++)
                x[xo + j * n + r] -= scratch[so + r];
        org.lanewise.engine.kernels.KernelProvider.get().exp(x, xo, x, xo, k * n);
        System.arraycopy(x, xo, scratch, so, n);
        for (int j = 1; j < k; j++)
            add(x, xo + j * n, scratch, so, n);
        for (int r = 0; r < n; r++)
            scratch[so + r] = total / scratch[so + r];
        for (int j = 0; j < k; j++)
            multiply(x, xo + j * n, scratch, so, x, xo + j * n, n);
    }
}
