package org.lanewise.boosting.format;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.tabular.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * XGBoost's model files, JSON and UBJSON. Models read here predict what XGBoost predicts: inputs and thresholds are compared as
 * floats, {@code x < t}. Models written here are loaded by XGBoost ({@code Booster.load_model}) and predict the same there for
 * inputs that are floats, to the rounding of its float sums.
 *
 * <pre>{@code
 * BoostingModel model = XgboostFormat.read(Path.of("model.ubj"));
 * XgboostFormat.write(model, Path.of("model.json"));      // the name says which of the two
 * }</pre>
 *
 * <p>All trees of a file are used; whoever stopped early in XGBoost cuts the model there before saving. Dropout weights
 * (booster dart) are multiplied into the leaves. The initial score is added to the leaves of the first trees, so that no
 * {@code base_score} has to hold it; names of categories travel in an attribute. Linear boosters, trees with vectors at their leaves, and linear leaves are refused.
 */
public final class XgboostFormat {
    private static final int DEEPEST = 100;
    private static final long LONGEST = 1L << 30;

    /** XGBoost writes NaN and Infinity as such. */
    private static final JsonMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder().streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxDocumentLength(LONGEST).build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private XgboostFormat() {}

    /**
     * Reads a model of either form; the content says which.
     *
     * @throws BadInputException naming the file, if it is damaged or says what is not supported here
     */
    public static BoostingModel read(Path file) {
        byte[] bytes = LightGbmFormat.bytes(file, LONGEST);
        try {
            return XgboostReader.model(isJson(bytes) ? MAPPER.readTree(bytes) : Ubjson.read(bytes));
        } catch (JacksonException e) {
            throw BadInputException.at(file.toString()).causedBy(e)
                    .because("not usable JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException | BadInputException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because(e.getMessage());
        }
    }

    /** After "{" JSON has a quote, or blanks and then one; UBJSON the type of a length. */
    private static boolean isJson(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] <= ' ') at++;
        if (at == bytes.length || bytes[at++] != '{') throw new IllegalArgumentException("not a model of XGBoost");
        while (at < bytes.length && bytes[at] <= ' ') at++;
        return at < bytes.length && (bytes[at] == '"' || bytes[at] == '}');
    }

    /**
     * Writes a model, as UBJSON if the name ends in {@code .ubj}, else as JSON; the file appears whole or not at all.
     *
     * @throws BadInputException    if the format cannot say what the model does
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(BoostingModel model, Path file) {
        boolean binary = file.toString().toLowerCase(Locale.ROOT).endsWith(".ubj");
        Object tree;
        try {
            tree = XgboostWriter.tree(model);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("cannot be written in XGBoost's format: " + e.getMessage(), e);
        }
        LightGbmFormat.save(file, binary ? Ubjson.write(tree) : json(tree).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Object tree) {
        return MAPPER.writeValueAsString(org.lanewise.tabular.JsonFiles.tree(tree));
    }

    /** For tests and readers of single values. */
    static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }
}
