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
        BoostArtifact artifact = model.load();
        BoostArtifact.Ready ready = model.ready(artifact, console);
        BoostArtifact.Ready against = background == null ? null : model.ready(artifact, background, console);
        Provenance provenance = Provenance.of("boost explain").with("model", model.path())
                .with("source", ready.table().source()).with("rows", ready.table().rows());
        try (RunDirectory run = RunDirectory.open(out)) {
            run.begin(new Settings(model.path().toString(), background == null ? null : background.toString()),
                    provenance, false);
            double[] phi = explain(artifact, ready, against);
            List<String> names = artifact.model().features().stream().map(FeatureBins::name).toList();
            Path csv = run.path().resolve("contributions.csv");
            Csv.write(csv, contributions(artifact, ready.table(), names, phi, csv));
            Map<String, Double> mean = mean(names, phi);
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("n", ready.table().rows());
            metrics.put("mean_absolute_contribution", mean);
            run.writeMetrics(metrics);
            Path page = run.writeReport(page(artifact, ready, names, phi, mean, provenance));
            ConsoleTable table = ConsoleTable.of("feature", "mean |contribution|");
            mean.entrySet().stream().limit(SHOWN).forEach(e -> table.row(e.getKey(),
                    String.format(Locale.ROOT, "%.5g", e.getValue())));
            console.print(table.toText());
            console.print("contributions: " + csv + "\nreport: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }

    private double[] explain(BoostArtifact artifact, BoostArtifact.Ready ready, BoostArtifact.Ready against) {
        try {
            if (against == null) return TreeShap.of(artifact.model()).explain(ready.features());
            int n = against.table().rows();
            int[] chosen = IntStream.range(0, Math.min(n, BACKGROUND))
                    .map(i -> (int) ((long) i * n / Math.min(n, BACKGROUND))).toArray();
            BoostArtifact.Ready sample = artifact.ready(against.table().take(chosen), against.table().names(), false);
            return InterventionalShap.of(artifact.model(), sample.features()).explain(ready.features());
        } catch (UnsupportedOperationException e) {
            throw CommandException.badInput(model.path() + ": " + e.getMessage(), e);
        }
    }

    /** A column for each feature (and class), and the expected value. */
    private static Table contributions(BoostArtifact artifact, Table rows, List<String> names, double[] phi,
            Path file) {
        List<Column> columns = new ArrayList<>();
        columns.add(PredictCommand.ids(artifact, rows).renamed("row"));
        int width = names.size() + 1;
        int k = artifact.model().scores();
        for (int c = 0; c < k; c++) {
            String prefix = k == 1 ? "" : PredictCommand.names(artifact).get(c) + ": ";
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

    private HtmlReport page(BoostArtifact artifact, BoostArtifact.Ready ready, List<String> names, double[] phi,
            Map<String, Double> mean, Provenance provenance) {
        HtmlReport report = HtmlReport
                .titled("Boosted trees: explanation", artifact.model().objective() + ", " + ready.table().source())
                .tiles(new Tile("Rows", Quantity.count(ready.table().rows()), "", ready.table().source()),
                        new Tile("Features", Quantity.count(names.size()), "",
                                mean.values().stream().filter(v -> v > 0).count() + " in use"));
        report.section("What moves the score").paragraph(
                "Contributions are Shapley values of the raw score" + (artifact.model().scores() > 1
                        ? ", over all classes"
                        : "") + "; with the expected score they sum to the model's score, row by row.")
                .figures(new Figure(Charts.importance("mean |contribution|", mean, SHOWN), "Largest features."));
        if (artifact.model().scores() == 1) {
            double[] rows = artifact.model().rows(ready.features());
            report.figures(mean.keySet().stream().limit(SCATTERS).map(names::indexOf)
                    .map(j -> scatter(artifact.model().features().get(j), j, names.size(), rows, phi))
                    .toArray(Figure[]::new));
        }
        return report.provenance(provenance.facts());
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
