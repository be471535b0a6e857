package org.lanewise.engine;

import java.util.function.IntConsumer;

import org.lanewise.engine.kernels.GemmKernels;

/**
 * Products with few rows: the left factor is read where it lies, and each task packs the columns of B that it owns, so
 * threads need not wait for each other. With a {@link PackedMatrix} nothing is packed at all.
 */
final class ColumnGemm implements IntConsumer {
    private final Product p;
    private final int rows;
    private final int columns;
    private int group;

    ColumnGemm(Product p) {
        this.p = p;
        rows = p.kernels.stripRows();
        columns = p.kernels.columns();
    }

    void run(WorkerPool pool) {
        int groups = Product.roundUp(Product.ceilDiv(p.n, GemmTuning.COLUMN_GROUP), Product.threads(pool));
        group = Product.roundUp(Product.ceilDiv(p.n, groups), columns);
        Product.forEach(pool, Product.ceilDiv(p.n, group), this);
    }

    @Override
    public void accept(int task) {
        int jc = task * group;
        int nb = Math.min(group, p.n - jc);
        for (int pc = 0; pc < p.k; pc += GemmTuning.KC) {
            int kc = Math.min(GemmTuning.KC, p.k - pc);
            if (p.packed == null) {
                float[] panels = Scratch.floats(Scratch.GEMM_B, kc * Product.roundUp(nb, columns));
                p.packB(pc, kc, jc, nb, panels, 0);
                multiply(pc, kc, panels, 0, jc, nb);
            } else {
                multiply(pc, kc, p.packed.data(), p.packed.panel(pc, kc, jc), jc, nb);
            }
        }
        p.epilogue.apply(p.c, p.co + jc, p.cRow, p.m, jc, nb);
    }

    private void multiply(int pc, int kc, float[] panels, int at, int jc, int nb) {
        boolean fromZero = p.startsFromZero(pc);
        float[] previous = fromZero ? GemmKernels.ZEROS : p.c;
        for (int j = 0; j < nb; j += columns) {
            int w = Math.min(columns, nb - j);
            for (int i = 0; i < p.m; i += rows) {
                int r = Math.min(rows, p.m - i);
                int left = p.ao + i * p.aRow + pc * p.aCol;
                int cTile = p.co + i * p.cRow + jc + j;
                if (w < columns)
                    p.edge(r, kc, p.a, left, p.aRow, p.aCol, panels, at + j * kc, cTile, w, fromZero);
                else
                    p.kernels.strip(r, kc, p.a, left, p.aRow, p.aCol, panels, at + j * kc, columns, previous,
                            fromZero ? 0 : cTile, fromZero ? 0 : p.cRow, p.c, cTile, p.cRow);
            }
        }
    }
}
