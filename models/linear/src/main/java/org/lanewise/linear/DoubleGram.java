package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.DoubleKernels;
import org.lanewise.engine.kernels.KernelProvider;

/** In double precision, by blocks of rows in a fixed order. */
final class DoubleGram extends GramMatrix {
    private static final DoubleKernels KERNELS = KernelProvider.get().doubles();
    /** Rows that are standardised at a time. */
    private static final int ROWS = 4096;
    /** Rows to an inner product: eight columns are 32 KB, a first-level cache, and sums of so few keep their accuracy. */
    private static final int PART = 512;
    /** Tasks for the products of a block: every part of it comes from the second-level cache to all tiles of a task. */
    private static final int TASKS = 4;
    /** Doubles to a cache line. */
    private static final int LINE = 8;
    private final boolean standardised;
    private double[][] g = {};

    /** With the weights that the standardisation had. */
    DoubleGram(ColumnStore x, Standardization z, double[] v) {
        this(x, z, v, true);
    }

    /**
     * @param standardised
     *            whether the weights are those of the standardisation, so that the diagonal is known
     */
    DoubleGram(ColumnStore x, Standardization z, double[] v, boolean standardised) {
        super(x, z, v);
        this.standardised = standardised;
    }

    @Override
    void subtract(int i, double step, double[] q) {
        KERNELS.axpy(-step, g[i], 0, q, 0, size);
    }

    double at(int i, int j) {
        return g[i][j];
    }

    /** Subtracts s s' / total. */
    void centre(double[] s, double total) {
        for (int i = 0; i < size; i++) {
            KERNELS.axpy(-s[i] / total, s, 0, g[i], 0, size);
        }
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
        // Columns a power of two apart would share few sets of the caches.
        int stride = Math.min(ROWS, row.length) + LINE;
        double[] block = new double[Math.multiplyExact(padded, stride)];
        for (int start = 0; start < row.length; start += ROWS) {
            int begin = start;
            int count = Math.min(ROWS, row.length - start);
            Standardization.forColumns(size, k -> standardised(column[k], begin, count, block, k * stride));
            int tiles = (padded - first) / 4;
            WorkerPool.current().forEach(Math.min(TASKS, tiles), task -> {
                double[] out = new double[16];
                for (int part = 0; part < count; part += PART) {
                    for (int tile = task; tile < tiles; tile += TASKS) {
                        row(first + 4 * tile, block, stride, part, Math.min(PART, count - part), out);
                    }
                }
            });
        }
        for (int i = first; i < size; i++) {
            for (int j = 0; j < i; j++) {
                g[j][i] = g[i][j];
            }
            if (standardised) {
                g[i][i] = z.square[column[i]];
            }
        }
    }

    /** Adds the products of columns i to i + 3 with those up to them, over some rows of a block. */
    private void row(int i, double[] block, int stride, int from, int count, double[] out) {
        for (int j = 0; j <= i; j += 4) {
            KERNELS.dots(block, i * stride + from, stride, block, j * stride + from, stride, count, out);
            for (int k = 0; k < 16; k++) {
                if (i + k / 4 < size && j + k % 4 < size) {
                    g[i + k / 4][j + k % 4] += out[k];
                }
            }
        }
    }

    private void standardised(int j, int from, int count, double[] out, int at) {
        if (z.square[j] == 0) {
            Arrays.fill(out, at, at + count, 0);
            return;
        }
        double mean = z.mean[j];
        double factor = 1 / z.scale[j];
        if (row.length == x.rows()) {
            x.copy(j, from, count, out, at);
            for (int i = 0; i < count; i++) {
                out[at + i] = (out[at + i] - mean) * factor * root[from + i];
            }
            return;
        }
        int first = row[from];
        double[] values = new double[row[from + count - 1] - first + 1];
        x.copy(j, first, values.length, values, 0);
        for (int i = 0; i < count; i++) {
            out[at + i] = (values[row[from + i] - first] - mean) * factor * root[from + i];
        }
    }
}
