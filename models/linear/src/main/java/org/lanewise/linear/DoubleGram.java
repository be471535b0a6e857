package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.DoubleKernels;
import org.lanewise.engine.kernels.KernelProvider;

/** In double precision, by blocks of rows in a fixed order. */
final class DoubleGram extends GramMatrix {
    private static final DoubleKernels KERNELS = KernelProvider.get().doubles();
    /** Rows at a time: four columns are 128 KB, and sums of so many keep their accuracy. */
    private static final int ROWS = 4096;
    private double[][] g = {};

    DoubleGram(ColumnStore x, Standardization z, double[] v) {
        super(x, z, v);
    }

    @Override
    void subtract(int i, double step, double[] q) {
        KERNELS.axpy(-step, g[i], 0, q, 0, size);
    }

    double at(int i, int j) {
        return g[i][j];
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
        int first = from / 4 * 4; // Tiles of four: some of those before are computed again, to the same bits.
        int padded = (size + 3) / 4 * 4;
        for (int i = first; i < size; i++) {
            Arrays.fill(g[i], 0, size, 0);
        }
        double[] block = new double[Math.multiplyExact(padded, Math.min(ROWS, row.length))];
        for (int start = 0; start < row.length; start += ROWS) {
            int begin = start;
            int count = Math.min(ROWS, row.length - start);
            Standardization.forColumns(size, k -> standardised(column[k], begin, count, block, k * count));
            Arrays.fill(block, size * count, padded * count, 0);
            WorkerPool.current().forEach((padded - first) / 4, tile -> {
                double[] out = new double[16];
                int i = first + 4 * tile;
                for (int j = 0; j <= i; j += 4) {
                    KERNELS.dots(block, i * count, count, block, j * count, count, count, out);
                    for (int k = 0; k < 16; k++) {
                        if (i + k / 4 < size && j + k % 4 < size) {
                            g[i + k / 4][j + k % 4] += out[k];
                        }
                    }
                }
            });
        }
        for (int i = first; i < size; i++) {
            for (int j = 0; j < i; j++) {
                g[j][i] = g[i][j];
            }
            g[i][i] = z.square[column[i]];
        }
    }

    private void standardised(int j, int from, int count, double[] out, int at) {
        int first = row[from];
        double[] values = new double[row[from + count - 1] - first + 1];
        x.copy(j, first, values.length, values, 0);
        for (int i = 0; i < count; i++) {
            out[at + i] = z.square[j] == 0
                    ? 0
                    : (values[row[from + i] - first] - z.mean[j]) / z.scale[j] * root[from + i];
        }
    }
}
