package org.lanewise.boosting.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Conversions;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

/**
 * What the columns of a table are; all but the target may be {@code null} or empty. What has no role is a feature.
 *
 * @param target      what is to be predicted; for survival the time
 * @param event       for survival, whether the time is that of an event (1) or of the end of observation (0)
 * @param weight      of the row
 * @param group       rows of a group stay in one part of every split; for ranking, the query
 * @param id          names the row
 * @param drop        columns to leave out
 * @param categorical columns of categories besides those that hold text
 */
public record ColumnRoles(String target, String event, String weight, String group, String id, List<String> drop,
        List<String> categorical) {
    public ColumnRoles {
        drop = List.copyOf(drop);
        categorical = List.copyOf(categorical);
        Set<String> seen = new HashSet<>();
        for (String name : new String[] {target, event, weight, group, id}) {
            boolean again = name != null && !seen.add(name) && !(name.equals(id) && name.equals(group));
            if (again) throw new BadInputException("column \"" + name + "\" has two roles");
        }
    }

    public static ColumnRoles target(String name) {
        return new ColumnRoles(name, null, null, null, null, List.of(), List.of());
    }

    /** The columns that are no features. */
    public List<String> named() {
        return Stream.concat(Stream.of(target, event, id, group, weight).filter(Objects::nonNull), drop.stream())
                .toList();
    }

    /** How files are to be read so that categories keep their spelling. */
    public Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        categorical.forEach(name -> types.put(name, ColumnType.CATEGORICAL));
        return types;
    }

    /**
     * Makes sure that there are rows and every column with a role.
     *
     * @throws BadInputException naming what is missing
     */
    public void check(Table table) {
        if (table.rows() == 0) throw BadInputException.at(table.source()).because("no rows");
        Stream.concat(named().stream(), categorical.stream()).forEach(table::column);
    }

    /**
     * The features, text as categories.
     *
     * @throws BadInputException if none are left, or text hardly repeats itself: it names rows and would be learnt by heart
     */
    public Table features(Table table) {
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

    /** The group of each row; null if there are none. */
    public Object[] groups(Table table) {
        if (group == null) return null;
        String[] names = table.column(group).texts();
        for (int row = 0; row < names.length; row++) {
            if (names[row] == null)
                throw BadInputException.at(table.source()).row(row + 1L).column(group).because("the group is missing");
        }
        return names;
    }

    /** The weight of each row; null if there are none. */
    public double[] weights(Table table) {
        if (weight == null) return null;
        double[] weights = table.numbers(weight);
        double total = 0;
        for (int row = 0; row < weights.length; row++) {
            if (!(weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY)) {
                throw BadInputException.at(table.source()).row(row + 1L).column(weight)
                        .value(Double.toString(weights[row])).because("a weight must be finite and not negative");
            }
            total += weights[row];
        }
        if (!(total > 0)) throw BadInputException.at(table.source()).column(weight).because("all weights are 0");
        return weights;
    }
}
