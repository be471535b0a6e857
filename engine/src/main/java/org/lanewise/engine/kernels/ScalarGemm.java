package org.lanewise.engine.kernels;

import java.util.Arrays;

/** The tile loops in plain Java; the compiler turns the innermost ones into vector code where it can. */
public final class ScalarGemm implements GemmKernels {
    /** The only instance; it has no state. */
    public static final ScalarGemm INSTANCE = new ScalarGemm();

    private static final int ROWS = 4;
    private static final int COLUMNS = 16;
    private static final ThreadLocal<float[]> CHAINS = ThreadLocal.withInitial(() -> new float[COLUMNS]);

    private ScalarGemm() {}

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
        return ROWS;
    }

    @Override
    public void panel(int kc, float[] a, int ao, float[] b, int bo, float[] p, int po, int pRow, float[] c, int co,
            int cRow) {
        strip(ROWS, kc, a, ao, 1, ROWS, b, bo, COLUMNS, p, po, pRow, c, co, cRow);
    }

    @Override
    public void strip(int rows, int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p,
            int po, int pRow, float[] c, int co, int cRow) {
        float[] acc = CHAINS.get();
        for (int i = 0; i < rows; i++) {
            Arrays.fill(acc, 0f);
            rowTimesRows(kc, a, ao + i * aRow, aCol, b, bo, bRow, acc, COLUMNS);
            for (int j = 0; j < COLUMNS; j++) c[co + i * cRow + j] = p[po + i * pRow + j] + acc[j];
        }
    }

    @Override
    public void halfStrip(int rows, int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow,
            float[] p, int po, int pRow, float[] c, int co, int cRow) {
        strip(rows, kc, a, ao, aRow, aCol, b, bo, bRow, p, po, pRow, c, co, cRow);
    }

    @Override
    public void rowTimesRows(int kc, float[] a, int ao, int aCol, float[] b, int bo, int bRow, float[] acc, int n) {
        for (int k = 0; k < kc; k++) {
            float x = a[ao + k * aCol];
            int row = bo + k * bRow;
            for (int j = 0; j < n; j++) acc[j] = Fused.fma(x, b[row + j], acc[j]);
        }
    }

    @Override
    public void packColumns(int kc, int n, float[] b, int bo, int bRow, int bCol, float[] out, int oo) {
        packAll(kc, n, COLUMNS, b, bo, bRow, bCol, out, oo);
    }

    private static void packAll(int kc, int n, int width, float[] b, int bo, int bRow, int bCol, float[] out, int oo) {
        for (int j = 0; j < n; j += width)
            pack(kc, Math.min(width, n - j), width, b, bo + j * bCol, bRow, bCol, out, oo + j * kc);
    }

    /** Packs one panel of any width, {@code n <= width} columns of it given. */
    public static void pack(int kc, int n, int width, float[] b, int bo, int bRow, int bCol, float[] out, int oo) {
        if (n < width) Arrays.fill(out, oo, oo + kc * width, 0f);
        if (bRow == 1) { // columns are contiguous: read along them
            for (int j = 0; j < n; j++) {
                int from = bo + j * bCol;
                for (int k = 0; k < kc; k++) out[oo + k * width + j] = b[from + k];
            }
        } else if (bCol == 1) {
            for (int k = 0; k < kc; k++) System.arraycopy(b, bo + k * bRow, out, oo + k * width, n);
        } else {
            for (int k = 0; k < kc; k++) {
                for (int j = 0; j < n; j++) out[oo + k * width + j] = b[bo + k * bRow + j * bCol];
            }
        }
    }

    @Override
    public void packRows(int kc, int m, float[] a, int ao, int aRow, int aCol, float[] out, int oo) {
        packAll(kc, m, ROWS, a, ao, aCol, aRow, out, oo);
    }

    @Override
    public void rowTimesColumns(int kc, float[] a, int ao, int aCol, float[] b, int bo, int bCol, float[] acc, int n) {
        int j = 0;
        for (; j + 8 <= n; j += 8) eightColumns(kc, a, ao, aCol, b, bo + j * bCol, bCol, acc, j);
        for (; j < n; j++) {
            float s = acc[j];
            for (int k = 0; k < kc; k++) s = Fused.fma(a[ao + k * aCol], b[bo + j * bCol + k], s);
            acc[j] = s;
        }
    }

    /** Eight chains side by side keep the multiply-add unit busy while each waits for its own last sum. */
    private static void eightColumns(int kc, float[] a, int ao, int aCol, float[] b, int b0, int bCol, float[] acc,
            int j) {
        int b1 = b0 + bCol;
        int b2 = b1 + bCol;
        int b3 = b2 + bCol;
        int b4 = b3 + bCol;
        int b5 = b4 + bCol;
        int b6 = b5 + bCol;
        int b7 = b6 + bCol;
        float s0 = acc[j];
        float s1 = acc[j + 1];
        float s2 = acc[j + 2];
        float s3 = acc[j + 3];
        float s4 = acc[j + 4];
        float s5 = acc[j + 5];
        float s6 = acc[j + 6];
        float s7 = acc[j + 7];
        for (int k = 0; k < kc; k++) {
            float x = a[ao + k * aCol];
            s0 = Fused.fma(x, b[b0 + k], s0);
            s1 = Fused.fma(x, b[b1 + k], s1);
            s2 = Fused.fma(x, b[b2 + k], s2);
            s3 = Fused.fma(x, b[b3 + k], s3);
            s4 = Fused.fma(x, b[b4 + k], s4);
            s5 = Fused.fma(x, b[b5 + k], s5);
            s6 = Fused.fma(x, b[b6 + k], s6);
            s7 = Fused.fma(x, b[b7 + k], s7);
        }
        acc[j] = s0;
        acc[j + 1] = s1;
        acc[j + 2] = s2;
        acc[j + 3] = s3;
        acc[j + 4] = s4;
        acc[j + 5] = s5;
        acc[j + 6] = s6;
        acc[j + 7] = s7;
    }
}
