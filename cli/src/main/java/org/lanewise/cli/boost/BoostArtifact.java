package org.lanewise.cli.boost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.format.LightGbmFormat;
import org.lanewise.boosting.format.ModelFile;
import org.lanewise.boosting.format.XgboostFormat;
import org.lanewise.boosting.objective.Link;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.io.DataFiles;
import org.lanewise.tabular.schema.Conformed;
import org.lanewise.tabular.schema.Field;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.schema.SchemaIssue;
import org.lanewise.tabular.schema.SchemaPolicy;
import tools.jackson.databind.JsonNode;

/**
 * A model with what it expects of its input: in its folder the files of {@link ModelFile} and {@code data.json}. Files of
 * LightGBM and XGBoost can be used in place of a folder; what they expect is then what their columns say.
 *
 * @param model    the trees
 * @param schema   the features
 * @param task     target and classes
 * @param id       the column that names rows; null for none
 * @param constant the baseline's prediction; empty if not known
 * @param origin   what the model was made with
 */
record BoostArtifact(BoostingModel model, Schema schema, Task task, String id, double[] constant,
        Map<String, Object> origin) {
    private static final String DATA = "data.json";
    private static final int FORMAT = 1;

    /** Writes the folder; {@code model.json} comes last. */
    void save(Path folder) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("format", FORMAT);
        data.put("target", task.target());
        data.put("event", task.event());
        data.put("kind", task.kind());
        data.put("classes", task.classes());
        data.put("id", id);
        data.put("constant", constant);
        data.put("schema", schema.tree());
        JsonFiles.write(folder.resolve(DATA), data);
        ModelFile.save(model, folder, origin);
    }

    /** Reads a folder, or a file of LightGBM (.txt) or XGBoost (.json, .ubj). */
    static BoostArtifact load(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) throw BadInputException.at(path.toString()).because("no such file or directory");
            if (name.endsWith(".txt")) return foreign(LightGbmFormat.read(path), path);
            if (name.endsWith(".json") || name.endsWith(".ubj")) return foreign(XgboostFormat.read(path), path);
            throw BadInputException.at(path.toString())
                    .because("a model is a folder, or a file named .txt (LightGBM), .json or .ubj (XGBoost)");
        }
        ModelFile file = ModelFile.load(path);
        Path data = path.resolve(DATA);
        if (!Files.exists(data)) return of(file.model(), file.provenance());
        JsonNode tree = JsonFiles.read(data);
        if (tree.path("format").asInt(0) != FORMAT || !tree.path("classes").isArray())
            throw BadInputException.at(data.toString())
                    .because("not the description of a model's data, or a newer one");
        List<String> classes = new ArrayList<>();
        tree.get("classes").forEach(c -> classes.add(c.asString("")));
        Schema schema = Schema.restore(tree.path("schema"), data.toString());
        if (!schema.names().equals(file.model().features().stream().map(FeatureBins::name).toList()))
            throw BadInputException.at(data.toString()).because("its columns are not those of the model");
        return new BoostArtifact(file.model(), schema,
                new Task(kind(tree.path("kind").asString(""), data), tree.path("target").asString(""),
                        tree.path("event").asString(""), classes),
                tree.path("id").isString() ? tree.get("id").asString() : null,
                JsonFiles.doubles(tree.get("constant")), file.provenance());
    }

    private static Task.Kind kind(String name, Path file) {
        for (Task.Kind kind : Task.Kind.values()) if (kind.name().equals(name)) return kind;
        throw BadInputException.at(file.toString()).because("unknown kind of target '" + name + "'");
    }

    private static BoostArtifact foreign(BoostingModel model, Path path) {
        return of(model, Map.of("converted_from", path.toString()));
    }

    /** A model alone: columns and classes as far as it knows them. */
    static BoostArtifact of(BoostingModel model, Map<String, Object> origin) {
        List<Field> fields = new ArrayList<>();
        for (FeatureBins f : model.features()) {
            boolean named = f.categorical() && !f.levels().isEmpty();
            fields.add(new Field(f.name(), named ? ColumnType.CATEGORICAL : ColumnType.DOUBLE, f.levels(), false));
        }
        List<String> classes = new ArrayList<>();
        Task.Kind kind = Task.Kind.REGRESSION;
        if (model.scores() > 1 || model.link().form() == Link.Form.LOGISTIC) {
            kind = model.scores() > 1 ? Task.Kind.MULTICLASS : Task.Kind.BINARY;
            for (int c = 0; c < Math.max(2, model.scores()); c++) classes.add(Integer.toString(c));
        }
        return new BoostArtifact(model, new Schema(fields), new Task(kind, "", "", classes), null, new double[0],
                origin);
    }

    /** Features in the model's form, and what was different from training. */
    record Ready(Table table, Features features, List<SchemaIssue> issues) {}

    /** Reads a file so that categories keep their spelling. */
    static Table read(Path file, Schema schema) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        schema.fields().stream().filter(f -> f.type() == ColumnType.CATEGORICAL)
                .forEach(f -> types.put(f.name(), f.type()));
        return DataFiles.read(file, types);
    }

    /**
     * Brings a table into the model's form.
     *
     * @param known columns that are no features and no surprise
     * @param strict whether every difference is refused
     */
    Ready ready(Table table, List<String> known, boolean strict) {
        List<String> features = schema.names();
        String[] others = known.stream().filter(name -> table.has(name) && !features.contains(name)).distinct()
                .toArray(String[]::new);
        Conformed form = schema.apply(others.length == 0 ? table : table.without(others),
                strict ? SchemaPolicy.strict() : SchemaPolicy.defaults());
        String[] numbered = model.features().stream().filter(f -> f.categorical() && f.levels().isEmpty())
                .map(FeatureBins::name).toArray(String[]::new);
        Features x = Features.of(form.table());
        return new Ready(table, numbered.length == 0 ? x : x.withCategorical(numbered), form.issues());
    }
}
