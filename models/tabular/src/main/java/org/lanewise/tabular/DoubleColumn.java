package org.lanewise.tabular;

import java.util.Objects;

/** Floating-point numbers; missing is NaN. */
public final class DoubleColumn implements Column {
    private final String name;
    private final double[] values;

    private DoubleColumn(String name, double[] values) {
        this.name = Objects.requireNonNull(name, "name");
        this.values = values;
    }

    /** Copies the values. */
    public static DoubleColumn of(String name, double... values) {
        return new DoubleColumn(name, values.clone());
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
        return ColumnType.DOUBLE;
    }

    public double get(int row) {
        return values[row];
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(values[row]);
    }

    /** The shortest decimal that reads back as the same double; a whole number loses its ".0". */
    @Override
    public String text(int row) {
        return isMissing(row) ? null : shortest(values[row]);
    }

    static String shortest(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    @Override
    public double number(int row) {
        return values[row];
    }

    @Override
    public double[] numbers() {
        return values.clone();
    }

    @Override
    public DoubleColumn take(int[] rows) {
        double[] taken = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            taken[i] = values[rows[i]];
        }
        return new DoubleColumn(name, taken);
    }

    @Override
    public DoubleColumn renamed(String newName) {
        return new DoubleColumn(newName, values);
    }
}
