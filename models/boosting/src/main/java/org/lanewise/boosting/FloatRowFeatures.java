package org.lanewise.boosting;

/** Rows of floats, one after the other. */
final class FloatRowFeatures extends NumericFeatures {
    private final float[] values;
    private final int rows;

    FloatRowFeatures(float[] values, int columns) {
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
