package org.lanewise.cli.boost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.EvaluationHistory;
import org.lanewise.boosting.Importance;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.report.Plot;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.metrics.Reliability;
import org.lanewise.tabular.survival.KaplanMeier;
import org.lanewise.tabular.survival.StepFunction;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/**
 * The figures of a training or an evaluation as a table and as a page.
 */
final class BoostReport {
    private static final int BARS = 20;
    private static final int POINTS = 3000;
    private static final int BINS = 10;
    private static final int MOST_CLASSES = 12;

    private final BoostArtifact artifact;
    private final Map<String, Scores> scores;
    private final JsonNode metrics;

    /**
     * @param scores  by part: train, valid, test
     * @param metrics as of {@link TrainCommand#metrics}
     */
    BoostReport(BoostArtifact artifact, Map<String, Scores> scores, Map<String, Object> metrics) {
        this.artifact = artifact;
        this.scores = scores;
        this.metrics = JsonFiles.tree(metrics);
    }

    /** A row for each part and figure. */
    ConsoleTable table() {
        ConsoleTable table = ConsoleTable.of("rows", "n", "figure", "model", "95 % interval",
                Scores.baselineName(artifact.task()));
        for (String part : List.of("train", "valid", "test")) {
            if (!scores.containsKey(part)) continue;
            for (String figure : Scores.shown(artifact.task())) {
                JsonNode ends = part.equals("test") ? metrics.at("/test/intervals/" + figure) : metrics.path("none");
                table.row(part, Quantity.count(scores.get(part).label().length), figure, number(part, figure),
                        ends.isArray() ? number(ends.get(0)) + " to " + number(ends.get(1)) : "",
                        number(part + "/baseline", figure));
            }
        }
        return table;
    }

    private String number(String part, String figure) {
        return number(metrics.at("/" + part + "/" + figure));
    }

    /** Five digits that count. */
    private static String number(JsonNode node) {
        if (!node.isNumber()) return "–";
        double value = node.asDouble();
        int decimals = value == 0 ? 4 : Math.clamp(4 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 6);
        return Quantity.figure(value, decimals);
    }

    /** The part that tells most: rows not used for anything, if there are any. */
    private String best() {
        return scores.containsKey("test") ? "test" : scores.containsKey("valid") ? "valid" : "train";
    }

    HtmlReport page(String title, String source, Provenance provenance) {
        String part = best();
        List<Tile> tiles = new ArrayList<>();
        for (String figure : Scores.shown(artifact.task())) {
            tiles.add(new Tile(figure + ", " + part, number(part, figure), "",
                    metrics.at("/" + part + "/baseline/" + figure).isNumber()
                            ? "baseline " + number(part + "/baseline", figure)
                            : ""));
        }
        tiles.add(new Tile("Trees", Quantity.count(artifact.model().bestRound() * (long) artifact.model().scores()), "",
                Quantity.count(leaves(artifact.model())) + " leaves"));
        HtmlReport report = HtmlReport.titled(title,
                artifact.task().target() + ", " + artifact.model().objective() + ", " + source)
                .tiles(tiles.toArray(Tile[]::new));
        report.section("How good it is").table("Beside predicting the same for every row (" + Scores.baselineName(
                artifact.task()) + ").", table());
        if (part.equals("train")) report.note("Only the training rows were measured: expect less on others.");
        report.figures(quality(scores.get(part), part).toArray(Figure[]::new));
        if (artifact.task().kind() == Task.Kind.MULTICLASS && artifact.task().classes().size() <= MOST_CLASSES)
            report.table("True classes (rows) against likeliest ones, " + part + ".", confusion(scores.get(part)));
        if (!artifact.model().history().curves().isEmpty()) report.section("Training").figures(curves());
        report.section("What it uses").figures(importance(Importance.GAIN, "share of the gain of all splits"),
                importance(Importance.SPLIT, "share of all splits"));
        return report.provenance(provenance.facts());
    }

    /** Of the rounds that predictions use. */
    static int leaves(BoostingModel model) {
        return model.trees().subList(0, model.bestRound() * model.scores()).stream().mapToInt(RegressionTree::leaves)
                .sum();
    }

    private Figure[] curves() {
        Map<String, Map<String, double[]>> byMetric = new LinkedHashMap<>();
        for (EvaluationHistory.Curve curve : artifact.model().history().curves()) {
            byMetric.computeIfAbsent(curve.metric(), _ -> new LinkedHashMap<>()).put(curve.evaluation(),
                    curve.values());
        }
        return byMetric.entrySet().stream().map(e -> new Figure(
                Charts.learningCurves("round", e.getKey(), e.getValue(), artifact.model().bestRound()),
                "After each round; the marked one is the last that predictions use.")).toArray(Figure[]::new);
    }

