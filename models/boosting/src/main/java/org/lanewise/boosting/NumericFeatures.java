package org.lanewise.boosting;

import java.util.List;

/** Columns of numbers with names. */
abstract class NumericFeatures implements Features {
    private final List<String> names;

    NumericFeatures(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    public final int columns() {
        return names.size();
    }

    @Override
    public final String name(int column) {
        return names.get(column);
    }

    @Override
    public final boolean categorical(int column) {
        return false;
    }

    @Override
    public final List<String> levels(int column) {
        return List.of();
    }

    /** The number of rows of so many values. */
    static int rows(int values, int columns) {
        if (columns < 1 || values % columns != 0) {
            throw new IllegalArgumentException(values + " values are not rows of " + columns + " columns");
        }
        return values / columns;
    }
}
