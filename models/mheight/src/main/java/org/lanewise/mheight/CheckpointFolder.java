package org.lanewise.mheight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** The folder of a training's checkpoints, with the configuration it belongs to: another's would train on beside it, unnoticed. */
final class CheckpointFolder {
    private static final String CONFIG = "config.json";

    private CheckpointFolder() {}

    /**
     * Makes sure that the folder is this configuration's, and marks it so.
     *
     * @throws BadInputException    in one line that names the first setting that differs
     * @throws UncheckedIOException if it cannot be written
     */
    static void claim(Path folder, MHeightConfig config) {
        Path file = folder.resolve(CONFIG);
        JsonNode mine = JsonFiles.parse(CONFIG, JsonFiles.text(config)); // numbers as they are read back
        if (Files.exists(file)) {
            String difference = difference("", mine, JsonFiles.read(file));
            if (difference != null)
                throw BadInputException.at(file.toString()).because("kept for a training with other settings: "
                        + difference + "; take another folder, or the settings it was begun with");
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
        }
        JsonFiles.write(file, config);
    }

    /** The first of my settings that is not theirs; null if there is none. */
    private static String difference(String name, JsonNode mine, JsonNode theirs) {
        if (mine.equals(theirs)) return null;
        if (!mine.isObject() || !theirs.isObject())
            return name + " is " + mine + ", there " + (theirs.isMissingNode() ? "missing" : theirs);
        for (var setting : mine.properties()) {
            String inside = difference((name.isEmpty() ? "" : name + ".") + setting.getKey(), setting.getValue(),
                    theirs.path(setting.getKey()));
            if (inside != null) return inside;
        }
        return name + " has more settings there";
    }
}