    private Figure importance(Importance kind, String what) {
        double[] values = artifact.model().importance(kind);
        double total = Math.max(Arrays.stream(values).sum(), Double.MIN_NORMAL);
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int j = 0; j < values.length; j++) {
            if (values[j] > 0) byName.put(artifact.model().features().get(j).name(), values[j] / total);
        }
        return new Figure(Charts.importance(what, byName, BARS),
                byName.size() > BARS ? "The " + BARS + " largest of " + byName.size() + "." : "All features in use.");
    }

    // ---------------------------------------------------------------------------------------------- quality

    private List<Figure> quality(Scores s, String part) {
        return switch (artifact.task().kind()) {
            case REGRESSION -> regression(s, part);
            case SURVIVAL -> List.of(survival(s, part));
            case BINARY -> List.of(calibration(s, part, 0, artifact.task().classes().get(1)));
            case MULTICLASS -> {
                List<Figure> figures = new ArrayList<>();
                for (int c = 0; c < Math.min(4, artifact.task().classes().size()); c++)
                    figures.add(calibration(s, part, c, artifact.task().classes().get(c)));
                yield figures;
            }
        };
    }

    private static List<Figure> regression(Scores s, String part) {
        int n = s.label().length;
        int step = Math.max(1, (n + POINTS - 1) / POINTS);
        double[] truth = new double[(n + step - 1) / step];
        double[] predicted = new double[truth.length];
        double[] residual = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = s.label()[i * step];
            predicted[i] = s.prediction()[i * step];
            residual[i] = truth[i] - predicted[i];
        }
        String of = s.task().target().isEmpty() ? "target" : s.task().target();
        return List.of(
                new Figure(Charts.predictedAgainstObserved(truth, predicted, "observed " + of, "predicted " + of),
                        "Every point is a row of " + part + "."),
                new Figure(Plot.of("predicted " + of, "observed - predicted").points(predicted, residual, 1, null)
                        .rule(0, 0, null, "none").toSvg(), "Residuals."));
    }

    /** What happened to the thirds of lowest, middle and highest risk. */
    private static Figure survival(Scores s, String part) {
        Integer[] order = new Integer[s.label().length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> s.prediction()[i]));
        Survival all = Task.survival(s.label());
        String[] names = {"lowest risk", "middle", "highest risk"};
        List<Charts.SurvivalCurve> curves = new ArrayList<>();
        for (int g = 0; g < 3; g++) {
            int[] rows = Arrays.stream(order, g * order.length / 3, (g + 1) * order.length / 3).mapToInt(i -> i)
                    .toArray();
            if (rows.length == 0) continue;
            StepFunction curve = KaplanMeier.of(all.take(rows)).curve();
            curves.add(new Charts.SurvivalCurve(names[g], curve.times(), curve.values(), null, null));
        }
        return new Figure(Charts.survival(s.task().target(), curves),
                "Thirds of the rows of " + part + " by predicted risk (Kaplan-Meier).");
    }

    private static Figure calibration(Scores s, String part, int c, String name) {
        int k = s.prediction().length / s.label().length;
        double[] p = new double[s.label().length];
        boolean[] is = new boolean[p.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = s.prediction()[i * k + c];
            is[i] = s.label()[i] == (k == 1 ? 1 : c);
        }
        List<Reliability.Bin> bins = Reliability.quantiles(p, is, BINS, null).bins();
        double[][] xy = new double[4][bins.size()];
        for (int b = 0; b < bins.size(); b++) {
            Reliability.Bin bin = bins.get(b);
            double half = 1.96 * Math.sqrt(bin.observed() * (1 - bin.observed()) / bin.weight());
            xy[0][b] = bin.meanProbability();
            xy[1][b] = bin.observed();
            xy[2][b] = Math.max(0, bin.observed() - half);
            xy[3][b] = Math.min(1, bin.observed() + half);
        }
        return new Figure(Charts.calibration(xy[0], xy[1], xy[2], xy[3], "share of " + name),
                String.format(Locale.ROOT, "Calibration of %s on %s, tenths of equal size with 95 %% intervals.", name,
                        part));
    }

    private ConsoleTable confusion(Scores s) {
        List<String> classes = artifact.task().classes();
        int k = classes.size();
        int[][] count = new int[k][k];
        for (int i = 0; i < s.label().length; i++) {
            int likeliest = 0;
            for (int c = 1; c < k; c++) {
                if (s.prediction()[i * k + c] > s.prediction()[i * k + likeliest]) likeliest = c;
            }
            count[(int) s.label()[i]][likeliest]++;
        }
        List<String> header = new ArrayList<>(List.of("class"));
        header.addAll(classes);
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        for (int c = 0; c < k; c++) {
            List<Object> row = new ArrayList<>(List.of(classes.get(c)));
            for (int to : count[c]) row.add(Quantity.count(to));
            table.row(row.toArray());
        }
        return table;
    }
}
