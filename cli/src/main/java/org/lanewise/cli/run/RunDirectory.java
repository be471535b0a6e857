package org.lanewise.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/**
 * The directory of one run:
 *
 * <pre>
 * config.json     all effective settings, and what the run was made with
 * metrics.json    the figures
 * report.html     the figures for people
 * model/          the trained model
 * checkpoint/     what an interrupted training is resumed from
 * search.jsonl    the trials of a search for settings, if there was one
 * tb/             TensorBoard events
 * </pre>
 *
 * Files appear whole or not at all. One process at a time may write into a directory.
 */
public final class RunDirectory implements AutoCloseable {
    private static final String CONFIG = "config.json";
    private static final String DATA = "data";
    private static final String METRICS = "metrics.json";
    private static final String SEARCH = "search.jsonl";
    private static final List<String> RESULTS = List.of(METRICS, "report.html");

    /** What a run writes before it has anything to show for it. */
    private static final Set<String> PRELIMINARY = Set.of(CONFIG, RunLock.NAME, "tb", "checkpoint", SEARCH);

    private final Path path;
    private final RunLock lock;
    private final List<Path> created;

    private RunDirectory(Path path, RunLock lock, List<Path> created) {
        this.path = path;
        this.lock = lock;
        this.created = created;
    }

    /**
     * Creates the directory if need be, and makes sure that it can be written, before any work is done.
     *
     * @param path the directory
     * @return the open directory
     * @throws CommandException if it is a file, cannot be created or written, or another run is using it
     */
    public static RunDirectory open(Path path) {
        OutputFile.checkFolder("--out " + path, path);
        List<Path> created = new ArrayList<>();
        for (Path p = path.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) created.add(p);
        try {
            Files.createDirectories(path);
            return new RunDirectory(path, RunLock.take(path), created);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The directory itself.
     *
     * @return its path
     */
    public Path path() { return path; }

    /**
     * Where the model goes.
     *
     * @return {@code model/}
     */
    public Path model() { return path.resolve("model"); }

    /**
     * Where a training keeps what it needs to be resumed.
     *
     * @return {@code checkpoint/}
     */
    public Path checkpoint() { return path.resolve("checkpoint"); }

    /**
     * Where TensorBoard finds its events.
     *
     * @return {@code tb/}
     */
    public Path tensorBoard() { return path.resolve("tb"); }

    /**
     * Where a search for settings keeps its trials.
     *
     * @return {@code search.jsonl}
     */
    public Path search() { return path.resolve(SEARCH); }

    /**
     * Whether an interrupted training can be resumed here.
     *
     * @return true if there is a checkpoint, or a search without the figures that come after it
     */
    public boolean isResumable() {
        if (Files.exists(search()) && !Files.exists(path.resolve(METRICS))) return true;
        try (Stream<Path> files = Files.exists(checkpoint()) ? Files.list(checkpoint()) : Stream.empty()) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Begins a training and writes {@code config.json}. A new one takes away the results, events and checkpoint of the
     * run before it, whose model stays until the new one replaces it; a resumed one keeps everything.
     *
     * @param settings   the effective settings
     * @param provenance what the run is made with; its fact {@code data}, if any, tells the data apart
     * @param resume     whether to go on from the checkpoint
     * @throws CommandException if there is nothing to resume, or it was begun with other settings or data
     */
    public void begin(Record settings, Provenance provenance, boolean resume) {
        if (resume) checkSame(settings, provenance);
        try {
            for (String name : RESULTS) Files.deleteIfExists(path.resolve(name));
            if (!resume) {
                deleteTree(checkpoint());
                deleteTree(tensorBoard());
                Files.deleteIfExists(search());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writeConfig(settings, provenance);
    }

    /** A checkpoint continued with other settings or data would give a model that no settings can reproduce. */
    private void checkSame(Record settings, Provenance provenance) {
        if (!isResumable()) throw CommandException.badInput("--resume: no interrupted training in " + path);
        JsonNode before = JsonFiles.read(path.resolve(CONFIG));
        JsonNode now = JsonFiles.parse(CONFIG, JsonFiles.text(configTree(settings, provenance))); // numbers as they are read back
        for (Map.Entry<String, JsonNode> setting : flat("", now.path("settings")).entrySet()) {
            JsonNode old = before.path("settings").at(setting.getKey());
            if (!setting.getValue().equals(old)) {
                throw CommandException.badInput("--resume: " + setting.getKey().substring(1).replace('/', '.') + " is "
                        + setting.getValue() + ", but the training in " + path + " was begun with " + old);
            }
        }
        JsonNode data = now.path("provenance").path(DATA);
        if (!data.equals(before.path("provenance").path(DATA))) {
            throw CommandException.badInput("--resume: the training in " + path + " was begun with other data");
        }
    }

    /** The leaves of a tree by JSON pointer. */
    private static Map<String, JsonNode> flat(String prefix, JsonNode tree) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> child : tree.properties()) {
            String key = prefix + "/" + child.getKey();
            if (child.getValue().isObject() && !child.getValue().isEmpty()) leaves.putAll(flat(key, child.getValue()));
            else leaves.put(key, child.getValue());
        }
        return leaves;
    }

    /**
     * Takes the checkpoint away once the training has ended.
     */
    public void finish() {
        try {
            deleteTree(checkpoint());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean onlyPreliminary() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.allMatch(file -> PRELIMINARY.contains(file.getFileName().toString()));
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) return;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.toList();
        }
        for (Path file : files.reversed()) Files.deleteIfExists(file);
    }

    /**
     * Writes {@code config.json}. Given to {@code --config}, it repeats the run.
     *
     * @param settings   the effective settings
     * @param provenance what the run is made with
     */
    public void writeConfig(Record settings, Provenance provenance) {
        writeJson(CONFIG, configTree(settings, provenance));
    }

    private static Map<String, Object> configTree(Record settings, Provenance provenance) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("settings", settings);
        tree.put("provenance", provenance.facts());
        return tree;
    }

    /**
     * Writes {@code metrics.json}.
     *
     * @param metrics the figures; those that are not finite become null
     */
    public void writeMetrics(Map<String, ?> metrics) {
        writeJson(METRICS, metrics);
    }

    /**
     * Writes {@code report.html}.
     *
     * @param report the page
     * @return its path
     */
    public Path writeReport(HtmlReport report) {
        Path file = path.resolve("report.html");
        byte[] page = report.toHtml().getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.write(file, out -> out.write(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /**
     * Writes any value as JSON.
     *
     * @param name  of the file
     * @param value maps, lists, numbers, text
     * @return its path
     */
    public Path writeJson(String name, Object value) {
        Path file = path.resolve(name);
        JsonFiles.write(file, value);
        return file;
    }

    /** A directory that was made for this run and came to nothing, because the input was refused, is taken away again. */
    @Override
    public void close() {
        try {
            lock.close();
            if (created.isEmpty() || isResumable() || !onlyPreliminary()) return;
            deleteTree(path);
            for (Path parent : created.subList(1, created.size())) {
                try (Stream<Path> inside = Files.list(parent)) {
                    if (inside.findAny().isPresent()) return;
                }
                Files.deleteIfExists(parent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
