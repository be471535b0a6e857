package org.lanewise.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Named columns of equal length. Immutable: every method that changes something returns another table, and columns are
 * shared between tables, not copied.
 *
 * <pre>{@code
 * Table people = Csv.read(Path.of("people.csv"));
 * double[] age = people.numbers("age");
 * Table adults = people.where(row -> age[row] >= 18).select("id", "age");
 * }</pre>
 *
 * A column that is asked for but not there is an error of the data, so it is a {@link BadInputException} that names the
 * source of the table.
 */
public final class Table {
    private final String source;
    private final Map<String, Column> columns;
    private final int rows;

    private Table(String source, Collection<? extends Column> columns, int rows) {
        this.source = source;
        this.columns = new LinkedHashMap<>();
        this.rows = rows;
        for (Column column : columns) {
            if (column.size() != rows) {
                throw new IllegalArgumentException(
                        "column \"" + column.name() + "\" has " + column.size() + " rows, the others " + rows);
            }
            if (this.columns.put(column.name(), column) != null) {
                throw new IllegalArgumentException("two columns are called \"" + column.name() + "\"");
            }
        }
    }

    public static Table of(Column... columns) {
        return of("", List.of(columns));
    }

    /** A table that remembers where it came from: {@code source} begins the messages about it. */
    public static Table of(String source, List<? extends Column> columns) {
        return new Table(source, columns, columns.isEmpty() ? 0 : columns.getFirst().size());
    }

    /** Where the table came from, usually a file name; may be empty. */
    public String source() {
        return source;
    }

    public int rows() {
        return rows;
    }

    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    public boolean has(String name) {
        return columns.containsKey(name);
    }

    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw BadInputException.at(source).column(name).because("no such column; there are " + shortList());
        }
        return column;
    }

    private String shortList() {
        List<String> names = names();
        int shown = Math.min(names.size(), 20);
        return String.join(", ", names.subList(0, shown))
                + (shown < names.size() ? ", ... (" + names.size() + ")" : "");
    }

    /** The column as numbers, NaN where missing. */
    public double[] numbers(String name) {
        Column column = column(name);
        if (!column.type().isNumeric()) {
            int row = firstPresent(column);
            BadInputException.Location where = BadInputException.at(source);
            where = row < 0 ? where.column(name) : where.row(row + 1L).column(name).value(column.text(row));
            throw where.because("numbers are needed here, the column holds text");
        }
        return column.numbers();
    }

    private static int firstPresent(Column column) {
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                return row;
            }
        }
        return -1;
    }

    /** The column as text, {@code null} where missing. */
    public String[] texts(String name) {
        return column(name).texts();
    }

    /** Only these columns, in this order. */
    public Table select(String... names) {
        return new Table(source, Arrays.stream(names).map(this::column).toList(), rows);
    }

    /** Without these columns, which must exist. */
    public Table without(String... names) {
        List<Column> kept = new ArrayList<>(columns.values());
        for (String name : names) {
            kept.remove(column(name));
        }
        return new Table(source, kept, rows);
    }

    /** With this column added at the end, or put in the place of the one of the same name. */
    public Table with(Column column) {
        Map<String, Column> changed = new LinkedHashMap<>(columns);
        changed.put(column.name(), column);
        return new Table(source, changed.values(), columns.isEmpty() ? column.size() : rows);
    }

    /** As {@link #with(Column)} for each in turn, in one go. */
    public Table with(Collection<? extends Column> added) {
        Map<String, Column> changed = new LinkedHashMap<>(columns);
        added.forEach(column -> changed.put(column.name(), column));
        return new Table(source, changed.values(),
                columns.isEmpty() && !added.isEmpty() ? added.iterator().next().size() : rows);
    }

    public Table renamed(String from, String to) {
        column(from);
        return new Table(source,
                columns.values().stream().map(c -> c.name().equals(from) ? c.renamed(to) : c).toList(), rows);
    }

    /** The given rows, in the given order; a row may be named more than once. */
    public Table take(int... chosen) {
        return new Table(source, columns.values().stream().map(c -> c.take(chosen)).toList(), chosen.length);
    }

    /** The rows for which {@code keep} holds, in order. */
    public Table where(IntPredicate keep) {
        return take(IntStream.range(0, rows).filter(keep).toArray());
    }

    /** The rows in which none of these columns is missing. */
    public Table complete(String... names) {
        List<Column> needed = Arrays.stream(names).map(this::column).toList();
        return where(row -> needed.stream().noneMatch(c -> c.isMissing(row)));
    }

    @Override
    public String toString() {
        return (source.isEmpty() ? "table" : source) + ": " + rows + " rows, columns " + shortList();
    }
}
