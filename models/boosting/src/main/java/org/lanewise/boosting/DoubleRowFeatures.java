package org.lanewise.boosting;

/** Rows of doubles, one after the other. */
final class DoubleRowFeatures extends NumericFeatures {
    private final double[] values;
    private final int rows;

    DoubleRowFeatures(double[] values, int columns) {
        super(Features.defaultNames(columns));
        this.values = values;
        rows = rows(values.length, columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        int step = columns();
        int at = from * step + column;
        for (int i = 0; i < count; i++, at += step) out[i] = values[at];
    }
}
