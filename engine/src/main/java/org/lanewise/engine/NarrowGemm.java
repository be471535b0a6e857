package org.lanewise.engine;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Products with one or two columns, the heads of networks: a tile would be empty but for them. Each column is the transposed
 * product of one row, {@code c = A b}, with the chains of {@link RowGemm}.
 */
final class NarrowGemm implements IntConsumer {
    private final Product p;
    private int chunk;

    NarrowGemm(Product p) {
        this.p = p;
    }

    /** Whether A can be read along its rows or columns. */
    static boolean fits(Product p) {
        return p.n <= GemmTuning.FEW_COLUMNS && p.packed == null && (p.aCol == 1 || p.aRow == 1);
    }

    void run(WorkerPool pool) {
        int chunks = Product.roundUp(Product.ceilDiv(p.m, GemmTuning.NARROW_CHUNK), Product.threads(pool));
        chunk = Product.roundUp(Product.ceilDiv(p.m, chunks), p.kernels.columns());
        Product.forEach(pool, Product.ceilDiv(p.m, chunk), this);
    }

    @Override
    public void accept(int task) {
        int i = task * chunk;
        int mb = Math.min(chunk, p.m - i);
        float[] chains = Scratch.floats(Scratch.GEMM_TILE, mb);
        for (int pc = 0; pc < p.k; pc += GemmTuning.KC) {
            int kc = Math.min(GemmTuning.KC, p.k - pc);
            int right = p.ao + i * p.aRow + pc * p.aCol;
            for (int j = 0; j < p.n; j++) {
                int left = p.bo + pc * p.bRow + j * p.bCol;
                Arrays.fill(chains, 0, mb, 0f);
                if (p.aRow == 1) p.kernels.rowTimesRows(kc, p.b, left, p.bRow, p.a, right, p.aCol, chains, mb);
                else p.kernels.rowTimesColumns(kc, p.b, left, p.bRow, p.a, right, p.aRow, chains, mb);
                add(chains, p.co + i * p.cRow + j, mb, p.startsFromZero(pc));
            }
        }
        p.epilogue.apply(p.c, p.co + i * p.cRow, p.cRow, mb, 0, p.n);
    }

    private void add(float[] chains, int at, int mb, boolean fromZero) {
        float[] c = p.c;
        int step = p.cRow;
        for (int i = 0; i < mb; i++) c[at + i * step] = (fromZero ? 0f : c[at + i * step]) + chains[i];
    }
}
