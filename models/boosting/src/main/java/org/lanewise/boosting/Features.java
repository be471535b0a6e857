package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.SparseRows;
import org.lanewise.tabular.Table;

/**
 * The columns that trees split on, as numbers: a missing value is NaN, a category the index of its level. Immutable as far
 * as its source is; nothing is copied.
 *
 * <pre>{@code
 * Features x = Features.of(table.without("target"));
 * Features y = Features.ofRows(values, 28);        // float[], row after row
 * }</pre>
 */
public interface Features {

    int rows();

    int columns();

    String name(int column);

    /** Whether the column holds categories: whole numbers from 0 without an order. */
    boolean categorical(int column);

    /** The names of the categories 0, 1, ..., empty if they have none or the column is numeric. */
    List<String> levels(int column);

    /**
     * Writes rows {@code from} to {@code from + count - 1} of a column to the start of {@code out}, which is modified.
     * Called from several threads at once.
     */
    void copy(int column, int from, int count, double[] out);

    /** Where the data came from, for messages; may be empty. */
    default String source() {
        return "";
    }

    /**
     * The columns of a table; categorical columns keep their levels, true is 1 and false 0.
     *
     * @throws org.lanewise.tabular.BadInputException if a column holds free text
     */
    static Features of(Table table) {
        return TableFeatures.of(table);
    }

    static Features of(DesignMatrix x) {
        double[][] columns = new double[x.columns()][];
        for (int j = 0; j < columns.length; j++) columns[j] = x.column(j);
        return ofColumns(x.names(), columns);
    }

    /** A sparse matrix, 0 where nothing is stored; columns are named "Column_0", "Column_1", ... */
    static Features of(SparseRows rows) {
        return new SparseFeatures(defaultNames(rows.columns()), rows);
    }

    /** Numeric columns of equal length, which are not copied. */
    static Features ofColumns(List<String> names, double[]... columns) {
        return new ColumnFeatures(names, columns);
    }

    /** Rows of {@code columns} numbers each, one after the other, not copied; named "Column_0", "Column_1", ... */
    static Features ofRows(float[] values, int columns) {
        return new FloatRowFeatures(values, columns);
    }

    /** As {@link #ofRows(float[], int)} with doubles. */
    static Features ofRows(double[] values, int columns) {
        return new DoubleRowFeatures(values, columns);
    }

    /**
     * The same data with the named numeric columns as categories; their values should be whole numbers from 0 (anything
     * else counts as missing).
     *
     * @throws IllegalArgumentException if there is no such column
     */
    default Features withCategorical(String... names) {
        return new CategoricalView(this, List.of(names));
    }

    /** "Column_0" ... as LightGBM calls columns without names. */
    static List<String> defaultNames(int columns) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < columns; j++) names.add("Column_" + j);
        return List.copyOf(names);
    }
}
