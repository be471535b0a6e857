package org.lanewise.cli.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a configuration file into plain maps, lists, strings, numbers and booleans. YAML tags are not honoured, aliases
 * are limited, and keys may occur once.
 */
final class ConfigFile {
    private static final long MOST_BYTES = 1 << 20;
    private static final int MOST_ALIASES = 20;

    private ConfigFile() {}

    /**
     * Reads a file, as JSON if it is called so, as YAML otherwise. From the {@code config.json} of a run only its
     * settings are taken, so that a run can be repeated.
     *
     * @param file the file
     * @return its top-level object
     * @throws CommandException if it cannot be read or is not an object, naming the file and the place
     */
    static Map<String, Object> read(Path file) {
        Map<String, Object> tree = object(file, file.toString().toLowerCase(Locale.ROOT).endsWith(".json")
                ? json(file, text(file))
                : yaml(file, text(file)));
        return tree.containsKey("provenance") && tree.get("settings") instanceof Map<?, ?> settings
                ? object(file, settings)
                : tree;
    }

    private static String text(Path file) {
        try {
            if (Files.isDirectory(file)) throw CommandException.badInput("--config " + file + ": is a directory");
            if (Files.size(file) > MOST_BYTES) {
                throw CommandException.badInput("--config " + file + ": larger than 1 MB, not a configuration");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        } catch (CharacterCodingException e) {
            throw CommandException.badInput("--config " + file + ": not UTF-8 text", e);
        } catch (IOException e) {
            throw CommandException.badInput("--config " + file + ": cannot be read", e);
        }
    }

    private static Object json(Path file, String text) {
        try {
            return JsonMapper.shared().treeToValue(JsonFiles.parse("--config " + file, text), Object.class);
        } catch (BadInputException e) {
            throw CommandException.badInput(e.getMessage(), e);
        }
    }

    private static Object yaml(Path file, String text) {
        try {
            return parseYaml(text);
        } catch (MarkedYamlEngineException e) {
            throw at(file, e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0), e.getProblem(), e);
        } catch (YamlEngineException | StackOverflowError e) {
            throw at(file, 0, e.getMessage(), e);
        }
    }

    /** One YAML document as plain objects. */
    static Object parseYaml(String text) {
        LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(MOST_ALIASES).setCodePointLimit((int) MOST_BYTES)
                .setSchema(new CoreSchema()).build();
        return new Load(settings).loadFromString(text);
    }

    private static CommandException at(Path file, int line, String problem, Throwable cause) {
        String where = line > 0 ? ", line " + line : "";
        String what = problem == null ? "cannot be parsed" : problem.lines().findFirst().orElse("cannot be parsed");
        return CommandException.badInput("--config " + file + where + ": " + what, cause);
    }

    @SuppressWarnings("unchecked") // keys are checked just before
    private static Map<String, Object> object(Path file, Object tree) {
        if (tree == null) return Map.of(); // an empty YAML file
        if (!(tree instanceof Map<?, ?> map)) {
            throw CommandException.badInput("--config " + file + ": expected keys and values at the top");
        }
        for (Object key : map.keySet()) {
            if (!(key instanceof String))
                throw CommandException.badInput("--config " + file + ": key " + key + " is not text");
        }
        return (Map<String, Object>) map;
    }
}
