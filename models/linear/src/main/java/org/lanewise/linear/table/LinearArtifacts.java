package org.lanewise.linear.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.Ties;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.transform.Transforms;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model on disk: a folder with {@code weights.safetensors} (coefficients other than 0, in doubles) and {@code model.json} (settings,
 * roles, schema, transform, names, baseline, provenance, and the SHA-256 of the weights). {@code model.json} is written last, so a folder
 * that has it is complete.
 *
 * <p>Reading trusts nothing: lengths are compared before memory is taken, and every fault is one line that names the file.
 */
public final class LinearArtifacts {
    static final String FORMAT = "lanewise-linear";
    static final int VERSION = 1;
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private LinearArtifacts() {
    }

    /**
     * Writes the folder.
     *
     * @throws UncheckedIOException
     *             if it cannot be written
     */
    public static void save(TableModel m, Path folder) {
        Path weights = folder.resolve(WEIGHTS);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(MODEL));
            SafeTensors.writeDoubles(weights, SparseModels.arrays(List.of(m.model())), Map.of("format", FORMAT));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder + ": " + e.getMessage(), e);
        }
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
        tree.put("baseline", m.baseline());
        tree.put("schema", m.schema().tree());
        tree.put("transform", Transforms.tree(m.transform()));
        tree.put("weights", Map.of("sha256", sha256(weights)));
        tree.put("provenance", m.provenance());
        JsonFiles.write(folder.resolve(MODEL), tree);
    }

    private static Map<String, String> roles(ColumnRoles roles) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("target", roles.target());
        tree.put("event", roles.event());
        tree.put("weight", roles.weight());
        tree.put("offset", roles.offset());
        tree.put("group", roles.group());
        tree.put("id", roles.id());
        tree.values().removeIf(Objects::isNull);
        return tree;
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw BadInputException.at(file.toString()).causedBy(e)
                    .because(Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a folder that {@link #save} wrote.
     *
     * @throws BadInputException
     *             in one line, if a file is missing, damaged, of another kind or from a newer version
     */
    public static TableModel load(Path folder) {
        Path file = folder.resolve(MODEL);
        JsonNode tree = JsonFiles.read(file);
        if (!tree.isObject() || !FORMAT.equals(tree.path("format").asString(""))) {
            throw BadInputException.at(file.toString()).because("not a linear model");
        }
        int version = tree.path("version").asInt(0);
        if (version != VERSION) {
            throw BadInputException.at(file.toString()).because("format version " + version
                    + (version > VERSION ? " is newer than this program (" + VERSION + ")" : " is not known"));
        }
        Path weights = folder.resolve(WEIGHTS);
        if (!sha256(weights).equals(tree.path("weights").path("sha256").asString(""))) {
            throw BadInputException.at(weights.toString())
                    .because("damaged, or of another model than the " + MODEL + " beside it");
        }
        try {
            return model(tree, SafeTensors.readDoubles(weights), file.toString());
        } catch (BadInputException e) {
            throw e;
        } catch (JacksonException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("damaged: " + e.getOriginalMessage());
        } catch (IOException | RuntimeException e) {
            throw BadInputException.at(file.toString()).causedBy(e)
                    .because("damaged: " + (e.getMessage() == null ? "a value is missing" : e.getMessage()));
        }
    }

    private static TableModel model(JsonNode tree, Map<String, double[]> weights, String source) {
        List<String> columns = texts(need(tree, "columns"));
        List<String> classes = texts(need(tree, "classes"));
        LinearModel model = SparseModels.models(weights, 1, family(tree, classes), columns.size()).getFirst();
        Map<String, String> provenance = new LinkedHashMap<>();
        tree.path("provenance").properties().forEach(e -> provenance.put(e.getKey(), e.getValue().asString()));
        JsonNode roles = need(tree, "roles");
        return new TableModel(MAPPER.treeToValue(need(tree, "config"), LinearConfig.class),
                new ColumnRoles(text(roles, "target"), text(roles, "event"), text(roles, "weight"),
                        text(roles, "offset"), text(roles, "group"), text(roles, "id")),
                Schema.restore(need(tree, "schema"), source), Transforms.restore(need(tree, "transform"), source),
                columns, classes, number(need(tree, "alpha")), model, baseline(tree, model.outputs()), provenance);
    }

    private static double[] baseline(JsonNode tree, int outputs) {
        double[] baseline = JsonFiles.doubles(need(tree, "baseline"));
        if (baseline.length != outputs) {
            throw new IllegalArgumentException(baseline.length + " baseline values for " + outputs + " outputs");
        }
        return baseline;
    }

    private static Family family(JsonNode tree, List<String> classes) {
        String name = need(tree, "family").asString();
        if (name.equals("binomial") && classes.size() != 2) {
            throw new IllegalArgumentException(classes.size() + " classes of a binomial model");
        }
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
