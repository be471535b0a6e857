package org.lanewise.boosting;

import java.util.List;

/** Numeric columns held as arrays. */
final class ColumnFeatures extends NumericFeatures {
    private final double[][] values;

    ColumnFeatures(List<String> names, double[][] values) {
        super(names);
        this.values = values;
        if (names.size() != values.length) {
            throw new IllegalArgumentException(names.size() + " names for " + values.length + " columns");
        }
        for (int j = 1; j < values.length; j++) {
            if (values[j].length != values[0].length) {
                throw new IllegalArgumentException("column \"" + names.get(j) + "\" has " + values[j].length
                        + " rows, the first has " + values[0].length);
            }
        }
    }

    @Override
    public int rows() {
        return values.length == 0 ? 0 : values[0].length;
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        System.arraycopy(values[column], from, out, 0, count);
    }
}
