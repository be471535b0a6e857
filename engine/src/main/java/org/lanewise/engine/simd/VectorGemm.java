package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

import org.lanewise.engine.kernels.GemmKernels;
import org.lanewise.engine.kernels.ScalarGemm;

/** The tile loops on vectors, two vectors wide. */
final class VectorGemm implements GemmKernels {
    private static final int COLUMNS = 2 * LANES;
    /** Measured at n = 512, one core of a Zen 4: 4 rows 108, 6 rows 108 GFLOP/s at 512 bits; 94 against 104 at 256. */
    private static final int ROWS = LANES == 16 ? 4 : 6;
    /**
     * Sixteen rows against a matrix of 16 MB, one core: 8 rows at a time 95 to 99 GFLOP/s, 4 rows 78 to 91. Narrower registers may
     * be only 16.
     */
    private static final int STRIP_ROWS = LANES == 16 ? 8 : ROWS;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public int stripRows() {
        return STRIP_ROWS;
    }

    @Override
    public void panel(int kc, float[] a, int ao, float[] b, int bo, float[] p, int po, int pRow, float[] c, int co,
            int cRow) {
        if (ROWS == 4) VectorPanels.panel4(kc, a, ao, b, bo, p, po, pRow, c, co, cRow);
        else VectorPanels.panel6(kc, a, ao, b, bo, p, po, pRow, c, co, cRow);
    }

    @Override
    public void strip(int rows, int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p,
            int po, int pRow, float[] c, int co, int cRow) {
        if (rows == 8) {
            VectorStrips.strip8(kc, a, ao, aRow, aCol, b, bo, bRow, p, po, pRow, c, co, cRow);
            return;
        }
        int i = 0;
        if (rows >= 4) {
            VectorStrips.strip4(kc, a, ao, aRow, aCol, b, bo, bRow, p, po, pRow, c, co, cRow);
            i = 4;
        }
        if (rows - i >= 2) {
            VectorStrips.strip2(kc, a, ao + i * aRow, aRow, aCol, b, bo, bRow, p, po + i * pRow, pRow, c, co + i * cRow,
                    cRow);
            i += 2;
        }
        if (rows > i) VectorStrips.strip1(kc, a, ao + i * aRow, aCol, b, bo, bRow, p, po + i * pRow, c, co + i * cRow);
    }

    @Override
    public void halfStrip(int rows, int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow,
            float[] p, int po, int pRow, float[] c, int co, int cRow) {
        int i = 0;
        if (rows == 8) {
            VectorStrips.half8(kc, a, ao, aRow, aCol, b, bo, bRow, p, po, pRow, c, co, cRow);
            i = 8;
        }
        for (; i < rows; i += ROWS)
            strip(Math.min(ROWS, rows - i), kc, a, ao + i * aRow, aRow, aCol, b, bo, bRow, p, po + i * pRow, pRow, c,
                    co + i * cRow, cRow);
    }

    @Override
    public void rowTimesRows(int kc, float[] a, int ao, int aCol, float[] b, int bo, int bRow, float[] acc, int n) {
        int end = F.loopBound(n);
        int k = 0;
        // four rows of b at a time: acc is read and written once for them, and b is read along its rows
        for (; k + 4 <= kc; k += 4)
            fourRows(a[ao + k * aCol], a[ao + (k + 1) * aCol], a[ao + (k + 2) * aCol], a[ao + (k + 3) * aCol], b,
                    bo + k * bRow, bRow, acc, end);
        for (; k < kc; k++) oneRow(a[ao + k * aCol], b, bo + k * bRow, acc, end);
        if (end == n) return;
        for (int j = end; j < n; j++) {
            float s = acc[j];
            for (k = 0; k < kc; k++) s = Math.fma(a[ao + k * aCol], b[bo + k * bRow + j], s);
            acc[j] = s;
        }
    }

    private static void fourRows(float a0, float a1, float a2, float a3, float[] b, int bo, int bRow, float[] acc,
            int end) {
        FloatVector x0 = FloatVector.broadcast(F, a0);
        FloatVector x1 = FloatVector.broadcast(F, a1);
        FloatVector x2 = FloatVector.broadcast(F, a2);
        FloatVector x3 = FloatVector.broadcast(F, a3);
        int b1 = bo + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        for (int j = 0; j < end; j += LANES) {
            FloatVector s = x0.fma(FloatVector.fromArray(F, b, bo + j), FloatVector.fromArray(F, acc, j));
            s = x1.fma(FloatVector.fromArray(F, b, b1 + j), s);
            s = x2.fma(FloatVector.fromArray(F, b, b2 + j), s);
            x3.fma(FloatVector.fromArray(F, b, b3 + j), s).intoArray(acc, j);
        }
    }

    private static void oneRow(float a0, float[] b, int bo, float[] acc, int end) {
        FloatVector x0 = FloatVector.broadcast(F, a0);
        for (int j = 0; j < end; j += LANES)
            x0.fma(FloatVector.fromArray(F, b, bo + j), FloatVector.fromArray(F, acc, j)).intoArray(acc, j);
    }

    @Override
    public void packColumns(int kc, int n, float[] b, int bo, int bRow, int bCol, float[] out, int oo) {
        VectorPacking.columns(kc, n, COLUMNS, b, bo, bRow, bCol, out, oo);
    }

    @Override
    public void packRows(int kc, int m, float[] a, int ao, int aRow, int aCol, float[] out, int oo) {
        VectorPacking.rows(kc, m, ROWS, a, ao, aRow, aCol, out, oo);
    }

    @Override
    public void rowTimesColumns(int kc, float[] a, int ao, int aCol, float[] b, int bo, int bCol, float[] acc, int n) {
        ScalarGemm.INSTANCE.rowTimesColumns(kc, a, ao, aCol, b, bo, bCol, acc, n); // bound by memory as it is
    }
}
