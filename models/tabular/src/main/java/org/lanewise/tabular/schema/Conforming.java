package org.lanewise.tabular.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Conversions;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.schema.SchemaIssue.Kind;
import org.lanewise.tabular.schema.SchemaPolicy.Action;

/** Brings one table into the form of a schema. */
final class Conforming {
    private final Table table;
    private final SchemaPolicy policy;
    private final List<SchemaIssue> issues = new ArrayList<>();

    private Conforming(Table table, SchemaPolicy policy) {
        this.table = table;
        this.policy = policy;
    }

    static Conformed apply(Schema schema, Table table, SchemaPolicy policy) {
        Conforming work = new Conforming(table, policy);
        Set<String> known = new HashSet<>(schema.names());
        for (String name : table.names()) {
            if (!known.contains(name)) {
                work.settle(policy.extraColumn(), Kind.EXTRA_COLUMN, name, table.rows(),
                        BadInputException.at(table.source()),
                        "not known to the model", "dropped");
            }
        }
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(work.column(field));
        }
        return new Conformed(Table.of(table.source(), columns), work.issues);
    }

    private void settle(Action action, Kind kind, String column, int rows, BadInputException.Location where,
            String problem, String remedy) {
        if (action == Action.REFUSE) {
            throw where.column(column).because(problem);
        }
        issues.add(new SchemaIssue(kind, column, rows,
                "column \"" + column + "\": " + problem + "; " + remedy));
    }

    private Column column(Field field) {
        if (!table.has(field.name())) {
            settle(policy.missingColumn(), Kind.MISSING_COLUMN, field.name(), table.rows(),
                    BadInputException.at(table.source()), "needed by the model, not there", "taken as missing");
            return typed(field, TextColumn.of(field.name(), new String[table.rows()]));
        }
        Column given = table.column(field.name());
        int missing = given.missingCount();
        if (changes(given.type(), field.type()) && missing < given.size()) {
            settle(policy.typeChange(), Kind.TYPE_CHANGE, field.name(), table.rows(),
                    BadInputException.at(table.source()), "is " + word(given.type()) + ", the model knows it as "
                            + word(field.type()),
                    "converted");
        }
        if (field.complete() && missing > 0) {
            int row = 0;
            while (!given.isMissing(row)) {
                row++;
            }
            settle(policy.missingValue(), Kind.MISSING_VALUE, field.name(), missing,
                    BadInputException.at(table.source()).row(row + 1L), missing + " of " + given.size()
                            + " values are missing, in training none was",
                    "left as they are");
        }
        return typed(field, given);
    }

    /** Whole numbers are numbers, categories are text: only a change of kind counts. */
    private static boolean changes(ColumnType from, ColumnType to) {
        boolean whole = from == ColumnType.INT || from == ColumnType.LONG;
        boolean number = to.isNumeric() && to != ColumnType.BOOLEAN;
        return from != to && !(whole && number) && !(number && (from == ColumnType.DOUBLE || from == ColumnType.FLOAT)
                && (to == ColumnType.DOUBLE || to == ColumnType.FLOAT)) && !(!from.isNumeric() && !to.isNumeric());
    }

    private static String word(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private Column typed(Field field, Column given) {
        try {
            if (field.type() != ColumnType.CATEGORICAL) {
                return Conversions.convert(given, field.type());
            }
        } catch (BadInputException e) {
            throw new BadInputException(
                    table.source().isEmpty() ? e.getMessage() : table.source() + ": " + e.getMessage(),
                    e);
        }
        CategoricalColumn categories = (CategoricalColumn) Conversions.convert(given, ColumnType.CATEGORICAL);
        CategoricalColumn known = categories.withLevels(field.levels());
        int unseen = known.missingCount() - categories.missingCount();
        if (unseen > 0) {
            int[] rows = new int[unseen];
            int count = 0;
            Set<String> values = new HashSet<>();
            for (int row = 0; row < known.size(); row++) {
                if (known.isMissing(row) && !categories.isMissing(row)) {
                    rows[count++] = row;
                    values.add(categories.text(row));
                }
            }
            String[] sorted = values.toArray(String[]::new);
            Arrays.sort(sorted);
            settle(policy.unseenLevel(), Kind.UNSEEN_LEVEL, field.name(), unseen,
                    BadInputException.at(table.source()).row(rows[0] + 1L),
                    unseen + (unseen == 1 ? " value" : " values") + " that training did not have: "
                            + String.join(", ", Arrays.copyOf(sorted, Math.min(5, sorted.length)))
                            + (sorted.length > 5 ? ", ... (" + sorted.length + ")" : ""),
                    "taken as missing");
        }
        return known;
    }
}
