package org.lanewise.linear;

import java.util.Arrays;

/**
 * Of sparse columns, which stay sparse: x_i'Vx_j from the entries of both, less the product of the means. One column at a time is
 * spread out.
 */
final class SparseGram extends GramMatrix {
    private final double[] v;
    private double[][] g = {};

    SparseGram(ColumnStore x, Standardization z, double[] v) {
        super(x, z, v);
        this.v = v;
    }

    @Override
    void subtract(int i, double step, double[] q) {
        ColumnStore.KERNELS.axpy(-step, g[i], 0, q, 0, size);
    }

    @Override
    void compute(int from) {
        if (size > g.length) {
            int capacity = Math.max(size, 2 * g.length);
            g = Arrays.copyOf(g, capacity);
            for (int i = 0; i < capacity; i++) {
                g[i] = g[i] == null ? new double[capacity] : Arrays.copyOf(g[i], capacity);
            }
        }
        Standardization.forColumns(size - from, k -> row(from + k));
        for (int i = from; i < size; i++) {
            for (int j = 0; j < i; j++) {
                g[j][i] = g[i][j];
            }
        }
    }

    private void row(int i) {
        double[] spread = new double[v.length];
        x.axpy(column[i], 1, v, spread);
        double mean = z.mean[column[i]];
        double scale = z.scale[column[i]];
        for (int j = 0; j < i; j++) {
            int other = column[j];
            g[i][j] = z.square[other] == 0 || z.square[column[i]] == 0
                    ? 0
                    : (x.dot(other, spread) - mean * z.mean[other]) / (scale * z.scale[other]);
        }
        g[i][i] = z.square[column[i]];
    }
}
