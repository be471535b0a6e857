package org.lanewise.engine.kernels;

/** The column kernels as plain loops: the reference, and what vector code uses for ragged lanes. */
public final class ScalarColumns implements ColumnKernels {
    /** The only instance; it has no state. */
    public static final ScalarColumns INSTANCE = new ScalarColumns();

    private ScalarColumns() {}

    @Override
    public void dense(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo, int out,
            int n, boolean relu) {
        dense(x, xo, in, w, wo, b, bo, y, yo, out, n, floor(relu), 0);
    }

    @Override
    public void denseEach(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo, int out,
            int n, boolean relu) {
        denseEach(x, xo, in, w, wo, b, bo, y, yo, out, n, floor(relu), 0);
    }

    @Override
    public void scores(float[] a, int ao, float[] b, int bo, int k, int width, float[] s, int so, int n) {
        scores(a, ao, b, bo, k, width, s, so, n, 0);
    }

    @Override
    public void softmax(float[] x, int xo, int groups, int k, float total, int n) {
        subtractMax(x, xo, groups, k, n, 0);
        ScalarKernels.INSTANCE.exp(x, xo, x, xo, groups * k * n);
        normalise(x, xo, groups, k, total, n, 0);
    }

    @Override
    public void mix(float[] s, int so, float[] x, int xo, int k, int width, float[] y, int yo, int n) {
        mix(s, so, x, xo, k, width, y, yo, n, 0);
    }

    /** What sums are raised to. */
    public static float floor(boolean relu) {
        return relu ? 0f : Float.NEGATIVE_INFINITY;
    }

    // Each of these does lanes from..n only.

    /** {@link ColumnKernels#dense}. */
    public static void dense(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo,
            int out, int n, float floor, int from) {
        for (int o = 0; o < out; o++)
            for (int r = from; r < n; r++) {
                float sum = b[bo + o];
                for (int i = 0; i < in; i++) sum = Fused.fma(x[xo + i * n + r], w[wo + i * out + o], sum);
                y[yo + o * n + r] = sum < floor ? floor : sum;
            }
    }

    /** {@link ColumnKernels#denseEach}. */
    public static void denseEach(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo,
            int out, int n, float floor, int from) {
        for (int o = 0; o < out; o++) {
            int panel = o / PANEL * PANEL;
            int width = Math.min(PANEL, out - panel);
            int first = wo + (panel * in + o - panel) * n;
            for (int r = from; r < n; r++) {
                float sum = b[bo + o * n + r];
                for (int i = 0; i < in; i++) sum = Fused.fma(x[xo + i * n + r], w[first + i * width * n + r], sum);
                y[yo + o * n + r] = sum < floor ? floor : sum;
            }
        }
    }

    /** {@link ColumnKernels#scores}. */
    public static void scores(float[] a, int ao, float[] b, int bo, int k, int width, float[] s, int so, int n,
            int from) {
        for (int q = 0; q < k; q++)
            for (int t = 0; t < k; t++)
                for (int r = from; r < n; r++) {
                    float sum = 0;
                    for (int i = 0; i < width; i++)
                        sum = Fused.fma(a[ao + (q * width + i) * n + r], b[bo + (t * width + i) * n + r], sum);
                    s[so + (q * k + t) * n + r] = sum;
                }
    }

    /** {@code x -= max over the columns} of each group, the first step of a softmax. */
    public static void subtractMax(float[] x, int xo, int groups, int k, int n, int from) {
        for (int g = 0; g < groups; g++)
            for (int r = from; r < n; r++) {
                int at = xo + g * k * n + r;
                float most = x[at];
                for (int t = 1; t < k; t++) most = most < x[at + t * n] ? x[at + t * n] : most;
                for (int t = 0; t < k; t++) x[at + t * n] -= most;
            }
    }

    /** {@code x *= total / sum over the columns} of each group, the last step of a softmax. */
    public static void normalise(float[] x, int xo, int groups, int k, float total, int n, int from) {
        for (int g = 0; g < groups; g++)
            for (int r = from; r < n; r++) {
                int at = xo + g * k * n + r;
                float sum = x[at];
                for (int t = 1; t < k; t++) sum += x[at + t * n];
                float share = total / sum;
                for (int t = 0; t < k; t++) x[at + t * n] *= share;
            }
    }

    /** {@link ColumnKernels#mix}. */
    public static void mix(float[] s, int so, float[] x, int xo, int k, int width, float[] y, int yo, int n,
            int from) {
        for (int q = 0; q < k; q++)
            for (int i = 0; i < width; i++)
                for (int r = from; r < n; r++) {
                    float sum = 0;
                    for (int t = 0; t < k; t++)
                        sum = Fused.fma(s[so + (q * k + t) * n + r], x[xo + (t * width + i) * n + r], sum);
                    y[yo + (q * width + i) * n + r] = sum;
                }
    }
}
