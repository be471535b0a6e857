package org.lanewise.tabular;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Numeric predictors with names: {@code rows} x {@code columns} doubles, stored column by column. Immutable.
 *
 * <pre>{@code
 * DesignMatrix x = DesignMatrix.of(table, "age", "albumin");
 * }</pre>
 *
 * Values may be NaN (missing) or infinite; a method that cannot use such values calls {@link #requireFinite}.
 */
public final class DesignMatrix {
    private final String source;
    private final List<String> names;
    private final int rows;
    private final double[] values;

    private DesignMatrix(String source, List<String> names, int rows, double[] values) {
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("repeated column name in " + names);
        }
        this.source = source;
        this.names = List.copyOf(names);
        this.rows = rows;
        this.values = values;
    }

    /** The named columns of a table, as numbers. */
    public static DesignMatrix of(Table table, String... columns) {
        double[] values = new double[cells(table.source(), table.rows(), columns.length)];
        for (int j = 0; j < columns.length; j++) {
            System.arraycopy(table.numbers(columns[j]), 0, values, j * table.rows(), table.rows());
        }
        return new DesignMatrix(table.source(), List.of(columns), table.rows(), values);
    }

    private static int cells(String source, int rows, int columns) {
        long cells = (long) rows * columns;
        if (cells > Integer.MAX_VALUE - 16) {
            throw BadInputException.at(source).because(rows + " rows of " + columns
                    + " columns are more values than one matrix can hold (2^31)");
        }
        return (int) cells;
    }

    /** Copies equally long columns. */
    public static DesignMatrix ofColumns(List<String> names, double[]... columns) {
        if (names.size() != columns.length) {
            throw new IllegalArgumentException(names.size() + " names for " + columns.length + " columns");
        }
        int rows = columns.length == 0 ? 0 : columns[0].length;
        double[] values = new double[cells("", rows, columns.length)];
        for (int j = 0; j < columns.length; j++) {
            if (columns[j].length != rows) {
                throw new IllegalArgumentException(
                        "column \"" + names.get(j) + "\" has " + columns[j].length + " rows, the first has " + rows);
            }
            System.arraycopy(columns[j], 0, values, j * rows, rows);
        }
        return new DesignMatrix("", names, rows, values);
    }

    /** Copies equally long rows. */
    public static DesignMatrix ofRows(List<String> names, double[]... rows) {
        double[] values = new double[cells("", rows.length, names.size())];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != names.size()) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " values for " + names.size() + " names");
            }
            for (int j = 0; j < names.size(); j++) {
                values[j * rows.length + i] = rows[i][j];
            }
        }
        return new DesignMatrix("", names, rows.length, values);
    }

    /** Where the values came from, usually a file name; may be empty. */
    public String source() {
        return source;
    }

    public List<String> names() {
        return names;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return names.size();
    }

    public double get(int row, int column) {
        return values[Math.addExact(column * rows, Objects.checkIndex(row, rows))];
    }

    /** A copy of one column. */
    public double[] column(int column) {
        return Arrays.copyOfRange(values, column * rows, (column + 1) * rows);
    }

    /** A copy of one row. */
    public double[] row(int row) {
        double[] copy = new double[columns()];
        for (int j = 0; j < copy.length; j++) {
            copy[j] = get(row, j);
        }
        return copy;
    }

    /** A copy of all values, column after column. */
    public double[] columnMajor() {
        return values.clone();
    }

    /** The given rows, in the given order; a row may be named more than once. */
    public DesignMatrix take(int... chosen) {
        double[] taken = new double[cells(source, chosen.length, columns())];
        for (int j = 0, at = 0; j < columns(); j++) {
            for (int row : chosen) {
                taken[at++] = values[j * rows + row];
            }
        }
        return new DesignMatrix(source, names, chosen.length, taken);
    }

    /** Only these columns, in this order. */
    public DesignMatrix select(String... chosen) {
        double[] taken = new double[cells(source, rows, chosen.length)];
        Map<String, Integer> place = new HashMap<>();
        for (int j = 0; j < names.size(); j++) {
            place.put(names.get(j), j);
        }
        for (int j = 0; j < chosen.length; j++) {
            Integer from = place.get(chosen[j]);
            if (from == null) {
                throw BadInputException.at(source).column(chosen[j]).because("no such column; there are " + names);
            }
            System.arraycopy(values, from * rows, taken, j * rows, rows);
        }
        return new DesignMatrix(source, List.of(chosen), rows, taken);
    }

    /**
     * Checks that a method may use every value.
     *
     * @param  method
     *             named in the message
     *
     * @throws BadInputException
     *             naming the first column and row that is missing or infinite
     */
    public void requireFinite(String method) {
        for (int j = 0; j < columns(); j++) {
            for (int i = 0; i < rows; i++) {
                double value = values[j * rows + i];
                if (!Double.isFinite(value)) {
                    BadInputException.Location where = BadInputException.at(source).row(i + 1L).column(names.get(j));
                    throw Double.isNaN(value)
                            ? where.because("missing; " + method + " needs complete data")
                            : where.value(Double.toString(value)).because(method + " needs finite values");
                }
            }
        }
    }
}
