package org.lanewise.tabular;

import java.util.Arrays;
import java.util.Objects;

/** Free text; missing is {@code null}. */
public final class TextColumn implements Column {
    private final String name;
    private final String[] values;

    private TextColumn(String name, String[] values) {
        this.name = Objects.requireNonNull(name, "name");
        this.values = values;
    }

    /** Copies the values. */
    public static TextColumn of(String name, String... values) {
        return new TextColumn(name, values.clone());
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
        return ColumnType.TEXT;
    }

    @Override
    public boolean isMissing(int row) {
        return values[row] == null;
    }

    @Override
    public String text(int row) {
        return values[row];
    }

    @Override
    public double number(int row) {
        throw BadInputException.at("").column(name).because("holds text, not numbers");
    }

    @Override
    public TextColumn take(int[] rows) {
        String[] taken = new String[rows.length];
        Arrays.setAll(taken, i -> values[rows[i]]);
        return new TextColumn(name, taken);
    }

    @Override
    public TextColumn renamed(String newName) {
        return new TextColumn(newName, values);
    }
}
