package org.lanewise.boosting;

import java.util.List;

/** Other features with some numeric columns taken as categories. */
record CategoricalView(Features base, List<String> names, boolean[] isCategory) implements Features {
    CategoricalView(Features base, List<String> names) {
        this(base, names, new boolean[base.columns()]);
        for (String name : names) {
            int column = 0;
            while (column < base.columns() && !base.name(column).equals(name)) column++;
            if (column == base.columns()) throw new IllegalArgumentException("no column \"" + name + '"');
            isCategory[column] = true;
        }
    }

    @Override
    public int rows() {
        return base.rows();
    }

    @Override
    public int columns() {
        return base.columns();
    }

    @Override
    public String name(int column) {
        return base.name(column);
    }

    @Override
    public boolean categorical(int column) {
        return isCategory[column] || base.categorical(column);
    }

    @Override
    public List<String> levels(int column) {
        return base.levels(column);
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        base.copy(column, from, count, out);
    }

    @Override
    public String source() {
        return base.source();
    }
}
