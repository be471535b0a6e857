package org.lanewise.cli.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.lanewise.cli.report.FitFigures;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.Family;
import org.lanewise.linear.Response;
import org.lanewise.linear.table.LinearMetrics;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.Table;

/**
 * The pages of a training and of an evaluation: how good, which alpha, which coefficients.
 */
final class LinearReport {
    private static final int MOST_CLASSES = 30;
    private static final int MOST_CALIBRATIONS = 4;

    static final String TOO_EARLY = "The deviance is least at the end of the path: a weaker penalty may do better "
            + "(a smaller alphaRatio).";

    private final Measured measured;
    private final TableModel model;

    LinearReport(Measured measured) {
        this.measured = measured;
        model = measured.model();
    }

    /** The page of a training. */
    HtmlReport training(LinearTrainer.Trained trained, Table table, Provenance provenance) {
        HtmlReport report = begin("Elastic net: training", table.source());
        if (measured.best().equals("valid"))
            report.note("The rows held out were predicted by folds that did not train on them, but they chose alpha. "
                    + "Expect slightly less on new rows; --test measures it.");
        ElasticNetCv.Result cv = trained.cv();
        PathFigures path = new PathFigures(cv);
        CoefficientTable coefficients = new CoefficientTable(model, table);
        int output = PathFigures.liveliest(model.model(), coefficients.spread());
        report.section("Choice of alpha").figures(path.deviance(), path.sizes());
        if (endsTooEarly(trained)) report.note(TOO_EARLY);
        report.section("Coefficients").figures(path.coefficients(output,
                model.model().outputs() == 1 ? "" : " of class " + model.classes().get(output), trained.chosen(),
                model.columns(), coefficients.spread()));
        report.table(coefficients.caption(), coefficients.table());
        return report.provenance(provenance.facts());
    }

    /** Whether the best alpha may lie beyond the last one. */
    static boolean endsTooEarly(LinearTrainer.Trained trained) {
        ElasticNetCv.Result cv = trained.cv();
        return trained.model().config().grid().isEmpty()
                && cv.index(ElasticNetCv.AlphaRule.MIN) == cv.path().size() - 1;
    }

    /** The page of an evaluation. */
    HtmlReport evaluation(Table table, Provenance provenance) {
        return begin("Elastic net: evaluation", table.source()).provenance(provenance.facts());
    }

    private HtmlReport begin(String title, String source) {
        Family family = model.model().family();
        String best = measured.best();
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile("Rows", Quantity.count(measured.part(best).table().rows()), "", Measured.words(best)));
        LinearMetrics.shown(family).stream().limit(2).forEach(figure -> tiles.add(new Tile(figure,
                number(measured.figure(best, figure)), "",
                "without predictors " + number(measured.figure(best, "baseline", figure)))));
        tiles.add(new Tile("Coefficients", Quantity.count(model.model().selected().length), "",
                "of " + model.columns().size() + " columns"));
        tiles.add(new Tile("Alpha", number(model.alpha()), "",
                model.config().rule() == ElasticNetCv.AlphaRule.MIN
                        ? "of least deviance"
                        : "within one standard error"));
        HtmlReport report = HtmlReport.titled(title, family + " model of " + model.roles().target() + ", " + source)
                .tiles(tiles.toArray(Tile[]::new));
        report.section("How good it is").table("Beside a model without predictors: "
                + (family instanceof Family.Cox ? "one risk for all." : "mean, rate or shares of the training rows."),
                measured.table());
        quality(report, measured.part(best), Measured.words(best));
        return report;
    }

    private void quality(HtmlReport report, Measured.Part part, String rows) {
        Response truth = LinearMetrics.response(part.table(), model);
        switch (model.model().family()) {
            case Family.Gaussian _,Family.Huber _,Family.Poisson _ -> report.figures(FitFigures
                    .numbers(truth.y(), part.means()[0], model.roles().target(), rows).toArray(Figure[]::new));
            case Family.Binomial _ -> report.figures(calibration(truth, part.means()[0], 1, rows));
            case Family.Cox _ -> report.figures(
                    FitFigures.survival(truth.survival(), part.means()[0], model.roles().target(), rows));
            case Family.Multinomial _ -> {
                List<Figure> figures = new ArrayList<>();
                for (int k = 0; k < Math.min(MOST_CALIBRATIONS, model.classes().size()); k++)
                    figures.add(calibration(truth, part.means()[k], k, rows));
                report.figures(figures.toArray(Figure[]::new));
                if (model.classes().size() <= MOST_CLASSES)
                    report.table("True classes (down) and likeliest ones (across), " + rows + ".", FitFigures.confusion(
                            model.classes(), Arrays.stream(truth.y()).mapToInt(v -> (int) v).toArray(), part.means()));
            }
        }
    }

    private Figure calibration(Response truth, double[] probability, int code, String rows) {
        boolean[] is = new boolean[probability.length];
        for (int i = 0; i < is.length; i++) is[i] = truth.y()[i] == code;
        return FitFigures.calibration(probability, is, truth.weights(), model.classes().get(code), rows);
    }

    /** Four digits that count. */
    static String number(Number figure) {
        if (figure == null || !Double.isFinite(figure.doubleValue())) return "–";
        double value = figure.doubleValue();
        double size = Math.abs(value);
        if (size != 0 && size < 1e-4) return String.format(java.util.Locale.ROOT, "%.2e", value);
        int decimals = size == 0 ? 0 : Math.clamp(3 - (int) Math.floor(Math.log10(size)), 0, 6);
        return Quantity.figure(value, decimals);
    }
}
