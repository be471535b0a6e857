package org.lanewise.cli.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.Nearest;

/**
 * Collects the settings of one command from several sources and fills a configuration record with them. Later calls
 * win, so a command calls {@link #file}, {@link #set} and {@link #flag} in that order. Keys are the names of the record's
 * components, nested records with dots; {@code learningRate}, {@code learning-rate} and {@code learning_rate} are the same.
 *
 * {@snippet :
 * TrainConfig config = Settings.of(TrainConfig.defaults())
 *         .file(Path.of("train.yaml")).set("optimizer.learningRate=0.01").flag("--epochs", "epochs", epochs).build();
 * }
 *
 * @param <R> the record
 */
public final class Settings<R extends Record> {
    private static final String FILE = "--config ";

    private final R defaults;
    private final Map<String, RecordComponent> leaves;
    private final Map<String, Given> given = new LinkedHashMap<>();

    private Settings(R defaults) {
        this.defaults = defaults;
        this.leaves = RecordShape.leaves(defaults);
    }

    /**
     * Starts from a record that holds the default values.
     *
     * @param defaults the defaults
     * @param <R>      the record's type
     * @return settings without changes
     */
    public static <R extends Record> Settings<R> of(R defaults) {
        return new Settings<>(defaults);
    }

    /**
     * Whether there is a setting of this name.
     *
     * @param key a name, dotted for nested records
     * @return true if it can be set
     */
    public boolean knows(String key) {
        return RecordShape.find(leaves.keySet(), key) != null;
    }

    /**
     * Whether the command line gives this setting, by {@code --set} or an option of its own. What a file gives is where a
     * search begins; what the command line gives stays.
     *
     * @param key a setting
     * @return true if a search has to leave it alone
     */
    public boolean isFixed(String key) {
        Given value = given.get(RecordShape.find(leaves.keySet(), key));
        return value != null && !value.source.startsWith(FILE);
    }

    /**
     * Takes all values of a JSON or YAML file.
     *
     * @param file the file
     * @return this
     * @throws CommandException if it cannot be parsed or has an unknown key
     */
    public Settings<R> file(Path file) {
        addTree(FILE + file, "", ConfigFile.read(file));
        return this;
    }

    private void addTree(String source, String prefix, Map<?, ?> tree) {
        tree.forEach((name, value) -> {
            String key = prefix + name;
            if (value instanceof Map<?, ?> nested && RecordShape.find(leaves.keySet(), key) == null) {
                if (RecordShape.isGroup(leaves.keySet(), key)) {
                    addTree(source, key + ".", nested);
                    return;
                }
            }
            put(source, key, value, false);
        });
    }

    /**
     * Takes one {@code key=value}.
     *
     * @param assignment as given to {@code --set}
     * @return this
     * @throws CommandException if there is no such key
     */
    public Settings<R> set(String assignment) {
        return set("--set", assignment);
    }

    /**
     * Takes one {@code key=value} of another option than {@code --set}.
     *
     * @param option     the option's name, for messages
     * @param assignment as given to it
     * @return this
     * @throws CommandException if there is no such key
     */
    public Settings<R> set(String option, String assignment) {
        int at = assignment.indexOf('=');
        if (at < 1) throw CommandException.badInput(option + " " + assignment + ": expected key=value");
        put(option, assignment.substring(0, at).strip(), assignment.substring(at + 1).strip(), true);
        return this;
    }

    /**
     * Takes the value of an option of its own, if it was given.
     *
     * @param option the option's name, for messages
     * @param key    the setting
     * @param value  its value; null if the option was not given
     * @return this
     */
    public Settings<R> flag(String option, String key, Object value) {
        if (value == null) return this;
        String name = RecordShape.find(leaves.keySet(), key);
        if (name == null) throw new IllegalArgumentException("no setting " + key + " in " + defaults.getClass());
        given.put(name, new Given(option, value, value instanceof String));
        return this;
    }

    private void put(String source, String key, Object value, boolean isText) {
        String name = RecordShape.find(leaves.keySet(), key);
        if (name == null) throw unknown(source, key);
        given.put(name, new Given(source, value, isText));
    }

    private CommandException unknown(String source, String key) {
        String nearest = Nearest.to(key, leaves.keySet());
        return CommandException.badInput(source + ": unknown key '" + key + "'"
                + (nearest == null ? "" : "; did you mean '" + nearest + "'?")
                + " (known: " + String.join(", ", new TreeSet<>(leaves.keySet())) + ")");
    }

    /**
     * Makes the record.
     *
     * @return a record of the defaults' type
     * @throws CommandException if a value has the wrong type, or the record refuses the values
     */
    public R build() {
        return RecordBinder.build(defaults, "", given);
    }

    /**
     * A value and where it came from.
     *
     * @param source for messages
     * @param value  a plain object
     * @param isText true if the value is text that stands for any type, as on a command line
     */
    record Given(String source, Object value, boolean isText) {}
}
