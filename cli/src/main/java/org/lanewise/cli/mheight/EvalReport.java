package org.lanewise.cli.mheight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.Plot;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.MHeightEvaluation;
import org.lanewise.mheight.MHeightModel;
import org.lanewise.mheight.SplitEvaluation;
import org.lanewise.mheight.network.LearnedMinor;
import org.lanewise.mheight.network.SubmatrixNetwork;

/**
 * An evaluation as text and as a page.
 */
final class EvalReport {
    private final MHeightModel model;
    private final MHeightEvaluation result;
    private final EvalTables tables;

    EvalReport(MHeightModel model, MHeightEvaluation result) {
        this.model = model;
        this.result = result;
        tables = new EvalTables(result);
    }

    /** What the console shows. */
    String text() {
        StringBuilder text = new StringBuilder(tables.groups().toText()).append('\n');
        if (result.law().isPresent()) {
            text.append(tables.verdict()).append("\n\n").append(tables.published().toText())
                    .append("* measured on other codes, or on rows that training had seen\n\n");
        }
        text.append(tables.tails().toText()).append('\n').append(tables.deciles().toText()).append('\n');
        result.split().ifPresent(split -> text.append(EvalTables.shared(split)).append("\n\n")
                .append(tables.split(split).toText()).append('\n').append(tables.targets(split).toText())
                .append(EvalTables.aboutTargets(split)).append("\n\n"));
        List<LearnedMinor> minors = minors();
        if (!minors.isEmpty()) text.append(EvalTables.minors(minors).toText()).append('\n');
        return text.append(speed()).toString();
    }

    /** Of t1; empty for others. */
    private List<LearnedMinor> minors() {
        return model instanceof MHeightModel.Stream stream && stream.network() instanceof SubmatrixNetwork network
                ? network.learnedMinors()
                : List.of();
    }

    private String speed() {
        return "the model predicts " + Quantity.rate(result.matricesPerSecond()) + ", the exact solver "
                + Quantity.rate(result.exactPerSecond()) + " (codes, all heights)";
    }

    /** Truth and prediction of some codes of each group. */
    double[][] points() {
        List<float[]> all = new ArrayList<>();
        for (MHeightEvaluation.Score s : result.scores())
            for (int i = 0; i < s.truth().length; i++) all.add(new float[] {s.truth()[i], s.predicted()[i]});
        double[][] points = new double[2][all.size()];
        for (int i = 0; i < all.size(); i++) {
            points[0][i] = all.get(i)[0];
            points[1][i] = all.get(i)[1];
        }
        return points;
    }

    /** @param curves of a training, or empty */
    HtmlReport page(Map<String, Map<String, double[]>> curves, Provenance provenance) {
        HtmlReport report = HtmlReport
                .titled("m-height: " + model.config().variant().label(), "codes " + result.source() + ", exact labels")
                .tiles(new HtmlReport.Tile("log2-MSE", EvalTables.figure(result.log2Mse()), "", "mean of the groups"),
                        new HtmlReport.Tile("variance", EvalTables.figure(result.variance()), "",
                                "what predicting nothing leaves"),
                        new HtmlReport.Tile("parameters", Quantity.count(model.parameterCount()), "", ""),
                        new HtmlReport.Tile("codes a second", Quantity.count((long) result.matricesPerSecond()), "",
                                "exact: " + Quantity.count((long) result.exactPerSecond())));
        report.section("Groups").table("Mean squared error of log2 h on codes never trained on", tables.groups());
        if (result.exactPerSecond() > result.matricesPerSecond())
            report.note("The exact solver is faster than this network: use `lanewise mheight exact` for values.");
        if (result.law().isPresent()) published(report);
        double[][] points = points();
        report.section("Predictions").figures(new HtmlReport.Figure(
                Charts.predictedAgainstObserved(points[0], points[1], "true log2 h", "predicted log2 h"),
                "Some codes of each group."));
        tails(report);
        calibration(report);
        result.split().ifPresent(split -> split(report, split));
        if (!minors().isEmpty())
            report.section("What was found")
                    .paragraph(
                            "The network sums products of entries with coefficients that started random. If those of a "
                                    + "submatrix are equal but for the signs of the permutations, the sum is a multiple of its minor, "
                                    + "which nobody told it.")
                    .table("Largest deviation of a coefficient from that, as a part of their mean",
                            EvalTables.minors(minors()));
        if (!curves.isEmpty()) {
            report.section("Training");
            curves.forEach((network, metrics) -> report.figures(new HtmlReport.Figure(
                    Charts.learningCurves("epoch", "log2-MSE", history(metrics), 0), network)));
        }
        return report.provenance(provenance.facts());
    }

    private void published(HtmlReport report) {
        report.section("Beside public networks").paragraph(sentence(tables.verdict()))
                .table("log2-MSE as published; * measured on other codes, or on rows that training had seen",
                        tables.published())
                .table("What they are and what they were measured on", tables.sources());
    }

    private void tails(HtmlReport report) {
        report.section("Tails")
                .paragraph("Prob(h > x) falls as x^-a with a = n - k - m + 1: the smaller a, the heavier "
                        + "the tail and the harder the group.")
                .table(
                        "All codes of the groups of one a; variance about each group's own mean; residuals are prediction less truth",
                        tables.tails());
        List<MHeightEvaluation.Tail> tails = result.tails();
        double[] a = tails.stream().mapToDouble(MHeightEvaluation.Tail::codimension).toArray();
        report.figures(new HtmlReport.Figure(
                Plot.of("exponent a of the tail", "predicted less true log2 h").rule(0, 0, null, null)
                        .whiskers(a, tails.stream().mapToDouble(MHeightEvaluation.Tail::low).toArray(),
                                tails.stream().mapToDouble(MHeightEvaluation.Tail::high).toArray(), 1)
                        .points(a, tails.stream().mapToDouble(MHeightEvaluation.Tail::bias).toArray(), 1, "mean")
                        .xRange(a[0] - .5, a[a.length - 1] + .5).toSvg(),
                "Residuals by a: mean, and nine tenths of the codes."));
    }

    private void calibration(HtmlReport report) {
        report.section("Calibration").table("Codes of all groups by tenths of the true height", tables.deciles());
        double[] truth = result.deciles().stream().mapToDouble(MHeightEvaluation.Decile::truth).toArray();
        double[] said = result.deciles().stream().mapToDouble(MHeightEvaluation.Decile::predicted).toArray();
        report.figures(new HtmlReport.Figure(Plot.of("mean true log2 h", "mean predicted log2 h").square()
                .rule(1, 0, null, "equal").line(truth, said, 1, null).points(truth, said, 1, "tenths").toSvg(),
                "Means within each tenth."));
    }

    private void split(HtmlReport report, SplitEvaluation split) {
        report.section("Own validation rows");
        String shared = sentence(EvalTables.shared(split));
        if (split.leak())
            report.note(shared);
        else
            report.paragraph(shared);
        report.table("The same model on its validation rows and on fresh codes", tables.split(split))
                .table("Limits of the published monitoring", tables.targets(split))
                .paragraph(EvalTables.aboutTargets(split));
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /** The two curves of a training's history. */
    static Map<String, double[]> history(Map<String, double[]> metrics) {
        Map<String, double[]> two = new LinkedHashMap<>();
        two.put("training", metrics.getOrDefault("train_log2_mse", new double[0]));
        two.put("validation", metrics.get("val_log2_mse"));
        return two;
    }
}
