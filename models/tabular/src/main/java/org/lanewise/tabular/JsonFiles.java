package org.lanewise.tabular;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.lanewise.engine.io.AtomicFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON files as trees: read with limits on depth and size, written whole or not at all.
 *
 * <pre>{@code
 * JsonNode config = JsonFiles.read(Path.of("model.json"));
 * double[] means = JsonFiles.doubles(config.get("means"));
 * JsonFiles.write(Path.of("metrics.json"), metrics); // a record, map or tree
 * }</pre>
 */
public final class JsonFiles {
    private static final int DEEPEST = 100;
    private static final long LONGEST = 256L << 20;

    private static final JsonMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxDocumentLength(LONGEST).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** Objects one key a line, arrays on one line: long arrays of numbers stay readable. */
    private static final ObjectWriter WRITER = MAPPER.writer().with(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter()));

    private JsonFiles() {
    }

    /**
     * Reads one JSON value.
     *
     * @throws BadInputException
     *             if the file is not there, is not JSON, repeats a key, or is deeper than 100 levels or longer than 256 MB
     */
    public static JsonNode read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode tree = MAPPER.readTree(in);
            if (tree.isMissingNode()) {
                throw BadInputException.at(file.toString()).because("empty, not JSON");
            }
            return tree;
        } catch (NoSuchFileException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("no such file");
        } catch (IOException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("cannot be read: " + e.getMessage());
        } catch (JacksonException e) {
            throw malformed(file.toString(), e);
        }
    }

    /**
     * Reads one JSON value from text, e.g. the body of a request.
     *
     * @param source
     *            begins messages
     */
    public static JsonNode parse(String source, String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw BadInputException.at(source).because("empty, not JSON");
            }
            return tree;
        } catch (JacksonException e) {
            throw malformed(source, e);
        }
    }

    private static BadInputException malformed(String source, JacksonException e) {
        BadInputException.Location where = BadInputException.at(source).causedBy(e);
        if (e.getLocation() != null && e.getLocation().getLineNr() > 0) {
            where = where.line(e.getLocation().getLineNr());
        }
        return where.because("not usable JSON: " + e.getOriginalMessage());
    }

    /**
     * Writes a value, indented, in UTF-8 with a final line end; the file appears whole or not at all. The same value always gives
     * the same bytes: keys keep the order of ordered maps and record components, other maps are sorted by key. NaN and infinities
     * become null.
     *
     * @param value
     *            null, Boolean, Number, CharSequence, enum, {@link JsonNode}, record, Map with text keys, Iterable, or an array of these
     *
     * @throws UncheckedIOException
     *             if the file cannot be written; its message is one line that names it
     */
    public static void write(Path file, Object value) {
        byte[] text = (text(value) + '\n').getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.write(file, out -> out.write(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** What {@link #write} writes, without the final line end. */
    public static String text(Object value) {
        return WRITER.writeValueAsString(JsonTrees.of(value));
    }

    /** As a tree, by the rules of {@link #write}. */
    public static JsonNode tree(Object value) {
        return JsonTrees.of(value);
    }

    /**
     * The numbers of an array; null becomes NaN.
     *
     * @throws BadInputException
     *             if it is not an array of numbers and nulls
     */
    public static double[] doubles(JsonNode array) {
        if (array == null || !array.isArray()) {
            throw new BadInputException("an array of numbers is needed, not " + array);
        }
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode item = array.get(i);
            if (!item.isNumber() && !item.isNull()) {
                throw new BadInputException("element " + i + " of an array of numbers is " + item);
            }
            values[i] = item.isNull() ? Double.NaN : item.asDouble();
        }
        return values;
    }
}
