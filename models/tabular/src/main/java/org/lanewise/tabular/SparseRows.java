package org.lanewise.tabular;

import java.util.Arrays;

/**
 * A matrix of mostly zeros, row by row (CSR): row i has the values {@code values[starts[i] .. starts[i + 1])} in the columns
 * {@code indices[..]}, which rise. Immutable.
 */
public final class SparseRows {
    private final int columns;
    private final int[] starts;
    private final int[] indices;
    private final double[] values;

    private SparseRows(int columns, int[] starts, int[] indices, double[] values) {
        this.columns = columns;
        this.starts = starts;
        this.indices = indices;
        this.values = values;
    }

    /**
     * Copies the arrays.
     *
     * @throws IllegalArgumentException
     *             if the starts do not rise from 0 to the number of values, or the columns of a row do not rise inside 0 .. columns - 1
     */
    public static SparseRows of(int columns, int[] starts, int[] indices, double[] values) {
        if (starts.length == 0 || starts[0] != 0 || starts[starts.length - 1] != values.length
                || indices.length != values.length) {
            throw new IllegalArgumentException(indices.length + " columns and " + values.length + " values");
        }
        for (int row = 0; row + 1 < starts.length; row++) {
            if (starts[row] > starts[row + 1]) {
                throw new IllegalArgumentException("row " + (row + 1) + " ends before it starts");
            }
            for (int i = starts[row]; i < starts[row + 1]; i++) {
                if (indices[i] < 0 || indices[i] >= columns || i > starts[row] && indices[i] <= indices[i - 1]) {
                    throw new IllegalArgumentException(
                            "row " + (row + 1) + ": column " + indices[i] + " is out of order or of 0.."
                                    + (columns - 1));
                }
            }
        }
        return new SparseRows(columns, starts.clone(), indices.clone(), values.clone());
    }

    public int rows() {
        return starts.length - 1;
    }

    public int columns() {
        return columns;
    }

    /** How many values are stored. */
    public int size() {
        return values.length;
    }

    /** Where a row begins; the place after the last row is {@link #size}. */
    public int start(int row) {
        return starts[row];
    }

    public int index(int place) {
        return indices[place];
    }

    public double value(int place) {
        return values[place];
    }

    /** 0 where nothing is stored. */
    public double get(int row, int column) {
        int found = Arrays.binarySearch(indices, starts[row], starts[row + 1], column);
        return found < 0 ? 0 : values[found];
    }

    /** A copy. */
    public int[] starts() {
        return starts.clone();
    }

    /** A copy. */
    public int[] indices() {
        return indices.clone();
    }

    /** A copy. */
    public double[] values() {
        return values.clone();
    }

    /** The given rows, in the given order. */
    public SparseRows take(int... chosen) {
        int[] cut = new int[chosen.length + 1];
        for (int i = 0; i < chosen.length; i++) {
            cut[i + 1] = Math.addExact(cut[i], starts[chosen[i] + 1] - starts[chosen[i]]);
        }
        int[] ownIndices = new int[cut[chosen.length]];
        double[] ownValues = new double[ownIndices.length];
        for (int i = 0; i < chosen.length; i++) {
            int from = starts[chosen[i]];
            System.arraycopy(indices, from, ownIndices, cut[i], cut[i + 1] - cut[i]);
            System.arraycopy(values, from, ownValues, cut[i], cut[i + 1] - cut[i]);
        }
        return new SparseRows(columns, cut, ownIndices, ownValues);
    }
}
