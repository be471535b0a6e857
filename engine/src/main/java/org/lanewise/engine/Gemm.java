package org.lanewise.engine;

/**
 * Products of single-precision matrices, {@code C = A B} or {@code C = C + A B}, then an {@link Epilogue}.
 *
 * <pre>{@code
 * // C[m, n] = A[m, k] B[k, n], all row-major
 * Gemm.multiply(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false, Epilogue.NONE);
 * // the same with B given as its transpose, row-major [n, k]: exchange the strides
 * Gemm.multiply(m, n, k, a, 0, k, 1, bt, 0, 1, k, c, 0, n, false, Epilogue.NONE);
 * }</pre>
 *
 * <p>Element (i, k) of {@code a} lies at {@code ao + i * aRow + k * aCol}, element (k, j) of {@code b} at
 * {@code bo + k * bRow + j * bCol}, element (i, j) of {@code c} at {@code co + i * cRow + j}. {@code c} is modified and must
 * not overlap the factors.
 *
 * <p><b>The result is defined to the bit.</b> The terms of an element are taken in order of k in blocks of 384: each block is
 * one chain {@code acc = fma(a, b, acc)} from 0, and the blocks are added to the starting value (0, or {@code c}) in turn.
 * Nothing else enters: not the number of threads, the width of registers, the strides, whether B was packed, nor the number
 * of rows, so a row of a batch equals the same row alone.
 *
 * <p>The work is shared by {@link WorkerPool#current()}.
 */
public final class Gemm {
    private Gemm() {}

    /**
     * {@code C (+)= A B}, then the epilogue.
     *
     * @param m          rows of A and C
     * @param n          columns of B and C
     * @param k          columns of A, rows of B
     * @param accumulate whether C is added to rather than replaced
     * @throws IllegalArgumentException if a size is negative, an array too short, or C overlaps a factor
     */
    public static void multiply(int m, int n, int k, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow,
            int bCol, float[] c, int co, int cRow, boolean accumulate, Epilogue epilogue) {
        check(m, n, k, a, ao, aRow, aCol, c, co, cRow, epilogue);
        checkOperand("multiply", "b", b, bo, k, n, bRow, bCol);
        checkApart("b", b, bo, k, n, bRow, bCol, c, co, m, n, cRow);
        run(WorkerPool.current(), m, n, k, a, ao, aRow, aCol, b, bo, bRow, bCol, null, c, co, cRow, accumulate,
                epilogue);
    }

    /**
     * {@code C (+)= A B} with B packed beforehand, then the epilogue; n and k are those of B.
     *
     * @throws IllegalArgumentException if a size is negative, an array too short, or C overlaps A
     */
    public static void multiply(int m, float[] a, int ao, int aRow, int aCol, PackedMatrix b, float[] c, int co,
            int cRow, boolean accumulate, Epilogue epilogue) {
        check(m, b.columns(), b.rows(), a, ao, aRow, aCol, c, co, cRow, epilogue);
        run(WorkerPool.current(), m, b.columns(), b.rows(), a, ao, aRow, aCol, null, 0, 0, 0, b, c, co, cRow,
                accumulate, epilogue);
    }

    /**
     * {@code batch} products of one shape; product t takes A at {@code ao + t * aBatch}, B at {@code bo + t * bBatch} and C
     * at {@code co + t * cBatch}. A batch stride of 0 uses a factor again.
     *
     * @throws IllegalArgumentException if a size is negative, an array too short, or results overlap factors or each other
     */
    public static void multiply(int batch, int m, int n, int k, float[] a, int ao, int aBatch, int aRow, int aCol,
            float[] b, int bo, int bBatch, int bRow, int bCol, float[] c, int co, int cBatch, int cRow,
            boolean accumulate, Epilogue epilogue) {
        if (batch <= 0 || m == 0 || n == 0) {
            if (batch < 0) throw new IllegalArgumentException("multiply: batch is " + batch);
            return;
        }
        int last = batch - 1;
        check(m, n, k, a, ao, aRow, aCol, c, co, cRow, epilogue);
        check(m, n, k, a, Math.addExact(ao, Math.multiplyExact(last, aBatch)), aRow, aCol, c,
                Math.addExact(co, Math.multiplyExact(last, cBatch)), cRow, epilogue);
        checkOperand("multiply", "b", b, bo, k, n, bRow, bCol);
        checkOperand("multiply", "b", b, Math.addExact(bo, Math.multiplyExact(last, bBatch)), k, n, bRow, bCol);
        if (c == b) checkApart("b", b, bo, k, n, bRow, bCol, c, co, m, n, cRow);
        if (batch > 1 && Math.abs((long) cBatch) < (long) (m - 1) * cRow + n)
            throw new IllegalArgumentException("multiply: results of a batch overlap, stride " + cBatch + " for " + m
                    + " x " + n + " with row stride " + cRow);
        WorkerPool pool = WorkerPool.current();
        if (batch >= pool.threads() && (long) batch * m * n * k >= GemmTuning.PARALLEL_FROM) {
            // whole products to each thread; more than four tasks a thread would only add overhead
            int tasks = Math.min(batch, 4 * pool.threads());
            pool.forEach(tasks, task -> {
                int end = (int) ((long) batch * (task + 1) / tasks);
                for (int t = (int) ((long) batch * task / tasks); t < end; t++)
                    run(null, m, n, k, a, ao + t * aBatch, aRow, aCol, b, bo + t * bBatch, bRow, bCol, null, c,
                            co + t * cBatch, cRow, accumulate, epilogue);
            });
        } else {
            for (int t = 0; t < batch; t++)
                run(pool, m, n, k, a, ao + t * aBatch, aRow, aCol, b, bo + t * bBatch, bRow, bCol, null, c,
                        co + t * cBatch, cRow, accumulate, epilogue);
        }
    }

