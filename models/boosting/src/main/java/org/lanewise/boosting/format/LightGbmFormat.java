package org.lanewise.boosting.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.tabular.BadInputException;

/**
 * LightGBM's text format (versions v2 to v4; v4 is written). Models read here predict what LightGBM predicts, and models
 * written here are loaded by LightGBM ({@code lightgbm.Booster(model_file=...)}) and predict the same there.
 *
 * <pre>{@code
 * BoostingModel model = LightGbmFormat.read(Path.of("model.txt"));
 * LightGbmFormat.write(model, Path.of("again.txt"));
 * }</pre>
 *
 * <p>The initial score is added to the leaves of the first tree, as LightGBM does; only the rounds up to the best are written.
 * Levels of categories are kept as {@code pandas_categorical}. Tests of XGBoost, {@code (float) x < t}, become the equivalent
 * {@code x <= t'} between doubles.
 */
public final class LightGbmFormat {
    private static final long LONGEST = 1L << 30;

    private LightGbmFormat() {}

    /**
     * Reads a model.
     *
     * @throws BadInputException naming the file and line, if it is damaged or says what is not supported here
     */
    public static BoostingModel read(Path file) {
        return LightGbmReader.read(file.toString(), new String(bytes(file, LONGEST), StandardCharsets.UTF_8));
    }

    /** A whole file of limited length. */
    static byte[] bytes(Path file, long longest) {
        try {
            if (Files.size(file) > longest)
                throw BadInputException.at(file.toString()).because("larger than " + (longest >> 20) + " MB");
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("no such file");
        } catch (IOException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("cannot be read: " + e.getMessage());
        }
    }

    /**
     * Writes a model; the file appears whole or not at all.
     *
     * @throws BadInputException    if the format cannot say what the model does
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(BoostingModel model, Path file) {
        save(file, LightGbmWriter.text(model).getBytes(StandardCharsets.UTF_8));
    }

    static void save(Path file, byte[] content) {
        try {
            AtomicFile.write(file, out -> out.write(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
