package org.lanewise.engine;

import java.util.function.IntConsumer;

import org.lanewise.engine.kernels.GemmKernels;

/**
 * Products of few rows with a right factor whose columns are contiguous, as a linear layer's weights are: computed as
 * {@code C' = B' A'}. Then B, the large one, is read once where it lies and only the few rows of A are packed; packing B costs
 * more than multiplying with it until there are about a hundred rows. A chain has the same factors in the same order, so the
 * same bits.
 *
 * <p>A task owns some columns of C. It keeps them transposed, in panels of a tile's width, until all chains are done.
 */
final class SwappedGemm implements IntConsumer {
    private final Product p;
    private final int rows;
    private final int width;
    private int group;

    SwappedGemm(Product p) {
        this.p = p;
        rows = p.kernels.stripRows();
        width = p.kernels.columns();
    }

    /** Whether B lies right, A has rows enough for a tile's width, and chains are long enough to pay for turning C. */
    static boolean fits(Product p) {
        return p.packed == null && p.bRow == 1 && p.bCol > 1 && p.m >= GemmTuning.SWAPPED_FROM
                && p.m <= GemmTuning.FEW_ROWS && p.n >= p.kernels.columns() && p.k >= 2 * p.m;
    }

    void run(WorkerPool pool) {
        int groups = Product.roundUp(Product.ceilDiv(p.n, GemmTuning.COLUMN_GROUP), Product.threads(pool));
        group = Product.roundUp(Product.ceilDiv(p.n, groups), width);
        Product.forEach(pool, Product.ceilDiv(p.n, group), this);
    }

    @Override
    public void accept(int task) {
        int jc = task * group;
        int nb = Math.min(group, p.n - jc);
        int padded = Product.roundUp(p.m, width);
        float[] panels = Scratch.floats(Scratch.GEMM_A, Math.min(p.k, GemmTuning.KC) * padded);
        float[] turned = Scratch.floats(Scratch.GEMM_B, nb * padded);
        if (p.accumulate) p.kernels.packColumns(nb, p.m, p.c, p.co + jc, 1, p.cRow, turned, 0);
        for (int pc = 0; pc < p.k; pc += GemmTuning.KC) {
            int kc = Math.min(GemmTuning.KC, p.k - pc);
            p.kernels.packColumns(kc, p.m, p.a, p.ao + pc * p.aCol, p.aCol, p.aRow, panels, 0);
            multiply(pc, kc, panels, jc, nb, turned);
        }
        turnBack(turned, jc, nb);
        p.epilogue.apply(p.c, p.co + jc, p.cRow, p.m, jc, nb);
    }

    private void multiply(int pc, int kc, float[] panels, int jc, int nb, float[] turned) {
        boolean fromZero = p.startsFromZero(pc);
        float[] previous = fromZero ? GemmKernels.ZEROS : turned;
        int pRow = fromZero ? 0 : width;
        int half = 2 * (p.m % width) <= width ? p.m - p.m % width : p.m; // the last panel may be half empty
        for (int j = 0; j < nb; j += rows) {
            for (int i = 0; i < half; i += width) {
                int tile = i * nb + j * width;
                p.kernels.strip(Math.min(rows, nb - j), kc, p.b, p.bo + (jc + j) * p.bCol + pc, p.bCol, 1, panels,
                        i * kc, width, previous, fromZero ? 0 : tile, pRow, turned, tile, width);
            }
        }
        if (half == p.m) return;
        for (int j = 0; j < nb; j += GemmKernels.HALF_ROWS) {
            int tile = half * nb + j * width;
            p.kernels.halfStrip(Math.min(GemmKernels.HALF_ROWS, nb - j), kc, p.b, p.bo + (jc + j) * p.bCol + pc, p.bCol,
                    1, panels, half * kc, width, previous, fromZero ? 0 : tile, pRow, turned, tile, width);
        }
    }

    /** Writes the panels of C' to C, tile by tile through a buffer. */
    private void turnBack(float[] turned, int jc, int nb) {
        float[] tile = Scratch.floats(Scratch.GEMM_TILE, width * width);
        for (int i = 0; i < p.m; i += width) {
            int r = Math.min(width, p.m - i);
            for (int j = 0; j < nb; j += width) {
                int w = Math.min(width, nb - j);
                p.kernels.packColumns(r, w, turned, i * nb + j * width, 1, width, tile, 0);
                for (int row = 0; row < r; row++)
                    System.arraycopy(tile, row * width, p.c, p.co + (i + row) * p.cRow + jc + j, w);
            }
        }
    }
}
