package org.lanewise.tabular;

import java.util.BitSet;
import java.util.Objects;

/** Whole numbers of 32 bits, with a mask of missing rows. */
public final class IntColumn implements Column {
    private final String name;
    private final int[] values;
    private final BitSet missing;

    private IntColumn(String name, int[] values, BitSet missing) {
        this.name = Objects.requireNonNull(name, "name");
        this.values = values;
        this.missing = missing;
    }

    /** Copies the values; none is missing. */
    public static IntColumn of(String name, int... values) {
        return new IntColumn(name, values.clone(), new BitSet());
    }

    /** Copies the values; rows set in {@code missing} are missing whatever their value. */
    public static IntColumn of(String name, int[] values, BitSet missing) {
        return new IntColumn(name, values.clone(), (BitSet) missing.clone());
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
        return ColumnType.INT;
    }

    /**
     * The value.
     *
     * @throws BadInputException if it is missing
     */
    public int get(int row) {
        if (missing.get(row)) {
            throw BadInputException.at("").row(row + 1L).column(name).because("missing");
        }
        return values[row];
    }

    @Override
    public boolean isMissing(int row) {
        return missing.get(Objects.checkIndex(row, values.length));
    }

    @Override
    public String text(int row) {
        return isMissing(row) ? null : Integer.toString(values[row]);
    }

    @Override
    public double number(int row) {
        return isMissing(row) ? Double.NaN : values[row];
    }

    @Override
    public IntColumn take(int[] rows) {
        int[] taken = new int[rows.length];
        BitSet mask = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            taken[i] = values[rows[i]];
            mask.set(i, missing.get(rows[i]));
        }
        return new IntColumn(name, taken, mask);
    }

    @Override
    public IntColumn renamed(String newName) {
        return new IntColumn(newName, values, missing);
    }
}
