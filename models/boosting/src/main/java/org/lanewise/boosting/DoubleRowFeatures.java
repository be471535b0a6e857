package org.lanewise.boosting;

import java.util.List;

/** Rows of doubles, one after the other. */
record DoubleRowFeatures(double[] values, int columns, List<String> names) implements Features {
    DoubleRowFeatures(double[] values, int columns) {
        this(values, columns, Features.defaultNames(columns));
        if (columns < 1 || values.length % columns != 0) {
            throw new IllegalArgumentException(values.length + " values are not rows of " + columns + " columns");
        }
    }

    @Override
    public int rows() {
        return values.length / columns;
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
        int at = from * columns + column;
        for (int i = 0; i < count; i++, at += columns) out[i] = values[at];
    }
}
