package org.lanewise.engine.kernels;

/**
 * The inner loops of small networks whose lanes are independent evaluations: an activation of {@code units} values is
 * {@code [units][n]}, one column of n lanes per unit. A layer of a few dozen units is too small for a matrix product to pay for
 * its packing; here weights are read where they lie and nothing is moved between lanes.
 *
 * <p>The lanes are either n inputs of one network ({@link #dense}), or n networks of one shape on one input ({@link #denseEach}).
 * Every lane is a fixed sequence of operations, sums being one fused chain, so a network's result has the same bits either way,
 * for every n, and for every register width.
 */
public interface ColumnKernels {
    /**
     * A layer with weights shared by the lanes: {@code y[o][r] = act(b[o] + sum over i of x[i][r] w[i][o])}, the chain in the
     * order of i.
     *
     * @param x    {@code [in][n]}
     * @param w    {@code [in][out]}
     * @param b    {@code [out]}
     * @param y    {@code [out][n]}, overwritten; not overlapping x
     * @param relu whether act raises negative sums to 0, else it is the identity
     */
    void dense(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo, int out, int n,
            boolean relu);

    /** Units whose weights {@link #denseEach} reads together. */
    int PANEL = 4;

    /**
     * {@link #dense} with weights of its own in every lane. Each weight is used once, so they are stored in the order in which they
     * are read: panels of {@link #PANEL} units, the last one of what is left, {@code [panels][in][units of the panel][n]}.
     *
     * <p>Fast with 4 lanes, and with 8 where registers hold them ({@link Kernels#bits} at least 256).
     *
     * @param b {@code [out][n]}
     */
    void denseEach(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo, int out, int n,
            boolean relu);

    /**
     * Products of queries and keys: {@code s[q][t][r] = sum over i of a[q][i][r] b[t][i][r]}, the chain in the order of i.
     *
     * @param a {@code [k][width][n]}
     * @param b {@code [k][width][n]}
     * @param s {@code [k][k][n]}, overwritten
     */
    void scores(float[] a, int ao, float[] b, int bo, int k, int width, float[] s, int so, int n);

    /** Softmax times {@code total} over the k columns of each of {@code groups} groups; x is {@code [groups][k][n]}, modified. */
    void softmax(float[] x, int xo, int groups, int k, float total, int n);

    /**
     * Weighted sums of columns: {@code y[q][i][r] = sum over t of s[q][t][r] x[t][i][r]}, the chain in the order of t.
     *
     * @param s {@code [k][k][n]}
     * @param x {@code [k][width][n]}
     * @param y {@code [k][width][n]}, overwritten
     */
    void mix(float[] s, int so, float[] x, int xo, int k, int width, float[] y, int yo, int n);
}
