package org.lanewise.boosting.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.EvaluationHistory;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.objective.Link;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.engine.Backend;
import org.lanewise.engine.io.FileFormatException;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/**
 * A model on disk: a folder with {@code trees.safetensors} (all trees, in doubles) and {@code model.json} (objective, columns
 * with their bins and levels, history, provenance). {@code model.json} is written last, so a folder that has it is complete.
 *
 * <pre>{@code
 * ModelFile.save(model, folder, ModelFile.provenance(params, DataFingerprint.of(table)));
 * BoostingModel same = ModelFile.load(folder).model();        // to the last bit
 * }</pre>
 *
 * <p>Reading trusts nothing: lengths are compared before memory is taken, trees must be trees, and every fault is one line
 * that names the file.
 *
 * @param model      ready to predict
 * @param provenance what it was made with, by name
 */
public record ModelFile(BoostingModel model, Map<String, Object> provenance) {
    private static final String FORMAT = "lanewise-boosting";
    private static final int VERSION = 1;
    private static final String MODEL = "model.json";
    private static final String TREES = "trees.safetensors";

    public ModelFile {
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    /**
     * What to remember of a training: parameters, seed, the fingerprint of the data, engine and kernels.
     *
     * @param data {@link org.lanewise.tabular.DataFingerprint} of the training table; empty if not known
     */
    public static Map<String, Object> provenance(BoostingParams params, String data) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("parameters", parameters(params));
        facts.put("seed", params.seed());
        facts.put("data", data.isEmpty() ? null : "sha256 " + data);
        String version = Backend.class.getPackage().getImplementationVersion();
        facts.put("engine", version == null ? "development" : version);
        facts.put("kernels", Backend.active().name());
        return facts;
    }

    private static Map<String, Object> parameters(BoostingParams params) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : BoostingParams.class.getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(params);
                values.put(component.getName(), value instanceof Objective o ? o.name() : value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + component.getName(), e);
            }
        }
        return values;
    }

    // --- writing

    private record Column(String name, double[] bounds, int[] categories, List<String> levels, double min,
            double max) {

        static Column of(FeatureBins bins) {
            double[] bounds = null;
            int[] categories = null;
            if (bins.categorical()) {
                categories = new int[bins.size() - 1];
                for (int b = 1; b < bins.size(); b++) categories[b - 1] = bins.category(b);
            } else {
                bounds = new double[bins.size() - 1]; // the last is infinite
                for (int b = 0; b < bounds.length; b++) bounds[b] = bins.bound(b);
            }
            return new Column(bins.name(), bounds, categories, bins.levels(), bins.min(), bins.max());
        }
    }

    /**
     * Writes the folder.
     *
     * @param provenance as of {@link #provenance}; anything that has a JSON form
     * @throws UncheckedIOException if it cannot be written
     */
    public static void save(BoostingModel model, Path folder, Map<String, ?> provenance) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("format", FORMAT);
        file.put("version", VERSION);
        file.put("objective", model.objective());
        file.put("link", model.link());
        file.put("base", model.base());
        file.put("averaged", model.averaged());
        file.put("bestRound", model.bestRound());
        file.put("features", model.features().stream().map(Column::of).toList());
        file.put("history", model.history().curves());
        file.put("provenance", provenance);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(MODEL));
            SafeTensors.writeDoubles(folder.resolve(TREES), TreeArrays.of(model.trees()), Map.of("format", FORMAT));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder + ": " + e.getMessage(), e);
        }
        JsonFiles.write(folder.resolve(MODEL), file);
    }

    // --- reading

    /**
     * Reads a folder that {@link #save} wrote.
     *
     * @throws BadInputException in one line, if a file is missing, damaged, of another kind or from a newer version
     */
    public static ModelFile load(Path folder) {
        Path path = folder.resolve(MODEL);
        JsonNode tree = JsonFiles.read(path);
        if (!tree.isObject() || !FORMAT.equals(tree.path("format").asString("")))
            throw BadInputException.at(path.toString()).because("not a boosting model");
        int version = tree.path("version").asInt(0);
        if (version != VERSION)
            throw BadInputException.at(path.toString()).because("format version " + version
                    + (version > VERSION ? " is newer than this program (" + VERSION + ")" : " is not known"));
        Map<String, double[]> arrays = arrays(folder.resolve(TREES));
        List<RegressionTree> trees;
        try {
            trees = TreeArrays.trees(arrays);
        } catch (IllegalArgumentException e) {
            throw BadInputException.at(folder.resolve(TREES).toString()).causedBy(e)
                    .because("damaged: " + e.getMessage());
        }
        try {
            Map<String, Object> provenance = new LinkedHashMap<>();
            tree.path("provenance").properties().forEach(fact -> provenance.put(fact.getKey(), fact.getValue()));
            return new ModelFile(model(tree, trees), provenance);
        } catch (IllegalArgumentException | BadInputException e) {
            throw BadInputException.at(path.toString()).causedBy(e).because("damaged: " + e.getMessage());
        }
    }

    private static Map<String, double[]> arrays(Path file) {
        try {
            return SafeTensors.readDoubles(file);
        } catch (FileFormatException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (IOException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("cannot be read: " + e.getMessage());
        }
    }

    private static BoostingModel model(JsonNode tree, List<RegressionTree> trees) {
        List<FeatureBins> features = new ArrayList<>();
        for (JsonNode column : required(tree, "features")) features.add(column(column));
        return BoostingModel.builder(text(tree, "objective"), link(required(tree, "link")), features,
                JsonFiles.doubles(tree.get("base"))).trees(trees).averaged(required(tree, "averaged").asBoolean(false))
                .bestRound(required(tree, "bestRound").asInt(-1)).history(history(required(tree, "history"))).build();
    }

    private static Link link(JsonNode node) {
        String form = text(node, "form");
        for (Link.Form known : Link.Form.values()) {
            if (known.name().equals(form)) return new Link(known, required(node, "slope").asDouble(Double.NaN));
        }
        throw new IllegalArgumentException("unknown link " + form);
    }

    private static FeatureBins column(JsonNode node) {
        String name = text(node, "name");
        List<String> levels = new ArrayList<>();
        for (JsonNode level : required(node, "levels")) levels.add(level.asString());
        if (node.path("categories").isArray()) {
            int[] categories = Arrays.stream(JsonFiles.doubles(node.get("categories"))).mapToInt(c -> (int) c)
                    .toArray();
            return FeatureBins.categorical(name, categories, levels);
        }
        double[] finite = JsonFiles.doubles(node.get("bounds"));
        double[] bounds = Arrays.copyOf(finite, finite.length + 1);
        bounds[finite.length] = Double.POSITIVE_INFINITY;
        return FeatureBins.numeric(name, bounds, number(node, "min"), number(node, "max"));
    }

    private static double number(JsonNode node, String name) {
        JsonNode value = required(node, name);
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }

    private static EvaluationHistory history(JsonNode node) {
        List<EvaluationHistory.Curve> curves = new ArrayList<>();
        for (JsonNode curve : node) {
            curves.add(new EvaluationHistory.Curve(text(curve, "evaluation"), text(curve, "metric"),
                    JsonFiles.doubles(curve.get("values"))));
        }
        return new EvaluationHistory(curves);
    }

    private static JsonNode required(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) throw new IllegalArgumentException("'" + name + "' is missing");
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = required(node, name);
        if (!value.isString()) throw new IllegalArgumentException("'" + name + "' is not text");
        return value.asString();
    }
}
