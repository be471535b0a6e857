package org.lanewise.engine.kernels;

/**
 * Calls the long vector kernels a few hundred times on next to no data, in the background, as soon as they are chosen.
 *
 * <p>An interpreted vector operation takes about a microsecond, and the first compiler waits for {@value #CALLS} calls of a
 * method whatever they do: a first matrix product would spend a second there, tiny calls some milliseconds. What the second
 * compiler makes of the kernels is left to real use.
 */
final class WarmUp implements Runnable {
    /** HotSpot's Tier3InvocationThreshold. */
    private static final int CALLS = 200;
    /** A pair of the widest vectors. */
    private static final int N = 32;

    private final Kernels kernels;
    private final float[] x = new float[2048];
    private final float[] y = new float[2048];
    private final double[] a = new double[4 * N];
    private final double[] sums = new double[16];

    private WarmUp(Kernels kernels) {
        this.kernels = kernels;
    }

    static void start(Kernels kernels) {
        Thread thread = new Thread(new WarmUp(kernels), "lanewise-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        for (int i = 0; i < CALLS; i++) {
            products();
            rows();
            functions();
            doubles();
        }
    }

    private void products() {
        GemmKernels g = kernels.gemm();
        g.panel(1, x, 0, x, 0, GemmKernels.ZEROS, 0, 0, y, 0, g.columns());
        for (int rows = 1; rows <= g.stripRows(); rows *= 2)
            g.strip(rows, 1, x, 0, 1, 1, x, 0, 0, GemmKernels.ZEROS, 0, 0, y, 0, g.columns());
        g.packColumns(16, g.columns(), x, 0, 1, 16, y, 0);
        g.packRows(16, g.rows(), x, 0, 16, 1, y, 0);
    }

    private void rows() {
        kernels.add(x, 0, x, 0, y, 0, N);
        kernels.sumSquaredDeviations(x, 0, 0f, 2 * N);
        kernels.normalise(x, 0, 0f, 1f, x, 0, x, 0, y, 0, N);
        kernels.softmax(x, 0, y, 0, 2 * N);
    }

    private void doubles() {
        DoubleKernels d = kernels.doubles();
        d.dot(a, 0, a, 0, N);
        d.dot(x, 0, a, 0, N);
        d.dots(a, 0, N, a, 0, N, N, sums);
        d.squares(a, 0, 0, a, 0, N);
        d.squares(x, 0, 0, a, 0, N);
        d.axpy(0, a, 0, sums, 0, sums.length);
        d.axpy(0, x, 0, sums, 0, sums.length);
        d.axpy(0, a, 0, a, 0, sums, 0, sums.length);
        d.axpy(0, a, 0, x, 0, sums, 0, sums.length);
    }

    private void functions() {
        kernels.gelu(x, 0, y, 0, N);
        kernels.tanh(x, 0, y, 0, N);
        kernels.sigmoid(x, 0, y, 0, N);
    }
}
