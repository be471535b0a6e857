package org.lanewise.cli.linear;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.linear.table.LinearMetrics;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.Table;

/**
 * Predictions of a model for one or more tables, and how good they are.
 */
final class Measured {
    private static final int REPLICATES = 400;

    private final TableModel model;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Object> blocks = new LinkedHashMap<>();

    /**
     * Rows and what was predicted for them.
     *
     * @param table with the target
     * @param means by output, then row
     */
    record Part(Table table, double[][] means) {}

    Measured(TableModel model) {
        this.model = model;
    }

    /**
     * Measures one table.
     *
     * @param name train, valid or test; train has no intervals
     * @param seed of the intervals
     * @return this
     */
    Measured add(String name, Table table, double[][] means, long seed) {
        parts.put(name, new Part(table, means));
        LinearMetrics metrics = LinearMetrics.of(table, means, model);
        blocks.put(name, name.equals("train") ? metrics.tree() : metrics.tree(REPLICATES, seed));
        return this;
    }

    TableModel model() { return model; }

    /** The blocks of metrics.json. */
    Map<String, Object> blocks() { return blocks; }

    /** The part that tells most: rows that nothing was chosen by, if there are any. */
    String best() {
        return parts.containsKey("test") ? "test" : "valid";
    }

    Part part(String name) { return parts.get(name); }

    /** What a reader calls the rows. */
    static String words(String part) {
        return switch (part) {
            case "valid" -> "the rows held out";
            case "test" -> "the test rows";
            default -> "the training rows";
        };
    }

    /** A figure of a block, by path. */
    Number figure(String... path) {
        Object at = blocks;
        for (String name : path) at = at instanceof Map<?, ?> map ? map.get(name) : null;
        return (Number) at;
    }

    private String interval(String part, String... path) {
        Object at = blocks.get(part);
        for (String name : path) at = at instanceof Map<?, ?> map ? map.get(name) : null;
        return at instanceof List<?> ends
                ? LinearReport.number((Number) ends.get(0)) + " to " + LinearReport.number((Number) ends.get(1))
                : "";
    }

    /** A row for each part and figure, beside those without predictors, with the interval of what is gained over them. */
    ConsoleTable table() {
        ConsoleTable table = ConsoleTable.of("rows", "n", "figure", "model", "95 % interval", "without predictors",
                "difference, 95 %");
        parts.forEach((part, rows) -> {
            for (String figure : LinearMetrics.shown(model.model().family())) {
                table.row(part.equals("valid") ? "held out" : part, Quantity.count(rows.table.rows()), figure,
                        LinearReport.number(figure(part, figure)), interval(part, "intervals", figure),
                        LinearReport.number(figure(part, "baseline", figure)),
                        interval(part, "gain", figure));
            }
        });
        return table;
    }
}
