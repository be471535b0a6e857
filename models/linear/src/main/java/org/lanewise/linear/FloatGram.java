package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.kernels.DoubleKernels;
import org.lanewise.engine.kernels.KernelProvider;

/**
 * In single precision, by matrix products. It only steers: slopes that decide are computed anew from the residual, in double
 * precision.
 */
final class FloatGram extends GramMatrix {
    private static final DoubleKernels KERNELS = KernelProvider.get().doubles();
    private float[][] g = {};
    /** The standardised columns times the roots of the weights, one after the other. */
    private float[] packed = {};

    FloatGram(ColumnStore x, Standardization z, double[] v) {
        super(x, z, v);
    }

    /** The most columns that fit into an array. */
    static int mostColumns(int rows) {
        return (int) Math.min(Integer.MAX_VALUE / 2, (1L << 30) / Math.max(1, rows));
    }

    @Override
    void subtract(int i, double step, double[] q) {
        KERNELS.axpy(-step, g[i], 0, q, 0, size);
    }

    @Override
    void compute(int from) {
        int n = row.length;
        if (size * n > packed.length) {
            packed = Arrays.copyOf(packed,
                    (int) Math.min(Integer.MAX_VALUE - 8, Math.max((long) size * n, 2L * from * n)));
        }
        if (size > g.length) {
            int capacity = Math.max(size, 2 * g.length);
            g = Arrays.copyOf(g, capacity);
            for (int i = 0; i < capacity; i++) {
                g[i] = g[i] == null ? new float[capacity] : Arrays.copyOf(g[i], capacity);
            }
        }
        int more = size - from;
        Standardization.forColumns(more, k -> {
            double[] values = new double[x.rows()];
            int j = column[from + k];
            x.copy(j, 0, values.length, values, 0);
            for (int i = 0, at = (from + k) * n; i < n; i++) {
                packed[at + i] = z.square[j] == 0 ? 0 : (float) ((values[row[i]] - z.mean[j]) / z.scale[j] * root[i]);
            }
        });
        float[] products = new float[more * size];
        Gemm.multiply(more, size, n, packed, from * n, n, 1, packed, 0, 1, n, products, 0, size, false, Epilogue.NONE);
        for (int k = 0; k < more; k++) {
            System.arraycopy(products, k * size, g[from + k], 0, size);
        }
        for (int i = 0; i < from; i++) {
            for (int k = 0; k < more; k++) {
                g[i][from + k] = products[k * size + i];
            }
        }
        // The slope of a column must fall by what its coefficient's visit takes it to fall by, or visits never settle.
        for (int k = from; k < size; k++) {
            g[k][k] = (float) z.square[column[k]];
        }
    }
}
