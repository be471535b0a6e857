package org.lanewise.linear.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.Ties;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.transform.Transforms;
import tools.jackson.databind.JsonNode;

/**
 * A model on disk: a folder with {@code model.json}, which holds settings, schema, transform, coefficients other than 0 and provenance.
 * Coefficients are few and in double precision, so they are written as text that reads back to the same bits.
 */
public final class LinearArtifacts {
    static final String FORMAT = "lanewise-linear";
    static final int VERSION = 1;
    private static final String MODEL = "model.json";

    private LinearArtifacts() {
    }

    /** Writes the folder; the file appears whole or not at all. */
    public static void save(TableModel m, Path folder) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", VERSION);
        tree.put("family", m.model().family().toString());
        if (m.model().family() instanceof Family.Huber huber) {
            tree.put("delta", huber.delta());
        }
        tree.put("alpha", m.alpha());
        tree.put("classes", m.classes());
        tree.put("roles", roles(m.roles()));
        tree.put("config", m.config());
        tree.put("columns", m.columns());
        List<Object> outputs = new ArrayList<>();
        for (int k = 0; k < m.model().outputs(); k++) {
            Map<String, Object> output = new LinkedHashMap<>();
            output.put("intercept", m.model().intercept(k));
            Map<String, Double> coefficients = new LinkedHashMap<>();
            double[] b = m.model().coefficients(k);
            for (int j = 0; j < b.length; j++) {
                if (b[j] != 0) {
                    coefficients.put(m.columns().get(j), b[j]);
                }
            }
            output.put("coefficients", coefficients);
            outputs.add(output);
        }
        tree.put("outputs", outputs);
        tree.put("baseline", m.baseline());
        tree.put("schema", m.schema().tree());
        tree.put("transform", Transforms.tree(m.transform()));
        tree.put("provenance", m.provenance());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder + ": " + e.getMessage(), e);
        }
        JsonFiles.write(folder.resolve(MODEL), tree);
    }

    private static Map<String, String> roles(ColumnRoles roles) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("target", roles.target());
        tree.put("event", roles.event());
        tree.put("weight", roles.weight());
        tree.put("group", roles.group());
        tree.put("id", roles.id());
        tree.values().removeIf(java.util.Objects::isNull);
        return tree;
    }

    /**
     * Reads a folder that {@link #save} wrote.
     *
     * @throws BadInputException
     *             in one line, if the file is missing, damaged, of another kind or from a newer version
     */
    public static TableModel load(Path folder) {
        Path file = folder.resolve(MODEL);
        JsonNode tree = JsonFiles.read(file);
        if (!FORMAT.equals(tree.path("format").asString(""))) {
            throw BadInputException.at(file.toString()).because("not a linear model");
        }
        int version = tree.path("version").asInt(0);
        if (version != VERSION) {
            throw BadInputException.at(file.toString()).because("format version " + version
                    + (version > VERSION ? " is newer than this program (" + VERSION + ")" : " is not known"));
        }
        try {
            return model(tree, file.toString());
        } catch (BadInputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("damaged: " + e.getMessage());
        }
    }

    private static TableModel model(JsonNode tree, String source) {
        List<String> columns = texts(need(tree, "columns"));
        List<String> classes = texts(need(tree, "classes"));
        Family family = family(tree, classes);
        JsonNode outputs = need(tree, "outputs");
        double[] intercepts = new double[outputs.size()];
        double[][] coefficients = new double[outputs.size()][columns.size()];
        for (int k = 0; k < intercepts.length; k++) {
            intercepts[k] = number(need(outputs.get(k), "intercept"));
            for (Map.Entry<String, JsonNode> entry : need(outputs.get(k), "coefficients").properties()) {
                int at = columns.indexOf(entry.getKey());
                if (at < 0) {
                    throw new IllegalArgumentException(
                            "a coefficient of \"" + entry.getKey() + "\", which is no column");
                }
                coefficients[k][at] = number(entry.getValue());
            }
        }
        Map<String, String> provenance = new LinkedHashMap<>();
        tree.path("provenance").properties().forEach(e -> provenance.put(e.getKey(), e.getValue().asString()));
        JsonNode roles = need(tree, "roles");
        return new TableModel(config(need(tree, "config")),
                new ColumnRoles(text(roles, "target"), text(roles, "event"), text(roles, "weight"),
                        text(roles, "group"), text(roles, "id")),
                Schema.restore(need(tree, "schema"), source), Transforms.restore(need(tree, "transform"), source),
                columns, classes, number(need(tree, "alpha")), LinearModel.of(family, intercepts, coefficients),
                baseline(tree, intercepts.length), provenance);
    }

    private static double[] baseline(JsonNode tree, int outputs) {
        double[] baseline = JsonFiles.doubles(need(tree, "baseline"));
        if (baseline.length != outputs) {
            throw new IllegalArgumentException(baseline.length + " baseline values for " + outputs + " outputs");
        }
        return baseline;
    }

    private static LinearConfig config(JsonNode c) {
        return new LinearConfig(LinearConfig.TargetFamily.valueOf(need(c, "family").asString()),
                number(need(c, "l1Ratio")), need(c, "alphas").asInt(), number(need(c, "alphaRatio")),
                need(c, "standardize").asBoolean(), need(c, "fitIntercept").asBoolean(), number(need(c, "tolerance")),
                need(c, "folds").asInt(), ElasticNetCv.AlphaRule.valueOf(need(c, "rule").asString()),
                number(need(c, "huberDelta")), need(c, "seed").asLong());
    }

    private static Family family(JsonNode tree, List<String> classes) {
        String name = need(tree, "family").asString().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "gaussian" -> Family.gaussian();
            case "binomial" -> Family.binomial();
            case "multinomial" -> Family.multinomial(classes.size());
            case "poisson" -> Family.poisson();
            case "cox" -> Family.cox(Ties.EFRON);
            case "huber" -> Family.huber(number(need(tree, "delta")));
            default -> throw new IllegalArgumentException("unknown family " + name);
        };
    }

    private static JsonNode need(JsonNode tree, String name) {
        JsonNode node = tree.get(name);
        if (node == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return node;
    }

    private static double number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException(node + " is not a number");
        }
        return node.asDouble();
    }

    private static String text(JsonNode node, String name) {
        return node.has(name) ? node.get(name).asString() : null;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asString()));
        return texts;
    }
}
