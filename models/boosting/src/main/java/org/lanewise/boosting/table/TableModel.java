package org.lanewise.boosting.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.objective.Link;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.io.DataFiles;
import org.lanewise.tabular.schema.Conformed;
import org.lanewise.tabular.schema.Field;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.schema.SchemaIssue;
import org.lanewise.tabular.schema.SchemaPolicy;

/**
 * Trees with what they expect of a table. Immutable and thread-safe.
 *
 * <pre>{@code
 * TableModel model = BoostArtifacts.load(Path.of("runs/boost/model"));
 * double[] price = model.predict(model.ready(table, List.of(), false));
 * }</pre>
 *
 * @param model     the trees
 * @param schema    the features
 * @param roles     of the columns in training; what is not known is null
 * @param yardstick what predictions are measured by
 * @param origin    what the model was made with
 */
public record TableModel(BoostingModel model, Schema schema, ColumnRoles roles, Yardstick yardstick,
        Map<String, Object> origin) {
    public TableModel {
        origin = Collections.unmodifiableMap(new LinkedHashMap<>(origin));
    }

    public TableTarget target() {
        return yardstick.target();
    }

    /** A model alone, as from a file of another library: columns and classes as far as it knows them. */
    public static TableModel of(BoostingModel model, Map<String, Object> origin) {
        List<Field> fields = new ArrayList<>();
        for (FeatureBins f : model.features()) {
            boolean named = f.categorical() && !f.levels().isEmpty();
            fields.add(new Field(f.name(), named ? ColumnType.CATEGORICAL : ColumnType.DOUBLE, f.levels(), false));
        }
        TableTarget.Kind kind = switch (model.objective().split(" ")[0]) {
            case "cox" -> TableTarget.Kind.SURVIVAL;
            case "aft" -> TableTarget.Kind.TIME;
            case "lambdarank" -> TableTarget.Kind.RANKING;
            default -> model.scores() > 1
                    ? TableTarget.Kind.MULTICLASS
                    : model.link().form() == Link.Form.LOGISTIC
                            ? TableTarget.Kind.BINARY
                            : TableTarget.Kind.REGRESSION;
        };
        List<String> classes = new ArrayList<>();
        if (kind == TableTarget.Kind.MULTICLASS || kind == TableTarget.Kind.BINARY)
            for (int c = 0; c < Math.max(2, model.scores()); c++) classes.add(Integer.toString(c));
        TableTarget target = new TableTarget(kind, "", "", classes);
        return new TableModel(model, new Schema(fields), ColumnRoles.target(null),
                new Yardstick(target, model.objective(), new double[0], null), origin);
    }

    /** Features in the model's form, and what was different from training. */
    public record Ready(Table table, Features features, List<SchemaIssue> issues) {}

    /** Reads a file so that categories keep their spelling. */
    public static Table read(Path file, Schema schema) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        schema.fields().stream().filter(f -> f.type() == ColumnType.CATEGORICAL)
                .forEach(f -> types.put(f.name(), f.type()));
        Table table = DataFiles.read(file, types);
        if (table.rows() == 0) throw BadInputException.at(file.toString()).because("no rows");
        return table;
    }

    /**
     * Brings a table into the model's form.
     *
     * @param known  columns that are no features and no surprise, besides those with a role in training
     * @param strict whether every difference is refused
     * @throws BadInputException if a feature is missing or a value cannot be used
     */
    public Ready ready(Table table, List<String> known, boolean strict) {
        List<String> features = schema.names();
        List<String> others = new ArrayList<>(known);
        others.addAll(roles.named());
        others.addAll(Arrays.asList(target().target(), target().event()));
        String[] apart = others.stream().filter(Objects::nonNull)
                .filter(name -> table.has(name) && !features.contains(name)).distinct().toArray(String[]::new);
        Conformed form = schema.apply(apart.length == 0 ? table : table.without(apart),
                strict ? SchemaPolicy.strict() : SchemaPolicy.defaults());
        String[] numbered = model.features().stream().filter(f -> f.categorical() && f.levels().isEmpty())
                .map(FeatureBins::name).toArray(String[]::new);
        Features x = Features.of(form.table());
        return new Ready(table, numbered.length == 0 ? x : x.withCategorical(numbered), form.issues());
    }

    /** Predictions as {@link BoostMetrics} wants them: rows, or rows x classes, row after row. */
    public double[] predict(Ready rows) {
        Cells.check(rows.table.source() + ": rows x classes", rows.table.rows(), model.scores());
        return target().normalised(model.predict(rows.features), model.link());
    }

    /**
     * How good the model is on rows that hold the truth; weights and groups count if the table has their columns.
     *
     * @param prediction of {@link #predict}
     */
    public BoostMetrics metrics(Ready rows, double[] prediction) {
        double[] labels = target().labels(rows.table);
        ColumnRoles there = new ColumnRoles(target().target(), null,
                present(roles.weight(), rows.table), present(roles.group(), rows.table), null, List.of(), List.of());
        if (target().kind() == TableTarget.Kind.RANKING && there.group() == null)
            throw BadInputException.at(rows.table.source()).because("a ranking is measured by query: say --group COL");
        double[] weights = there.weights(rows.table);
        return new BoostMetrics(yardstick.orOf(labels, weights), prediction, labels, weights,
                there.groups(rows.table));
    }

    private static String present(String name, Table table) {
        return name != null && table.has(name) ? name : null;
    }

    /** The same with the truth, the event, the groups and the weights in other columns; null for as in training. */
    public TableModel in(String column, String event, String group, String weight) {
        TableTarget now = new TableTarget(target().kind(), column == null ? target().target() : column,
                event == null ? target().event() : event, target().classes());
        ColumnRoles other = new ColumnRoles(now.target(), now.event().isEmpty() ? null : now.event(),
                weight == null ? roles.weight() : weight, group == null ? roles.group() : group, roles.id(),
                roles.drop(), roles.categorical());
        return new TableModel(model, schema, other,
                new Yardstick(now, yardstick.objective(), yardstick.constant(), yardstick.horizon()), origin);
    }
}
