package org.lanewise.cli.mheight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.Plot;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.MHeightEvaluator;
import org.lanewise.mheight.MHeightModel;

/**
 * An evaluation as tables and as a page: every error beside the variance of the labels and the training mean.
 */
final class EvalReport {
    private final MHeightModel model;
    private final MHeightEvaluator.Evaluation result;

    EvalReport(MHeightModel model, MHeightEvaluator.Evaluation result) {
        this.model = model;
        this.result = result;
    }

    /** One row for each group, and one for their mean. */
    ConsoleTable groups() {
        ConsoleTable table = ConsoleTable.of("(k,m)", "a", "codes", "log2-MSE", "variance", "training mean",
                "MSE / variance");
        for (MHeightEvaluator.Score s : result.scores())
            table.row(s.group(), s.group().codimension(), Quantity.count(s.rows()), figure(s.log2Mse()),
                    figure(s.variance()), figure(s.meanMse()), figure(s.log2Mse() / s.variance()));
        table.row("mean of groups", "", "", figure(result.log2Mse()), figure(result.variance()),
                figure(result.meanMse()), figure(result.log2Mse() / result.variance()));
        return table;
    }

    /** The error by the true height. */
    ConsoleTable deciles() {
        ConsoleTable table = ConsoleTable.of("tenth", "codes", "mean true log2", "mean predicted", "log2-MSE");
        int number = 1;
        for (MHeightEvaluator.Decile d : result.deciles())
            table.row(number++, Quantity.count(d.rows()), figure(d.truth()), figure(d.predicted()),
                    figure(d.log2Mse()));
        return table;
    }

    private static String figure(double value) {
        return Quantity.figure(value, Math.abs(value) < .01 ? 6 : 3);
    }

    /** How fast the model and the exact solver are. */
    String speed() {
        return "the model predicts " + Quantity.rate(result.matricesPerSecond()) + ", the exact solver "
                + Quantity.rate(result.exactPerSecond()) + " (codes, all heights)";
    }

    /** Truth and prediction of some codes of each group. */
    double[][] points() {
        List<float[]> all = new ArrayList<>();
        for (MHeightEvaluator.Score s : result.scores())
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
                .tiles(new HtmlReport.Tile("log2-MSE", figure(result.log2Mse()), "", "mean of the groups"),
                        new HtmlReport.Tile("variance", figure(result.variance()), "",
                                "what predicting nothing leaves"),
                        new HtmlReport.Tile("parameters", Quantity.count(model.parameterCount()), "", ""),
                        new HtmlReport.Tile("codes a second", Quantity.count((long) result.matricesPerSecond()), "",
                                "exact: " + Quantity.count((long) result.exactPerSecond())));
        report.section("Groups").table("Mean squared error of log2 h on codes never trained on", groups());
        if (result.exactPerSecond() > result.matricesPerSecond())
            report.note("The exact solver is faster than this network: use `lanewise mheight exact` for values.");
        double[][] points = points();
        report.section("Predictions").figures(new HtmlReport.Figure(
                Charts.predictedAgainstObserved(points[0], points[1], "true log2 h", "predicted log2 h"),
                "Some codes of each group."));
        report.section("Calibration").table("Codes of all groups by tenths of the true height", deciles());
        double[] truth = result.deciles().stream().mapToDouble(MHeightEvaluator.Decile::truth).toArray();
        double[] said = result.deciles().stream().mapToDouble(MHeightEvaluator.Decile::predicted).toArray();
        report.figures(new HtmlReport.Figure(Plot.of("mean true log2 h", "mean predicted log2 h").square()
                .rule(1, 0, null, "equal").line(truth, said, 1, null).points(truth, said, 1, "tenths").toSvg(),
                "Means within each tenth."));
        if (!curves.isEmpty()) {
            report.section("Training");
            curves.forEach((network, metrics) -> report.figures(new HtmlReport.Figure(
                    Charts.learningCurves("epoch", "log2-MSE", history(metrics), 0), network)));
        }
        return report.provenance(provenance.facts());
    }

    /** The two curves of a training's history. */
    static Map<String, double[]> history(Map<String, double[]> metrics) {
        Map<String, double[]> two = new LinkedHashMap<>();
        two.put("training loss", metrics.get("train_loss"));
        two.put("validation", metrics.get("val_log2_mse"));
        return two;
    }
}
