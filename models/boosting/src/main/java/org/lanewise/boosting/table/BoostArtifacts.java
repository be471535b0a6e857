package org.lanewise.boosting.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.format.LightGbmFormat;
import org.lanewise.boosting.format.ModelFile;
import org.lanewise.boosting.format.XgboostFormat;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.schema.Schema;
import tools.jackson.databind.JsonNode;

/**
 * A {@link TableModel} on disk: in its folder the files of {@link ModelFile} and {@code data.json}. Files of LightGBM and
 * XGBoost can be read in place of a folder; what they expect is then what their columns say.
 */
public final class BoostArtifacts {
    private static final String DATA = "data.json";
    private static final int FORMAT = 1;

    private BoostArtifacts() {}

    /** Writes the folder; {@code model.json} comes last. */
    public static void save(TableModel m, Path folder) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("format", FORMAT);
        data.put("target", m.target().target());
        data.put("event", m.target().event());
        data.put("kind", m.target().kind());
        data.put("classes", m.target().classes());
        data.put("id", m.roles().id());
        data.put("weight", m.roles().weight());
        data.put("group", m.roles().group());
        data.put("drop", m.roles().drop());
        data.put("constant", m.yardstick().constant());
        data.put("horizon", m.yardstick().horizon());
        data.put("schema", m.schema().tree());
        JsonFiles.write(folder.resolve(DATA), data);
        ModelFile.save(m.model(), folder, m.origin());
    }

    /**
     * Reads a folder, or a file of LightGBM (.txt) or XGBoost (.json, .ubj).
     *
     * @throws BadInputException in one line, if it is missing, damaged or of another kind
     */
    public static TableModel load(Path path) {
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
        if (!Files.exists(data)) return TableModel.of(file.model(), file.provenance());
        try {
            return described(file, JsonFiles.read(data), data);
        } catch (IllegalArgumentException e) {
            throw BadInputException.at(data.toString()).causedBy(e).because("damaged: " + e.getMessage());
        }
    }

    private static TableModel foreign(BoostingModel model, Path path) {
        return TableModel.of(model, Map.of("converted_from", path.toString()));
    }

    private static TableModel described(ModelFile file, JsonNode tree, Path data) {
        if (tree.path("format").asInt(0) != FORMAT || !tree.path("classes").isArray())
            throw BadInputException.at(data.toString())
                    .because("not the description of a model's data, or a newer one");
        BoostingModel model = file.model();
        Schema schema = Schema.restore(tree.path("schema"), data.toString());
        if (!schema.names().equals(model.features().stream().map(FeatureBins::name).toList()))
            throw BadInputException.at(data.toString()).because("its columns are not those of the model");
        TableTarget target = new TableTarget(TableTarget.Kind.valueOf(tree.path("kind").asString("")),
                tree.path("target").asString(""), tree.path("event").asString(""), texts(tree.path("classes")));
        boolean classes = target.kind() == TableTarget.Kind.BINARY || target.kind() == TableTarget.Kind.MULTICLASS;
        if (classes && target.classes().size() != Math.max(2, model.scores()))
            throw BadInputException.at(data.toString()).because(
                    target.classes().size() + " classes, but the model has " + model.scores() + " scores");
        double[] constant = JsonFiles.doubles(tree.path("constant"));
        if (constant.length != 0 && constant.length != model.scores())
            throw BadInputException.at(data.toString())
                    .because(constant.length + " baseline values for " + model.scores() + " scores");
        JsonNode at = tree.path("horizon");
        Yardstick.Horizon horizon = at.isObject()
                ? new Yardstick.Horizon(at.path("time").asDouble(Double.NaN), at.path("hazard").asDouble(Double.NaN),
                        at.path("risk").asDouble(Double.NaN))
                : null;
        ColumnRoles roles = new ColumnRoles(target.target(), target.event().isEmpty() ? null : target.event(),
                text(tree, "weight"), text(tree, "group"), text(tree, "id"), texts(tree.path("drop")), List.of());
        return new TableModel(model, schema, roles, new Yardstick(target, model.objective(), constant, horizon),
                file.provenance());
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).isString() ? node.get(name).asString() : null;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asString("")));
        return texts;
    }
}
