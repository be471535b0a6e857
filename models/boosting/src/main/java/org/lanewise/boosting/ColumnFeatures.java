package org.lanewise.boosting;

import java.util.List;

/** Numeric columns held as arrays. */
record ColumnFeatures(List<String> names, double[][] values) implements Features {
    ColumnFeatures {
        names = List.copyOf(names);
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
    public int columns() {
        return values.length;
    }

    @Override
    public String name(int column) {
        return names.get(column);
    }

    @Override
    public boolean categorical(int column) {
        return false;
    }

    @Override
    public List<String> levels(int column) {
        return List.of();
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        System.arraycopy(values[column], from, out, 0, count);
    }
}
