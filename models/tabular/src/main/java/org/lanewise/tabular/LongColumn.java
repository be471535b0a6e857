package org.lanewise.tabular;

import java.util.BitSet;
import java.util.Objects;

/** Whole numbers, with a mask of missing rows. */
public final class LongColumn implements Column {
    private final String name;
    private final long[] values;
    private final BitSet missing;

    private LongColumn(String name, long[] values, BitSet missing) {
        this.name = Objects.requireNonNull(name, "name");
        this.values = values;
        this.missing = missing;
    }

    /** Copies the values; none is missing. */
    public static LongColumn of(String name, long... values) {
        return new LongColumn(name, values.clone(), new BitSet());
    }

    /** Copies the values; rows set in {@code missing} are missing whatever their value. */
    public static LongColumn of(String name, long[] values, BitSet missing) {
        return new LongColumn(name, values.clone(), (BitSet) missing.clone());
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
        return ColumnType.LONG;
    }

    /**
     * The value.
     *
     * @throws BadInputException if it is missing
     */
    public long get(int row) {
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
        return isMissing(row) ? null : Long.toString(values[row]);
    }

    @Override
    public double number(int row) {
        return isMissing(row) ? Double.NaN : values[row];
    }

    @Override
    public LongColumn take(int[] rows) {
        long[] taken = new long[rows.length];
        BitSet mask = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            taken[i] = values[rows[i]];
            mask.set(i, missing.get(rows[i]));
        }
        return new LongColumn(name, taken, mask);
    }

    @Override
    public LongColumn renamed(String newName) {
        return new LongColumn(newName, values, missing);
    }
}
