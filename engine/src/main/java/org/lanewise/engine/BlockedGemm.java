package org.lanewise.engine;

import java.util.function.IntConsumer;

import org.lanewise.engine.kernels.GemmKernels;

/**
 * Large products in the form of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008), with the
 * loop names of BLIS: B is packed in blocks of KC x NC, A in blocks of MC x KC, and tiles run over both.
 *
 * <p>Threads share the packed B and own blocks of C; the order of k is that of a single thread.
 */
final class BlockedGemm implements IntConsumer {
    /** Fewer rows to a task would read the packed B too often. */
    private static final int ROWS_AT_LEAST = 32;

    private final Product p;
    private final int rows;
    private final int columns;
    private boolean packing;
    private int jc;
    private int nb;
    private int pc;
    private int kc;
    private float[] panels;
    private int panelsAt;
    private int rowBlock;
    private int rowBlocks;
    private int columnBlock;
    private int packBlock;

    BlockedGemm(Product p) {
        this.p = p;
        rows = p.kernels.rows();
        columns = p.kernels.columns();
    }

    void run(WorkerPool pool) {
        for (jc = 0; jc < p.n; jc += GemmTuning.NC) {
            nb = Math.min(GemmTuning.NC, p.n - jc);
            int tasks = cut(Product.threads(pool));
            for (pc = 0; pc < p.k; pc += GemmTuning.KC) {
                kc = Math.min(GemmTuning.KC, p.k - pc);
                if (p.packed == null) {
                    panels = Scratch.floats(Scratch.GEMM_B, kc * Product.roundUp(nb, columns));
                    panelsAt = 0;
                    packing = true;
                    Product.forEach(pool, Product.ceilDiv(nb, packBlock), this);
                } else {
                    panels = p.packed.data();
                    panelsAt = p.packed.panel(pc, kc, jc);
                }
                packing = false;
                Product.forEach(pool, tasks, this);
            }
        }
        panels = null;
    }

    /** Cuts the block of C into tasks, a multiple of the threads where the size allows; returns how many. */
    private int cut(int threads) {
        rowBlocks = Product.roundUp(Product.ceilDiv(p.m, GemmTuning.MC), threads);
        rowBlocks = Math.max(1, Math.min(rowBlocks, p.m / ROWS_AT_LEAST));
        rowBlock = Product.roundUp(Product.ceilDiv(p.m, rowBlocks), rows);
        rowBlocks = Product.ceilDiv(p.m, rowBlock);
        int columnBlocks = rowBlocks % threads == 0 ? 1 : Product.ceilDiv(threads, rowBlocks);
        columnBlock = Product.roundUp(Product.ceilDiv(nb, columnBlocks), columns);
        packBlock = Product.roundUp(Product.ceilDiv(nb, threads), columns);
        return rowBlocks * Product.ceilDiv(nb, columnBlock);
    }

    @Override
    public void accept(int task) {
        if (packing) {
            int j = task * packBlock;
            p.packB(pc, kc, jc + j, Math.min(packBlock, nb - j), panels, j * kc);
        } else {
            int i = task % rowBlocks * rowBlock;
            int j = task / rowBlocks * columnBlock;
            multiply(i, Math.min(rowBlock, p.m - i), j, Math.min(columnBlock, nb - j));
        }
    }

    private void multiply(int ic, int mb, int j0, int width) {
        float[] left = Scratch.floats(Scratch.GEMM_A, kc * Product.roundUp(mb, rows));
        for (int i = 0; i < mb; i += rows)
            p.kernels.packRows(kc, Math.min(rows, mb - i), p.a, p.ao + (ic + i) * p.aRow + pc * p.aCol, p.aRow, p.aCol,
                    left, i * kc);
        for (int j = j0; j < j0 + width; j += columns) {
            int w = Math.min(columns, nb - j);
            for (int i = 0; i < mb; i += rows)
                tile(Math.min(rows, mb - i), w, left, i * kc, panelsAt + j * kc, p.co + (ic + i) * p.cRow + jc + j);
        }
        if (pc + kc == p.k) p.epilogue.apply(p.c, p.co + ic * p.cRow + jc + j0, p.cRow, mb, jc + j0, width);
    }

    private void tile(int r, int w, float[] left, int at, int panel, int cTile) {
        boolean fromZero = p.startsFromZero(pc);
        if (w < columns) {
            p.edge(r, kc, left, at, 1, rows, panels, panel, cTile, w, fromZero);
            return;
        }
        float[] previous = fromZero ? GemmKernels.ZEROS : p.c;
        int po = fromZero ? 0 : cTile;
        int pRow = fromZero ? 0 : p.cRow;
        if (r == rows)
            p.kernels.panel(kc, left, at, panels, panel, previous, po, pRow, p.c, cTile, p.cRow);
        else
            p.kernels.strip(r, kc, left, at, 1, rows, panels, panel, columns, previous, po, pRow, p.c, cTile, p.cRow);
    }
}
