package org.lanewise.linear;

import java.util.Objects;
import org.lanewise.engine.kernels.DoubleKernels;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;

/**
 * The predictors of an elastic net, {@code rows} x {@code columns}, stored column by column: dense in double or single precision, or
 * sparse; or in a file ({@link MappedColumns}). Fits read it only; centring, scaling and weighting happen on the way, so sparse data stay sparse and one store serves
 * any number of fits and cross-validation folds at once.
 *
 * <pre>{@code
 * ColumnStore x = ColumnStore.of(DesignMatrix.of(table, "age", "albumin"));
 * ColumnStore wide = ColumnStore.ofFloats(2_000, block1, block2);       // 2,000 rows, columns one after the other
 * ColumnStore counts = ColumnStore.sparse(2_000, 50_000, starts, rowNumbers, values);
 * }</pre>
 *
 * Single precision halves the memory that a fit must read, which for many columns is most of its time; sums are in double precision
 * all the same. Arrays are kept, not copied: do not change them afterwards.
 */
public abstract sealed class ColumnStore permits DoubleColumns, FloatColumns, SparseColumns, MappedFloats,
        MappedDoubles {
    static final DoubleKernels KERNELS = KernelProvider.get().doubles();
    private final int rows;
    private final int columns;

    ColumnStore(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * In double precision, a copy.
     *
     * @throws BadInputException
     *             naming the first value that is missing or infinite
     */
    public static ColumnStore of(DesignMatrix x) {
        x.requireFinite("an elastic net");
        return new DoubleColumns(x.rows(), x.columns(), new double[][] {x.columnMajor()});
    }

    /**
     * Dense, in double precision.
     *
     * @param blocks
     *            whole columns one after the other; every block but the last has as many as the first
     */
    public static ColumnStore ofDoubles(int rows, double[]... blocks) {
        long[] lengths = new long[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            lengths[i] = blocks[i].length;
        }
        return new DoubleColumns(rows, columns(rows, lengths), blocks);
    }

    /** Dense, in single precision, as {@link #ofDoubles}. */
    public static ColumnStore ofFloats(int rows, float[]... blocks) {
        long[] lengths = new long[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            lengths[i] = blocks[i].length;
        }
        return new FloatColumns(rows, columns(rows, lengths), blocks);
    }

    /**
     * Compressed sparse columns.
     *
     * @param starts
     *            column j has the entries starts[j] to starts[j + 1] (exclusive) of the other two; one more than columns
     * @param rowNumbers
     *            counted from 0, rising inside a column
     */
    public static ColumnStore sparse(int rows, int columns, int[] starts, int[] rowNumbers, double[] values) {
        return new SparseColumns(rows, columns, starts, rowNumbers, values);
    }

    /**
     * Compressed sparse rows, which are copied into columns.
     *
     * @param starts
     *            row i has the entries starts[i] to starts[i + 1] (exclusive) of the other two; one more than rows
     * @param columnNumbers
     *            counted from 0, each at most once in a row
     */
    public static ColumnStore sparseRows(int rows, int columns, int[] starts, int[] columnNumbers, double[] values) {
        return SparseColumns.ofRows(rows, columns, starts, columnNumbers, values);
    }

    private static int columns(int rows, long[] lengths) {
        if (rows < 1) {
            throw new IllegalArgumentException(rows + " rows");
        }
        long columns = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] % rows != 0 || i > 0 && lengths[i] > lengths[0]
                    || i + 1 < lengths.length && lengths[i] != lengths[0]) {
                throw new IllegalArgumentException(
                        "block " + i + " has " + lengths[i] + " values: not whole columns of "
                                + rows + " rows, or not as many as the first block");
            }
            columns += lengths[i] / rows;
        }
        return Math.toIntExact(columns);
    }

    public final int rows() {
        return rows;
    }

    public final int columns() {
        return columns;
    }

    /** One value. */
    public final double get(int row, int column) {
        double[] one = new double[1];
        copy(Objects.checkIndex(column, columns), Objects.checkIndex(row, rows), 1, one, 0);
        return one[0];
    }

    /** x_j'u. */
    abstract double dot(int j, double[] u);

    /** y += factor x_j. */
    abstract void axpy(int j, double factor, double[] y);

    /** y += factor (w o x_j), element by element. */
    abstract void axpy(int j, double factor, double[] w, double[] y);

    /** Writes {@code count} values of a column, from row {@code from}. */
    abstract void copy(int j, int from, int count, double[] out, int at);

    /** sum_i h_i (x_ij - centre)^2. */
    abstract double squares(int j, double[] h, double centre);

    /**
     * Weighted mean, and weighted mean square about the mean.
     *
     * @param v
     *            weights that sum to 1
     * @param out
     *            of two
     */
    void moments(int j, double[] v, double[] out) {
        double mean = dot(j, v);
        double square = squares(j, v, mean);
        if (!Double.isFinite(square)) {
            for (int i = 0; i < rows; i++) {
                double value = get(i, j);
                if (!Double.isFinite(value)) {
                    throw BadInputException.at("").row(i + 1L).column(Integer.toString(j + 1))
                            .value(Double.toString(value)).because("an elastic net needs finite values");
                }
            }
            throw new BadInputException("column " + (j + 1) + ": values too large to square");
        }
        out[0] = mean;
        out[1] = square;
    }
}
