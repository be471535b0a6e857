package org.lanewise.linear;

import java.util.Arrays;
import java.util.Objects;
import org.lanewise.tabular.BadInputException;

/** Compressed sparse columns. */
final class SparseColumns extends ColumnStore {
    private final int[] starts;
    private final int[] rowNumbers;
    private final double[] values;

    SparseColumns(int rows, int columns, int[] starts, int[] rowNumbers, double[] values) {
        super(rows, columns);
        this.starts = starts;
        this.rowNumbers = rowNumbers;
        this.values = values;
        if (rows < 1 || starts.length != columns + 1 || starts[0] != 0 || rowNumbers.length < starts[columns]
                || values.length < starts[columns]) {
            throw new IllegalArgumentException(starts.length + " starts, " + rowNumbers.length + " row numbers and "
                    + values.length + " values for " + rows + " x " + columns);
        }
        for (int j = 0; j < columns; j++) {
            int last = -1;
            if (starts[j + 1] < starts[j]) {
                throw new IllegalArgumentException("column " + j + " ends before it starts");
            }
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                if (rowNumbers[k] <= last || rowNumbers[k] >= rows) {
                    throw new IllegalArgumentException(
                            "column " + j + " has row number " + rowNumbers[k] + " after " + last + ", of " + rows);
                }
                last = rowNumbers[k];
            }
        }
    }

    static SparseColumns ofRows(int rows, int columns, int[] starts, int[] columnNumbers, double[] values) {
        if (starts.length != rows + 1 || starts[0] != 0 || columnNumbers.length < starts[rows]
                || values.length < starts[rows]) {
            throw new IllegalArgumentException(starts.length + " starts, " + columnNumbers.length
                    + " column numbers and " + values.length + " values for " + rows + " x " + columns);
        }
        int[] at = new int[columns + 1];
        for (int k = 0; k < starts[rows]; k++) {
            at[Objects.checkIndex(columnNumbers[k], columns) + 1]++;
        }
        for (int j = 0; j < columns; j++) {
            at[j + 1] += at[j];
        }
        int[] columnStarts = at.clone();
        int[] rowNumbers = new int[starts[rows]];
        double[] sorted = new double[starts[rows]];
        for (int i = 0; i < rows; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                int to = at[columnNumbers[k]]++;
                rowNumbers[to] = i;
                sorted[to] = values[k];
            }
        }
        return new SparseColumns(rows, columns, columnStarts, rowNumbers, sorted);
    }

    @Override
    double dot(int j, double[] u) {
        double sum = 0;
        for (int k = starts[j]; k < starts[j + 1]; k++) {
            sum += values[k] * u[rowNumbers[k]];
        }
        return sum;
    }

    @Override
    void axpy(int j, double factor, double[] y) {
        for (int k = starts[j]; k < starts[j + 1]; k++) {
            y[rowNumbers[k]] += factor * values[k];
        }
    }

    @Override
    void axpy(int j, double factor, double[] w, double[] y) {
        for (int k = starts[j]; k < starts[j + 1]; k++) {
            y[rowNumbers[k]] += factor * w[rowNumbers[k]] * values[k];
        }
    }

    @Override
    void copy(int j, int from, int count, double[] out, int at) {
        Arrays.fill(out, at, at + count, 0);
        int k = Arrays.binarySearch(rowNumbers, starts[j], starts[j + 1], from);
        for (k = k < 0 ? -k - 1 : k; k < starts[j + 1] && rowNumbers[k] < from + count; k++) {
            out[at + rowNumbers[k] - from] = values[k];
        }
    }

    @Override
    double squares(int j, double[] h, double centre) {
        double absent = 0;
        for (double weight : h) {
            absent += weight;
        }
        double square = 0;
        for (int k = starts[j]; k < starts[j + 1]; k++) {
            absent -= h[rowNumbers[k]];
            square += h[rowNumbers[k]] * (values[k] - centre) * (values[k] - centre);
        }
        return square + centre * centre * Math.max(0, absent);
    }

    @Override
    void moments(int j, double[] v, double[] out) {
        double mean = 0;
        double present = 0;
        for (int k = starts[j]; k < starts[j + 1]; k++) {
            if (!Double.isFinite(values[k])) {
                throw BadInputException.at("").row(rowNumbers[k] + 1L).column(Integer.toString(j + 1))
                        .value(Double.toString(values[k])).because("an elastic net needs finite values");
            }
            mean += v[rowNumbers[k]] * values[k];
            present += v[rowNumbers[k]];
        }
        double square = mean * mean * Math.max(0, 1 - present);
        for (int k = starts[j]; k < starts[j + 1]; k++) {
            square += v[rowNumbers[k]] * (values[k] - mean) * (values[k] - mean);
        }
        out[0] = mean;
        out[1] = square;
    }
}
