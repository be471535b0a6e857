package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.lanewise.boosting.table.TableModel;
import org.lanewise.boosting.table.TableTarget;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.parquet.Parquet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code boost predict}: applies a model to a table.
 */
@Command(name = "predict", description = "Applies a model to a table.")
public final class PredictCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "runs/boost/predictions.csv", description = "Where the predictions go: .csv, .csv.gz or .parquet (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--raw", description = "Scores before the link function, too.")
    private boolean raw;

    @Option(names = "--leaf", description = "The leaf of every tree, too.")
    private boolean leaf;

    /** For picocli. */
    public PredictCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        TableModel loaded = model.load();
        TableModel.Ready ready = model.ready(loaded, model.read(loaded), console);
        OutputFile.check("--out", out);
        long begun = System.nanoTime();
        double[] prediction = loaded.model().predict(ready.features());
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<Column> columns = new ArrayList<>();
        columns.add(ids(loaded, ready.table()));
        TableTarget task = loaded.target();
        int n = ready.table().rows();
        switch (task.kind()) {
            case REGRESSION -> columns.add(DoubleColumn.of("prediction", prediction));
            case SURVIVAL -> columns.add(DoubleColumn.of("relative_hazard", prediction));
            case TIME -> columns.add(DoubleColumn.of("time", prediction));
            case RANKING -> columns.add(DoubleColumn.of("score", prediction));
            case BINARY -> {
                columns.add(TextColumn.of("class", classes(prediction, task, n)));
                columns.add(DoubleColumn.of("probability", prediction));
            }
            case MULTICLASS -> {
                columns.add(TextColumn.of("class", classes(prediction, task, n)));
                scores(columns, "p_", task.classes(), prediction, n);
            }
        }
        if (raw) scores(columns, "raw_", names(loaded), loaded.model().predictRaw(ready.features()), n);
        if (leaf) leaves(columns, loaded.model().predictLeaf(ready.features()), n);
        Table table = Table.of(out.toString(), columns);
        if (out.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) Parquet.write(out, table);
        else Csv.write(out, table);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("rows", n);
        summary.put("seconds", seconds);
        summary.put("file", out.toString());
        summary.put("issues", ready.issues().stream().map(Object::toString).toList());
        console.print("predicted " + n + " rows in " + Quantity.duration(seconds) + ": " + out);
        console.json(summary);
        return ExitCode.OK;
    }

    /** The model's id column if the table has it, else row numbers from 1. */
    static Column ids(TableModel loaded, Table table) {
        if (loaded.roles().id() != null && table.has(loaded.roles().id())) return table.column(loaded.roles().id());
        long[] rows = new long[table.rows()];
        for (int i = 0; i < rows.length; i++) rows[i] = i + 1;
        return LongColumn.of("row", rows);
    }

    /** What a score is called: its class, or the target. */
    static List<String> names(TableModel loaded) {
        return loaded.model().scores() > 1
                ? loaded.target().classes()
                : List.of(loaded.target().target().isEmpty() ? "score" : loaded.target().target());
    }

    private static String[] classes(double[] p, TableTarget task, int n) {
        String[] names = new String[n];
        int k = p.length / Math.max(1, n);
        for (int i = 0; i < n; i++) {
            int likeliest = k == 1 && p[i] > 0.5 ? 1 : 0;
            for (int c = 1; c < k; c++) if (p[i * k + c] > p[i * k + likeliest]) likeliest = c;
            names[i] = task.classes().get(likeliest);
        }
        return names;
    }

    private static void scores(List<Column> columns, String prefix, List<String> names, double[] values, int n) {
        int k = names.size();
        for (int c = 0; c < k; c++) {
            double[] column = new double[n];
            for (int i = 0; i < n; i++) column[i] = values[i * k + c];
            columns.add(DoubleColumn.of(prefix + names.get(c), column));
        }
    }

    private static void leaves(List<Column> columns, int[] leaf, int n) {
        int trees = leaf.length / Math.max(1, n);
        for (int t = 0; t < trees; t++) {
            long[] column = new long[n];
            for (int i = 0; i < n; i++) column[i] = leaf[i * trees + t];
            columns.add(LongColumn.of("leaf_" + t, column));
        }
    }
}
