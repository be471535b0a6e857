package org.lanewise.engine.kernels;

/**
 * The inner loops of matrix products, on tiles of a few rows and {@link #columns()} columns.
 *
 * <p>Every element of a tile is one chain: {@code acc = 0}, then {@code acc = fma(a[i][k], b[k][j], acc)} for rising k, then
 * {@code c[i][j] = previous[i][j] + acc}. The chain does not know the tile it is in, so neither the shape of the tile nor the
 * width of a register shows in the result. {@code previous} is {@code c} itself, or {@link #ZEROS} with a row stride of 0:
 * one loop serves both and there is no branch behind it.
 */
public interface GemmKernels {
    /** A row of zeros as long as the widest tile. */
    float[] ZEROS = new float[64];

    /** Rows of a full tile. */
    int rows();

    /** Columns of a tile. */
    int columns();

    /** The most rows that {@link #strip} takes, and the number it likes best. */
    int stripRows();

    /**
     * A full tile from packed panels: {@code a} holds for each k {@link #rows()} values, {@code b} {@link #columns()}.
     *
     * @param kc length of the chain
     * @param p  previous values, offset {@code po}, row stride {@code pRow}
     */
    void panel(int kc, float[] a, int ao, float[] b, int bo, float[] p, int po, int pRow, float[] c, int co, int cRow);

    /**
     * A tile of 1 to {@link #stripRows()} rows; element (i, k) of {@code a} at {@code ao + i * aRow + k * aCol}, row k of
     * {@code b} at {@code bo + k * bRow}.
     */
    void strip(int rows, int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p, int po,
            int pRow, float[] c, int co, int cRow);

    /** The rows that {@link #halfStrip} likes best. */
    int HALF_ROWS = 8;

    /**
     * {@link #strip} of 1 to {@link #HALF_ROWS} rows and only the first half of the columns; the other half of {@code c} may or
     * may not be written.
     */
    void halfStrip(int rows, int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p,
            int po, int pRow, float[] c, int co, int cRow);

    /** {@code acc[j] = fma(a[k], b[k][j], acc[j])} for rising k: one row against rows of {@code b} of any length. */
    void rowTimesRows(int kc, float[] a, int ao, int aCol, float[] b, int bo, int bRow, float[] acc, int n);

    /**
     * Packs {@code kc} rows and {@code n} columns of a matrix, element (k, j) at {@code bo + k * bRow + j * bCol}, into panels
     * of {@link #columns()} columns: panel after panel, row after row, the last panel filled up with zeros.
     */
    void packColumns(int kc, int n, float[] b, int bo, int bRow, int bCol, float[] out, int oo);

    /**
     * Packs {@code m} rows and {@code kc} columns of a matrix, element (i, k) at {@code ao + i * aRow + k * aCol}, into panels of
     * {@link #rows()} rows: panel after panel, column after column, the last panel filled up with zeros.
     */
    void packRows(int kc, int m, float[] a, int ao, int aRow, int aCol, float[] out, int oo);

    /**
     * {@code acc[j] = fma(a[k], b[k][j], acc[j])} for rising k: one row against columns of {@code b}, contiguous in k,
     * column j from {@code bo + j * bCol}.
     */
    void rowTimesColumns(int kc, float[] a, int ao, int aCol, float[] b, int bo, int bCol, float[] acc, int n);
}
