package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.lanewise.cli.CommandException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Conversions;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.io.DataFiles;
import picocli.CommandLine.Option;

/**
 * The options that say what the columns of a table are, as a picocli mixin.
 */
public final class Roles {
    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The table: CSV (also .gz), Parquet or NumPy.")
    private Path data;

    @Option(names = "--target", paramLabel = "COL", required = true, description = "What is to be predicted.")
    private String target;

    @Option(names = "--event", paramLabel = "COL", description = "For survival: whether the target is the time of an event (1) or of the end of observation (0).")
    private String event;

    @Option(names = "--id", paramLabel = "COL", description = "Names the rows; not a feature.")
    private String id;

    @Option(names = "--group", paramLabel = "COL", description = "Rows of one group stay in one part of every split; not a feature.")
    private String group;

    @Option(names = "--weight", paramLabel = "COL", description = "Weights of the rows in training; not a feature.")
    private String weight;

    @Option(names = "--categorical", paramLabel = "COL", split = ",", description = "Columns of categories besides those that hold text.")
    private List<String> categorical = new ArrayList<>();

    @Option(names = "--drop", paramLabel = "COL", split = ",", description = "Columns to leave out.")
    private List<String> drop = new ArrayList<>();

    /** For picocli. */
    public Roles() {}

    Path data() { return data; }

    String target() { return target; }

    String event() { return event; }

    String id() { return id; }

    /** The table of {@code --data}; its columns have been checked. */
    Table read() { return read(data); }

    /** A table in which every column named is. */
    Table read(Path file) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        categorical.forEach(name -> types.put(name, ColumnType.CATEGORICAL));
        Table table = DataFiles.read(file, types);
        if (table.rows() == 0) throw BadInputException.at(file.toString()).because("no rows");
        Stream.concat(Stream.of(target, event, id, group, weight).filter(Objects::nonNull),
                Stream.concat(categorical.stream(), drop.stream())).forEach(table::column);
        Column y = table.column(target);
        for (int row = 0; row < y.size(); row++) {
            if (y.isMissing(row))
                throw BadInputException.at(file.toString()).row(row + 1L).column(target)
                        .because("the target is missing");
        }
        return table;
    }

    /** The features, text as categories. */
    Table features(Table table) {
        Set<String> out = new HashSet<>(named());
        List<Column> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            if (out.contains(column.name())) continue;
            columns.add(categorical.contains(column.name())
                    ? Conversions.convert(column, ColumnType.CATEGORICAL)
                    : column instanceof TextColumn text ? categories(table, text) : column);
        }
        if (columns.isEmpty()) throw BadInputException.at(table.source()).because("no columns are left to learn from");
        return Table.of(table.source(), columns);
    }

    /** Text that hardly repeats itself names rows and would be learnt by heart. */
    private static Column categories(Table table, TextColumn text) {
        Set<String> distinct = new HashSet<>();
        int present = 0;
        for (int row = 0; row < text.size(); row++) {
            if (text.isMissing(row)) continue;
            present++;
            distinct.add(text.text(row));
        }
        if (present > 20 && distinct.size() > present / 2) {
            throw BadInputException.at(table.source()).column(text.name()).because("free text: " + distinct.size()
                    + " different values in " + present + " rows; say --id, --drop or --categorical");
        }
        return Conversions.convert(text, ColumnType.CATEGORICAL);
    }

    /** The columns that are no features. */
    List<String> named() {
        return Stream.concat(Stream.of(target, event, id, group, weight).filter(Objects::nonNull), drop.stream())
                .toList();
    }

    /** The group of each row; null if there are none. */
    Object[] groups(Table table) {
        if (group == null) return null;
        String[] names = table.column(group).texts();
        for (int row = 0; row < names.length; row++) {
            if (names[row] == null)
                throw BadInputException.at(table.source()).row(row + 1L).column(group).because("the group is missing");
        }
        return names;
    }

    /** The weight of each row; null if there are none. */
    double[] weights(Table table) {
        if (weight == null) return null;
        double[] weights = table.numbers(weight);
        for (int row = 0; row < weights.length; row++) {
            if (!(weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY)) {
                throw BadInputException.at(table.source()).row(row + 1L).column(weight)
                        .value(Double.toString(weights[row])).because("a weight must be finite and not negative");
            }
        }
        return weights;
    }

    /** Refuses a column with two roles. */
    void check() {
        Set<String> seen = new HashSet<>();
        Stream.of(target, event, id, group, weight).filter(Objects::nonNull).forEach(name -> {
            boolean again = !seen.add(name) && !(name.equals(id) && name.equals(group));
            if (again) throw CommandException.badInput("column \"" + name + "\" has two roles");
        });
    }
}
