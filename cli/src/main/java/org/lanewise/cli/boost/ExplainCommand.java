package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.shap.InterventionalShap;
import org.lanewise.boosting.shap.TreeShap;
import org.lanewise.boosting.table.Cells;
import org.lanewise.boosting.table.TableModel;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.report.Plot;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code boost explain}: what each feature added to each row's raw score, by exact Shapley values.
 */
@Command(name = "explain", description = "What each feature added to each row's raw score (exact Shapley values).")
public final class ExplainCommand extends WorkCommand {
    private static final int SHOWN = 20;
    private static final int SCATTERS = 6;
    /** More background rows cost time and change little. */
    private static final int BACKGROUND = 200;

    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Option(names = "--background", paramLabel = "FILE", description = "Explain against these rows (at most "
            + BACKGROUND
            + ", evenly chosen) instead of the training rows as the trees remember them.")
    private Path background;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/boost/explain", description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    /** For picocli. */
    public ExplainCommand() {}

    /** The settings, as kept in config.json. */
    private record Settings(String model, String background) {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        TableModel loaded = model.load();
        TableModel.Ready ready = model.ready(loaded, model.read(loaded), console);
        TableModel.Ready against = background == null
                ? null
                : model.ready(loaded, TableModel.read(background, loaded.schema()), console);
        List<String> names = loaded.model().features().stream().map(FeatureBins::name).toList();
        Cells.check(ready.table().source() + ": rows x features x classes", ready.table().rows(), names.size() + 1,
                loaded.model().scores());
        double[] phi = explain(loaded, ready, against);
        List<Effects.Pair> pairs = Effects.interactions(loaded, ready);
        Effects.Permutation shuffled = Effects.permutation(loaded, ready);
        Provenance provenance = Provenance.of("boost explain").with("model", model.path())
                .with("source", ready.table().source()).with("rows", ready.table().rows());
        try (RunDirectory run = RunDirectory.open(out)) {
            run.begin(new Settings(model.path().toString(), background == null ? null : background.toString()),
                    provenance, false);
            Path csv = run.path().resolve("contributions.csv");
            Csv.write(csv, contributions(loaded, ready.table(), names, phi, csv));
            Map<String, Double> mean = mean(names, phi);
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("n", ready.table().rows());
            metrics.put("mean_absolute_contribution", mean);
            metrics.put("interactions", Effects.tree(pairs));
            if (shuffled != null)
                metrics.put("permutation_importance", Map.of("metric", shuffled.metric(), "loss", shuffled.loss()));
            run.writeMetrics(metrics);
            HtmlReport report = page(loaded, ready, names, phi, mean);
            effects(report, pairs, shuffled);
            Path page = run.writeReport(report.provenance(provenance.facts()));
            ConsoleTable table = ConsoleTable.of("feature", "mean |contribution|",
                    shuffled == null ? "" : "loss of " + shuffled.metric() + " when shuffled");
            mean.entrySet().stream().limit(SHOWN).forEach(e -> table.row(e.getKey(), digits(e.getValue()),
                    shuffled == null ? "" : digits(shuffled.loss().get(e.getKey()))));
            console.print(table.toText());
            if (!pairs.isEmpty()) console.print(table(pairs).toText());
            console.print("contributions: " + csv + "\nreport: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }

    private static ConsoleTable table(List<Effects.Pair> pairs) {
        ConsoleTable table = ConsoleTable.of("features", "and", "mean |joint effect|");
        pairs.forEach(pair -> table.row(pair.first(), pair.second(), digits(pair.effect())));
        return table;
    }

    private static void effects(HtmlReport report, List<Effects.Pair> pairs, Effects.Permutation shuffled) {
        if (!pairs.isEmpty())
            report.section("What features do together")
                    .table("Shapley interaction values: what a pair adds beyond its members, mean of rows evenly chosen.",
                            table(pairs));
        if (shuffled != null)
            report.section("What the model loses without a feature").figures(new Figure(
                    Charts.importance("loss of " + shuffled.metric(), shuffled.loss(), SHOWN),
                    "How much worse " + shuffled.metric()
                            + " gets when a feature's values are shuffled among rows, mean "
                            + "of five shuffles."));
    }

    private double[] explain(TableModel loaded, TableModel.Ready ready, TableModel.Ready against) {
        try {
            if (against == null) return TreeShap.of(loaded.model()).explain(ready.features());
            int n = against.table().rows();
            int[] chosen = IntStream.range(0, Math.min(n, BACKGROUND))
                    .map(i -> (int) ((long) i * n / Math.min(n, BACKGROUND))).toArray();
            TableModel.Ready sample = loaded.ready(against.table().take(chosen), against.table().names(), false);
            return InterventionalShap.of(loaded.model(), sample.features()).explain(ready.features());
        } catch (UnsupportedOperationException e) {
            throw CommandException.badInput(model.path() + ": " + e.getMessage(), e);
        }
    }

    /** A column for each feature (and class), and the expected value. */
    private static Table contributions(TableModel loaded, Table rows, List<String> names, double[] phi,
            Path file) {
        List<Column> columns = new ArrayList<>();
        columns.add(PredictCommand.ids(loaded, rows).renamed("row"));
        int width = names.size() + 1;
        int k = loaded.model().scores();
        for (int c = 0; c < k; c++) {
            String prefix = k == 1 ? "" : PredictCommand.names(loaded).get(c) + ": ";
            for (int j = 0; j < width; j++) {
                double[] column = new double[rows.rows()];
                for (int i = 0; i < column.length; i++) column[i] = phi[(i * k + c) * width + j];
                columns.add(DoubleColumn.of(prefix + (j < names.size() ? names.get(j) : "(expected)"), column));
            }
        }
        return Table.of(file.toString(), columns);
    }

    /** Over rows and classes, largest first. */
    private static Map<String, Double> mean(List<String> names, double[] phi) {
        int width = names.size() + 1;
        double[] sum = new double[names.size()];
        for (int at = 0; at < phi.length; at++) if (at % width < sum.length) sum[at % width] += Math.abs(phi[at]);
        Map<String, Double> mean = new LinkedHashMap<>();
        IntStream.range(0, sum.length).boxed().sorted(Comparator.comparingDouble(j -> -sum[j]))
                .forEach(j -> mean.put(names.get(j), sum[j] * width / phi.length));
        return mean;
    }

    private HtmlReport page(TableModel loaded, TableModel.Ready ready, List<String> names, double[] phi,
            Map<String, Double> mean) {
        HtmlReport report = HtmlReport
                .titled("Boosted trees: explanation", loaded.model().objective() + ", " + ready.table().source())
                .tiles(new Tile("Rows", Quantity.count(ready.table().rows()), "", ready.table().source()),
                        new Tile("Features", Quantity.count(names.size()), "",
                                mean.values().stream().filter(v -> v > 0).count() + " in use"));
        report.section("What moves the score").paragraph(
                "Contributions are Shapley values of the raw score" + (loaded.model().scores() > 1
                        ? ", over all classes"
                        : "") + "; with the expected score they sum to the model's score, row by row.")
                .figures(new Figure(Charts.importance("mean |contribution|", mean, SHOWN), "Largest features."));
        if (loaded.model().scores() == 1) {
            double[] rows = loaded.model().rows(ready.features());
            report.figures(mean.keySet().stream().limit(SCATTERS).map(names::indexOf)
                    .map(j -> scatter(loaded.model().features().get(j), j, names.size(), rows, phi))
                    .toArray(Figure[]::new));
        }
        return report;
    }

    private static Figure scatter(FeatureBins feature, int j, int features, double[] rows, double[] phi) {
        int n = rows.length / features;
        int step = Math.max(1, n / 2000);
        int[] shown = IntStream.range(0, n).filter(i -> i % step == 0 && Double.isFinite(rows[i * features + j]))
                .toArray();
        double[] x = Arrays.stream(shown).mapToDouble(i -> rows[i * features + j]).toArray();
        double[] y = Arrays.stream(shown).mapToDouble(i -> phi[i * (features + 1) + j]).toArray();
        Plot plot = Plot.of(feature.name(), "contribution").points(x, y, 1, null).rule(0, 0, null, null);
        if (feature.categorical()) plot.xRange(-0.5, Arrays.stream(x).max().orElse(0) + 0.5);
        return new Figure(plot.toSvg(), "Every point is a row." + levels(feature.levels()));
    }

    /** What the numbers of categories stand for. */
    private static String levels(List<String> names) {
        if (names.isEmpty()) return "";
        return IntStream.range(0, Math.min(SHOWN, names.size())).mapToObj(i -> i + " " + names.get(i))
                .collect(Collectors.joining(", ", " ", names.size() > SHOWN ? ", ..." : "."));
    }
}
