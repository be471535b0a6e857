package org.lanewise.cli.boost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.EvaluationHistory;
import org.lanewise.boosting.Importance;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.table.BoostMetrics;
import org.lanewise.boosting.table.TableModel;
import org.lanewise.boosting.table.TableTarget;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.FitFigures;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.search.Searched;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/**
 * The figures of a training or an evaluation as a table and as a page.
 */
final class BoostReport {
    private static final List<String> PARTS = List.of("train", "valid", "test");
    /** Figures that are good when small, by how they begin. */
    private static final List<String> LOSSES = List.of("rmse", "mae", "mape", "log_loss", "brier", "ece", "nloglik",
            "poisson_deviance", "gamma_deviance");
    private static final int BARS = 20;
    private static final int POINTS = 3000;
    private static final int MOST_CLASSES = 12;

    private final TableModel model;
    private final Map<String, BoostMetrics> scores;
    private final JsonNode metrics;

    /**
     * @param scores  by part: train, valid, test
     * @param metrics as of {@link #metrics}
     */
    BoostReport(TableModel model, Map<String, BoostMetrics> scores, Map<String, Object> metrics) {
        this.model = model;
        this.scores = scores;
        this.metrics = JsonFiles.tree(metrics);
    }

    /**
     * What {@code metrics.json} holds.
     *
     * @param judged the part with intervals
     */
    static Map<String, Object> metrics(TableModel model, Map<String, BoostMetrics> scores, long seed, String judged) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("target", model.target().target());
        metrics.put("objective", model.model().objective());
        if (!model.target().classes().isEmpty()) metrics.put("classes", model.target().classes());
        for (String part : PARTS) {
            BoostMetrics s = scores.get(part);
            if (s != null) metrics.put(part, s.block(part.equals(judged) || part.equals("test"), seed));
        }
        metrics.put("rounds", model.model().rounds());
        metrics.put("best_round", model.model().bestRound());
        metrics.put("leaves", leaves(model.model()));
        return metrics;
    }

    /** A row for each part and figure. */
    ConsoleTable table() {
        boolean linear = PARTS.stream().anyMatch(part -> metrics.at("/" + part + "/linear").isObject());
        List<String> header = new ArrayList<>(List.of("rows", "n", "figure", "model", "95 % interval",
                model.yardstick().baselineName(), "better by"));
        if (linear) header.addAll(List.of("elastic net", "better by"));
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        for (String part : PARTS) {
            if (!scores.containsKey(part)) continue;
            for (String figure : scores.get(part).shown()) {
                JsonNode ends = metrics.at("/" + part + "/intervals/" + figure);
                List<Object> row = new ArrayList<>(List.of(part, Quantity.count(scores.get(part).label().length),
                        figure, number(part, figure),
                        ends.isArray() ? number(ends.get(0)) + " to " + number(ends.get(1)) : "",
                        number(part + "/baseline", figure), gain(part, part + "/baseline", figure)));
                if (linear)
                    row.addAll(metrics.at("/" + part + "/linear").isObject()
                            ? List.of(number(part + "/linear", figure), gain(part, part + "/linear", figure))
                            : List.of("", ""));
                table.row(row.toArray());
            }
        }
        return table;
    }

    /** How much better, whichever direction is good, with its interval over the same resamples. */
    private String gain(String part, String other, String figure) {
        JsonNode ends = metrics.at("/" + other + "/gain/" + figure);
        if (!ends.isArray()) ends = metrics.at("/" + part + "/gain/" + figure);
        if (!ends.isArray()) return "";
        double sign = LOSSES.stream().anyMatch(figure::startsWith) ? -1 : 1;
        double by = sign * (metrics.at("/" + part + "/" + figure).asDouble(Double.NaN)
                - metrics.at("/" + other + "/" + figure).asDouble(Double.NaN));
        double low = sign * ends.get(sign < 0 ? 1 : 0).asDouble(Double.NaN);
        double high = sign * ends.get(sign < 0 ? 0 : 1).asDouble(Double.NaN);
        return number(by) + " (" + number(low) + " to " + number(high) + ")";
    }

    private String number(String part, String figure) {
        return number(metrics.at("/" + part + "/" + figure));
    }

    /** Five digits that count. */
    private static String number(JsonNode node) {
        return node.isNumber() ? number(node.asDouble()) : "–";
    }

    private static String number(double value) {
        int decimals = value == 0 ? 4 : Math.clamp(4 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 6);
        return Quantity.figure(value, decimals);
    }

    /** The part that tells most: rows not used for anything, if there are any. */
    private String best() {
        return scores.containsKey("test") ? "test" : scores.containsKey("valid") ? "valid" : "train";
    }

    HtmlReport page(String title, String source, Provenance provenance, Searched<?> found) {
        String part = best();
        List<Tile> tiles = new ArrayList<>();
        for (String figure : scores.get(part).shown()) {
            tiles.add(new Tile(figure + ", " + part, number(part, figure), "",
                    metrics.at("/" + part + "/baseline/" + figure).isNumber()
                            ? "baseline " + number(part + "/baseline", figure)
                            : ""));
        }
        tiles.add(new Tile("Trees", Quantity.count(model.model().bestRound() * (long) model.model().scores()), "",
                Quantity.count(leaves(model.model())) + " leaves"));
        HtmlReport report = HtmlReport.titled(title,
                model.target().target() + ", " + model.model().objective() + ", " + source)
                .tiles(tiles.toArray(Tile[]::new));
        report.section("How good it is").table("Beside predicting without looking at the row ("
                + model.yardstick().baselineName() + "). Intervals are of 95 % and by bootstrap; those of differences "
                + "resample both together.", table());
        if (metrics.at("/" + part + "/linear").isObject())
            report.note("The elastic net was trained on the same rows and chose its penalty by cross-validation"
                    + (part.equals("test") ? "." : ", of which its figures are: they are a little too good."));
        if (found != null && scores.containsKey("valid"))
            report.note("Settings were chosen by the valid rows: their figures are somewhat too good.");
        if (part.equals("train")) report.note("Only the training rows were measured: expect less on others.");
        report.figures(quality(scores.get(part), part).toArray(Figure[]::new));
        if (model.target().kind() == TableTarget.Kind.MULTICLASS && model.target().classes().size() <= MOST_CLASSES)
            report.table("True classes (rows) against likeliest ones, " + part + ".", confusion(scores.get(part)));
        if (found != null) found.addTo(report);
        if (!model.model().history().curves().isEmpty()) report.section("Training").figures(curves());
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
        for (EvaluationHistory.Curve curve : model.model().history().curves()) {
            byMetric.computeIfAbsent(curve.metric(), _ -> new LinkedHashMap<>()).put(curve.evaluation(),
                    curve.values());
        }
        return byMetric.entrySet().stream().map(e -> new Figure(
                Charts.learningCurves("round", e.getKey(), e.getValue(), model.model().bestRound()),
                "After each round; the marked one is the last that predictions use."
                        + (e.getKey().equals("cox") ? " The level depends on how many rows are at risk." : "")))
                .toArray(Figure[]::new);
    }

    private Figure importance(Importance kind, String what) {
        double[] values = model.model().importance(kind);
        double total = Math.max(Arrays.stream(values).sum(), Double.MIN_NORMAL);
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int j = 0; j < values.length; j++) {
            if (values[j] > 0) byName.put(model.model().features().get(j).name(), values[j] / total);
        }
        return new Figure(Charts.importance(what, byName, BARS),
                byName.size() > BARS ? "The " + BARS + " largest of " + byName.size() + "." : "All features in use.");
    }

    // ---------------------------------------------------------------------------------------------- quality

    private List<Figure> quality(BoostMetrics s, String part) {
        return switch (model.target().kind()) {
            case REGRESSION -> regression(s, part);
            case SURVIVAL, TIME -> List.of(survival(s, part));
            case RANKING -> List.of(new Figure(Charts.histogram(s.prediction(), "score"), "Scores of " + part + "."));
            case BINARY -> List.of(calibration(s, part, 0, model.target().classes().get(1)));
            case MULTICLASS -> {
                List<Figure> figures = new ArrayList<>();
                for (int c = 0; c < Math.min(4, model.target().classes().size()); c++)
                    figures.add(calibration(s, part, c, model.target().classes().get(c)));
                yield figures;
            }
        };
    }

    /** Of long tables every so-manieth row. */
    private static List<Figure> regression(BoostMetrics s, String part) {
        int n = s.label().length;
        int step = Math.max(1, (n + POINTS - 1) / POINTS);
        double[] truth = new double[(n + step - 1) / step];
        double[] predicted = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = s.label()[i * step];
            predicted[i] = s.prediction()[i * step];
        }
        return FitFigures.numbers(truth, predicted, s.target().target().isEmpty() ? "target" : s.target().target(),
                part);
    }

    private static Figure survival(BoostMetrics s, String part) {
        boolean times = s.target().kind() == TableTarget.Kind.TIME; // who is to live long has a low risk
        double[] risk = Arrays.stream(s.prediction()).map(p -> times ? -p : p).toArray();
        return FitFigures.survival(TableTarget.survival(s.label()), risk, s.target().target(), part);
    }

    private static Figure calibration(BoostMetrics s, String part, int c, String name) {
        double[] p = probabilities(s)[c];
        int code = p.length == s.prediction().length ? 1 : c;
        boolean[] is = new boolean[p.length];
        for (int i = 0; i < p.length; i++) is[i] = s.label()[i] == code;
        return FitFigures.calibration(p, is, s.weight(), name, part);
    }

    private ConsoleTable confusion(BoostMetrics s) {
        int[] actual = Arrays.stream(s.label()).mapToInt(y -> (int) y).toArray();
        return FitFigures.confusion(model.target().classes(), actual, probabilities(s));
    }

    /** By class, then row; of two classes the second one's alone. */
    private static double[][] probabilities(BoostMetrics s) {
        int k = s.prediction().length / s.label().length;
        double[][] p = new double[k][s.label().length];
        for (int i = 0; i < s.label().length; i++)
            for (int c = 0; c < k; c++) p[c][i] = s.prediction()[i * k + c];
        return p;
    }
}
