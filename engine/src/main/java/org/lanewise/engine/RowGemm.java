package org.lanewise.engine;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * One row times a matrix whose rows or columns are contiguous. B is read once and never packed: along its rows, adding
 * multiples of them, or along several columns at once, one chain each.
 */
final class RowGemm implements IntConsumer {
    private final Product p;
    private int chunk;

    RowGemm(Product p) {
        this.p = p;
    }

    void run(WorkerPool pool) {
        int chunks = Product.roundUp(Product.ceilDiv(p.n, GemmTuning.ROW_CHUNK), Product.threads(pool));
        chunk = Product.roundUp(Product.ceilDiv(p.n, chunks), p.kernels.columns());
        Product.forEach(pool, Product.ceilDiv(p.n, chunk), this);
    }

    @Override
    public void accept(int task) {
        int j = task * chunk;
        int nb = Math.min(chunk, p.n - j);
        float[] chains = Scratch.floats(Scratch.GEMM_TILE, nb);
        for (int pc = 0; pc < p.k; pc += GemmTuning.KC) {
            int kc = Math.min(GemmTuning.KC, p.k - pc);
            int left = p.ao + pc * p.aCol;
            int right = p.bo + pc * p.bRow + j * p.bCol;
            Arrays.fill(chains, 0, nb, 0f);
            if (p.bCol == 1) p.kernels.rowTimesRows(kc, p.a, left, p.aCol, p.b, right, p.bRow, chains, nb);
            else p.kernels.rowTimesColumns(kc, p.a, left, p.aCol, p.b, right, p.bCol, chains, nb);
            add(chains, p.co + j, nb, p.startsFromZero(pc));
        }
        p.epilogue.apply(p.c, p.co + j, p.cRow, 1, j, nb);
    }

    private void add(float[] chains, int at, int nb, boolean fromZero) {
        float[] c = p.c;
        if (fromZero) for (int j = 0; j < nb; j++) c[at + j] = 0f + chains[j];
        else for (int j = 0; j < nb; j++) c[at + j] = c[at + j] + chains[j];
    }
}
