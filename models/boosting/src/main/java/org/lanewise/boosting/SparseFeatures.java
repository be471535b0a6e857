package org.lanewise.boosting;

import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.SparseRows;

/** A sparse matrix, turned to columns: rows and values of column j at {@code start[j] .. start[j + 1] - 1}. */
final class SparseFeatures extends NumericFeatures {
    private final int rows;
    private final int[] start;
    private final int[] row;
    private final double[] value;

    SparseFeatures(List<String> names, SparseRows data) {
        super(names);
        if (names.size() != data.columns()) {
            throw new IllegalArgumentException(names.size() + " names for " + data.columns() + " columns");
        }
        rows = data.rows();
        start = new int[data.columns() + 1];
        row = new int[data.size()];
        value = new double[data.size()];
        for (int i = 0; i < data.size(); i++) start[data.index(i) + 1]++;
        for (int j = 0; j < data.columns(); j++) start[j + 1] += start[j];
        int[] next = start.clone();
        for (int r = 0; r < rows; r++) {
            for (int i = data.start(r); i < data.start(r + 1); i++) {
                int at = next[data.index(i)]++;
                row[at] = r;
                value[at] = data.value(i);
            }
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        Arrays.fill(out, 0, count, 0);
        int at = Arrays.binarySearch(row, start[column], start[column + 1], from);
        for (int i = at >= 0 ? at : ~at; i < start[column + 1] && row[i] < from + count; i++)
            out[row[i] - from] = value[i];
    }
}
