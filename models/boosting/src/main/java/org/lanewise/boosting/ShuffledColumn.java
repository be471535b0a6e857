package org.lanewise.boosting;

import java.util.List;

/** Other features with the rows of one column in another order. */
record ShuffledColumn(Features base, String shuffled, double[] values) implements Features {
    ShuffledColumn(Features base, String shuffled, int[] order) {
        this(base, shuffled, inOrder(base, shuffled, order));
    }

    private static double[] inOrder(Features base, String name, int[] order) {
        int column = 0;
        while (column < base.columns() && !base.name(column).equals(name)) column++;
        double[] values = new double[order.length];
        if (column == base.columns()) return values; // reported when the model looks for it
        double[] all = new double[base.rows()];
        base.copy(column, 0, all.length, all);
        for (int i = 0; i < values.length; i++) values[i] = all[order[i]];
        return values;
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
        return base.categorical(column);
    }

    @Override
    public List<String> levels(int column) {
        return base.levels(column);
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        if (base.name(column).equals(shuffled)) {
            System.arraycopy(values, from, out, 0, count);
        } else {
            base.copy(column, from, count, out);
        }
    }

    @Override
    public String source() {
        return base.source();
    }
}
