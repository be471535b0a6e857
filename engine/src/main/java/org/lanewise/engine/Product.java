package org.lanewise.engine;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.lanewise.engine.kernels.GemmKernels;
import org.lanewise.engine.kernels.KernelProvider;

/**
 * The arguments of one matrix product, {@code C (+)= A B} then the epilogue, and the ways to compute it.
 *
 * <p>One object per thread is used again and again, so a product allocates nothing; the tasks of other threads read it while
 * its owner waits for them.
 */
final class Product {
    private static final ThreadLocal<Product> LOCAL = ThreadLocal.withInitial(Product::new);

    final GemmKernels kernels = KernelProvider.get().gemm();
    int m;
    int n;
    int k;
    float[] a;
    int ao;
    int aRow;
    int aCol;
    /** The right factor at its strides, or null if {@link #packed} has it. */
    float[] b;
    int bo;
    int bRow;
    int bCol;
    PackedMatrix packed;
    float[] c;
    int co;
    int cRow;
    boolean accumulate;
    Epilogue epilogue;

    private final BlockedGemm blocked = new BlockedGemm(this);
    private final ColumnGemm columns = new ColumnGemm(this);
    private final SwappedGemm swapped = new SwappedGemm(this);
    private final RowGemm row = new RowGemm(this);
    private final NarrowGemm narrow = new NarrowGemm(this);

    private Product() {}

    /** The calling thread's object, for its next product. */
    static Product local() {
        return LOCAL.get();
    }

    void run(WorkerPool pool) {
        WorkerPool workers = (long) m * n * k >= GemmTuning.PARALLEL_FROM ? pool : null;
        if (k == 0) {
            withoutTerms();
        } else if (m == 1 && packed == null && (bCol == 1 || bRow == 1)) {
            row.run(workers);
        } else if (m > n && NarrowGemm.fits(this)) {
            narrow.run(workers);
        } else if (SwappedGemm.fits(this)) {
            swapped.run(workers);
        } else if (m <= GemmTuning.FEW_ROWS) {
            columns.run(workers);
        } else {
            blocked.run(workers);
        }
        a = null; // the caller's arrays must not outlive the call here
        b = null;
        packed = null;
        c = null;
        epilogue = null;
    }

    private void withoutTerms() {
        for (int i = 0; i < m; i++) {
            int from = co + i * cRow;
            if (!accumulate) Arrays.fill(c, from, from + n, 0f);
        }
        epilogue.apply(c, co, cRow, m, 0, n);
    }

    /** Shares out tasks, or runs them here if there is no pool. */
    static void forEach(WorkerPool pool, int tasks, IntConsumer body) {
        if (pool == null) {
            for (int i = 0; i < tasks; i++) body.accept(i);
        } else {
            pool.forEach(tasks, body);
        }
    }

    static int threads(WorkerPool pool) {
        return pool == null ? 1 : pool.threads();
    }

    static int roundUp(int x, int multiple) {
        return (x + multiple - 1) / multiple * multiple;
    }

    static int ceilDiv(int x, int y) {
        return (x + y - 1) / y;
    }

    /** Whether the block that starts at {@code pc} begins from zero rather than from what is in C. */
    boolean startsFromZero(int pc) {
        return pc == 0 && !accumulate;
    }

    /** Packs {@code kc} rows from {@code pc} and {@code nb} columns from {@code jc} of B, one panel after the other. */
    void packB(int pc, int kc, int jc, int nb, float[] out, int oo) {
        kernels.packColumns(kc, nb, b, bo + pc * bRow + jc * bCol, bRow, bCol, out, oo);
    }

    /**
     * A tile at the right edge: {@code n} columns are valid, the kernel writes all. The values that were there go through a
     * buffer, so the arithmetic is that of a whole tile.
     */
    void edge(int rows, int kc, float[] left, int lo, int lRow, int lCol, float[] panel, int po, int cTile, int n,
            boolean fromZero) {
        int width = kernels.columns();
        float[] tile = Scratch.floats(Scratch.GEMM_TILE, kernels.stripRows() * width);
        if (fromZero) {
            kernels.strip(rows, kc, left, lo, lRow, lCol, panel, po, width, GemmKernels.ZEROS, 0, 0, tile, 0, width);
        } else {
            for (int i = 0; i < rows; i++) System.arraycopy(c, cTile + i * cRow, tile, i * width, n);
            kernels.strip(rows, kc, left, lo, lRow, lCol, panel, po, width, tile, 0, width, tile, 0, width);
        }
        for (int i = 0; i < rows; i++) System.arraycopy(tile, i * width, c, cTile + i * cRow, n);
    }
}
