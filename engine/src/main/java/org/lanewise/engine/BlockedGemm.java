package org.lanewise.engine;

import java.util.function.IntConsumer;

import org.lanewise.engine.kernels.GemmKernels;

/**
 * Large products after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008): B is packed in
 * panels as wide as a tile, A in panels as high, and tiles run over both.
 *
 * <p>Unlike there, all chains of a block of C follow one another before the next block is begun, so that the block is still
 * in L2 when the next chain is added to it. Threads share the packed B and own blocks of C; the order of k is that of a
 * single thread.
 */
final class BlockedGemm implements IntConsumer {
    /** Fewer rows to a task would read the packed B too often. */
    private static final int ROWS_AT_LEAST = 32;
    /** Down to so many rows, tasks are made small enough for each thread to get several: one that is held up leaves some. */
    private static final int SHARED_ROWS = 64;
    private static final int TASKS_PER_THREAD = 4;

    private final Product p;
    private final int rows;
    private final int columns;
    private boolean packing;
    private int jc;
    private int nb;
    private int ps;
    private int ks;
    private float[] panels;
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
            for (ps = 0; ps < p.k; ps += GemmTuning.KS) {
                ks = Math.min(GemmTuning.KS, p.k - ps);
                if (p.packed == null) {
                    panels = Scratch.floats(Scratch.GEMM_B, ks * Product.roundUp(nb, columns));
                    packing = true;
                    Product.forEach(pool, Product.ceilDiv(nb, packBlock), this);
                } else {
                    panels = p.packed.data();
                }
                packing = false;
                Product.forEach(pool, tasks, this);
            }
        }
        panels = null;
    }

    /** Cuts the columns jc .. jc + nb of C into tasks, a multiple of the threads where the size allows; returns how many. */
    private int cut(int threads) {
        rowBlocks = Product.roundUp(Product.ceilDiv(p.m, GemmTuning.MC), threads);
        if (threads > 1)
            rowBlocks = Math.max(rowBlocks, threads * Math.min(TASKS_PER_THREAD, p.m / SHARED_ROWS / threads));
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
            int width = Math.min(packBlock, nb - j);
            for (int pc = 0; pc < ks; pc += GemmTuning.KC)
                p.packB(ps + pc, Math.min(GemmTuning.KC, ks - pc), jc + j, width, panels, panelOf(pc, j));
        } else {
            int i = task % rowBlocks * rowBlock;
            int j = task / rowBlocks * columnBlock;
            multiply(i, Math.min(rowBlock, p.m - i), j, Math.min(columnBlock, nb - j));
        }
    }

    /** Where the panel begins that holds the chain from ps + pc, columns from jc + j. */
    private int panelOf(int pc, int j) {
        int kc = Math.min(GemmTuning.KC, ks - pc);
        return p.packed == null ? pc * Product.roundUp(nb, columns) + j * kc : p.packed.panel(ps + pc, kc, jc + j);
    }

    private void multiply(int ic, int mb, int j0, int width) {
        int padded = Product.roundUp(mb, rows);
        float[] left = Scratch.floats(Scratch.GEMM_A, ks * padded);
        for (int pc = 0; pc < ks; pc += GemmTuning.KC)
            packA(ic, mb, pc, Math.min(GemmTuning.KC, ks - pc), left, pc * padded);
        for (int j = j0; j < j0 + width; j += GemmTuning.COLUMN_GROUP) {
            int group = Math.min(GemmTuning.COLUMN_GROUP, j0 + width - j);
            for (int pc = 0; pc < ks; pc += GemmTuning.KC)
                block(ic, mb, j, group, pc, Math.min(GemmTuning.KC, ks - pc), left, pc * padded);
            if (ps + ks == p.k) p.epilogue.apply(p.c, p.co + ic * p.cRow + jc + j, p.cRow, mb, jc + j, group);
        }
    }

    private void packA(int ic, int mb, int pc, int kc, float[] left, int at) {
        int from = p.ao + ic * p.aRow + (ps + pc) * p.aCol;
        p.kernels.packRows(kc, mb, p.a, from, p.aRow, p.aCol, left, at);
    }

    private void block(int ic, int mb, int j0, int width, int pc, int kc, float[] left, int leftAt) {
        boolean fromZero = p.startsFromZero(ps + pc);
        int panel = panelOf(pc, j0);
        for (int j = 0; j < width; j += columns) {
            int w = Math.min(columns, width - j);
            int c = p.co + ic * p.cRow + jc + j0 + j;
            for (int i = 0; i < mb; i += rows)
                tile(Math.min(rows, mb - i), w, kc, left, leftAt + i * kc, panel + j * kc, c + i * p.cRow, fromZero);
        }
    }

    private void tile(int r, int w, int kc, float[] left, int at, int panel, int c, boolean fromZero) {
        if (w < columns) {
            p.edge(r, kc, left, at, 1, rows, panels, panel, c, w, fromZero);
            return;
        }
        float[] previous = fromZero ? GemmKernels.ZEROS : p.c;
        int po = fromZero ? 0 : c;
        int pRow = fromZero ? 0 : p.cRow;
        if (r == rows) p.kernels.panel(kc, left, at, panels, panel, previous, po, pRow, p.c, c, p.cRow);
        else p.kernels.strip(r, kc, left, at, 1, rows, panels, panel, columns, previous, po, pRow, p.c, c, p.cRow);
    }
}
