package org.lanewise.tabular;

import java.util.Objects;

/** Floating-point numbers in 32 bits; missing is NaN. */
public final class FloatColumn implements Column {
    private final String name;
    private final float[] values;

    private FloatColumn(String name, float[] values) {
        this.name = Objects.requireNonNull(name, "name");
        this.values = values;
    }

    /** Copies the values. */
    public static FloatColumn of(String name, float... values) {
        return new FloatColumn(name, values.clone());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public ColumnType type() {
        return ColumnType.FLOAT;
    }

    public float get(int row) {
        return values[row];
    }

    @Override
    public boolean isMissing(int row) {
        return Float.isNaN(values[row]);
    }

    /** The shortest decimal that reads back as the same float; a whole number loses its ".0". */
    @Override
    public String text(int row) {
        return isMissing(row) ? null : shortest(values[row]);
    }

    static String shortest(float value) {
        String text = Float.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    @Override
    public double number(int row) {
        return values[row];
    }

    /** All values, as a new array. */
    public float[] values() {
        return values.clone();
    }

    @Override
    public FloatColumn take(int[] rows) {
        float[] taken = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            taken[i] = values[rows[i]];
        }
        return new FloatColumn(name, taken);
    }

    @Override
    public FloatColumn renamed(String newName) {
        return new FloatColumn(newName, values);
    }
}