    private static void run(WorkerPool pool, int m, int n, int k, float[] a, int ao, int aRow, int aCol, float[] b,
            int bo, int bRow, int bCol, PackedMatrix packed, float[] c, int co, int cRow, boolean accumulate,
            Epilogue epilogue) {
        if (m == 0 || n == 0) return;
        Product p = Product.local();
        p.m = m;
        p.n = n;
        p.k = k;
        p.a = a;
        p.ao = ao;
        p.aRow = aRow;
        p.aCol = aCol;
        p.b = b;
        p.bo = bo;
        p.bRow = bRow;
        p.bCol = bCol;
        p.packed = packed;
        p.c = c;
        p.co = co;
        p.cRow = cRow;
        p.accumulate = accumulate;
        p.epilogue = epilogue;
        p.run(pool);
    }

    private static void check(int m, int n, int k, float[] a, int ao, int aRow, int aCol, float[] c, int co, int cRow,
            Epilogue epilogue) {
        checkOperand("multiply", "a", a, ao, m, k, aRow, aCol);
        checkOperand("multiply", "c", c, co, m, n, cRow, 1);
        if (m > 1 && cRow < n)
            throw new IllegalArgumentException(
                    "multiply: rows of c overlap, stride " + cRow + " for " + n + " columns");
        checkApart("a", a, ao, m, k, aRow, aCol, c, co, m, n, cRow);
        if (epilogue.bias() != null && epilogue.bias().length - epilogue.biasOffset() < n)
            throw new IllegalArgumentException("multiply: bias has " + (epilogue.bias().length - epilogue.biasOffset())
                    + " values for " + n + " columns");
    }

    /** Refuses a matrix that does not lie within its array. */
    static void checkOperand(String operation, String name, float[] x, int offset, int rows, int columns, int rowStride,
            int columnStride) {
        if (rows < 0 || columns < 0)
            throw new IllegalArgumentException(operation + ": " + name + " is " + rows + " x " + columns);
        if (rows == 0 || columns == 0) return;
        long down = (long) (rows - 1) * rowStride;
        long along = (long) (columns - 1) * columnStride;
        long low = offset + Math.min(down, 0) + Math.min(along, 0);
        long high = offset + Math.max(down, 0) + Math.max(along, 0);
        if (low < 0 || high >= x.length)
            throw new IllegalArgumentException(operation + ": " + name + " is " + rows + " x " + columns
                    + " with strides " + rowStride + ", " + columnStride + " from " + offset
                    + ", outside its array of " + x.length);
    }

    /** Refuses a factor whose span in the same array meets that of C. */
    private static void checkApart(String name, float[] x, int offset, int rows, int columns, int rowStride,
            int columnStride, float[] c, int co, int m, int n, int cRow) {
        if (x != c || rows == 0 || columns == 0 || m == 0 || n == 0) return;
        long down = (long) (rows - 1) * rowStride;
        long along = (long) (columns - 1) * columnStride;
        long low = offset + Math.min(down, 0) + Math.min(along, 0);
        long high = offset + Math.max(down, 0) + Math.max(along, 0);
        if (high >= co && low <= co + (long) (m - 1) * cRow + n - 1)
            throw new IllegalArgumentException("multiply: c overlaps " + name + " in the same array");
    }
}
