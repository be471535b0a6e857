package org.lanewise.tabular;

import java.util.BitSet;
import java.util.Objects;

/** true, false or missing. */
public final class BooleanColumn implements Column {
    private final String name;
    private final int size;
    private final BitSet values;
    private final BitSet missing;

    private BooleanColumn(String name, int size, BitSet values, BitSet missing) {
        this.name = Objects.requireNonNull(name, "name");
        this.size = size;
        this.values = values;
        this.missing = missing;
    }

    /** Copies the values; none is missing. */
    public static BooleanColumn of(String name, boolean... values) {
        BitSet bits = new BitSet();
        for (int i = 0; i < values.length; i++) {
            bits.set(i, values[i]);
        }
        return new BooleanColumn(name, values.length, bits, new BitSet());
    }

    /** Copies; rows set in {@code missing} are missing whatever their value. */
    public static BooleanColumn of(String name, int size, BitSet values, BitSet missing) {
        return new BooleanColumn(name, size, (BitSet) values.clone(), (BitSet) missing.clone());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ColumnType type() {
        return ColumnType.BOOLEAN;
    }

    /**
     * The value.
     *
     * @throws BadInputException if it is missing
     */
    public boolean get(int row) {
        if (isMissing(row)) {
            throw BadInputException.at("").row(row + 1L).column(name).because("missing");
        }
        return values.get(row);
    }

    @Override
    public boolean isMissing(int row) {
        return missing.get(Objects.checkIndex(row, size));
    }

    @Override
    public String text(int row) {
        return isMissing(row) ? null : Boolean.toString(values.get(row));
    }

    @Override
    public double number(int row) {
        return isMissing(row) ? Double.NaN : values.get(row) ? 1 : 0;
    }

    @Override
    public BooleanColumn take(int[] rows) {
        BitSet taken = new BitSet();
        BitSet mask = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            mask.set(i, isMissing(rows[i]));
            taken.set(i, values.get(rows[i]));
        }
        return new BooleanColumn(name, rows.length, taken, mask);
    }

    @Override
    public BooleanColumn renamed(String newName) {
        return new BooleanColumn(newName, size, values, missing);
    }
}
