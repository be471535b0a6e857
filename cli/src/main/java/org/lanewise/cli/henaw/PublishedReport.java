package org.lanewise.cli.henaw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.published.PublishedEvaluator;
import org.lanewise.henaw.published.PublishedModel;

/** What the published variant reaches, beside simple methods, and why it reaches no more. */
final class PublishedReport {
    /** Mean absolute error and rank of events that the published system reported. */
    private static final String REPORTED = "6.592 years reported";

    private PublishedReport() {}

    /** @param curves loss and validation error by epoch; may be empty */
    static HtmlReport of(String title, PublishedModel model, Cohort people, Map<String, Object> metrics,
            Map<String, double[]> curves) {
        Map<String, Object> age = tree(metrics, "age");
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile("Error of age", figure(age, "mae"), "years", REPORTED));
        tiles.add(new Tile("Guessing the median", figure(age, "median_guess_mae"), "years", "the same people"));
        if (age.get("ols_mae") != null)
            tiles.add(new Tile("Least squares", figure(age, "ols_mae"), "years", "nine markers"));
        HtmlReport report = HtmlReport.titled(title, people.source() + ", " + people.size() + " people")
                .tiles(tiles.toArray(Tile[]::new));
        report.section("Age and mortality").table("Errors on people that training has not seen.", table(metrics));
        report.figures(new Figure(Charts.predictedAgainstObserved(people.age(), model.predict(people).age(),
                "age (years)", "age guessed by the network (years)"), "Every point is a person."));
        if (!curves.isEmpty()) {
            List<Figure> figures = new ArrayList<>();
            curves.forEach((name, values) -> figures.add(new Figure(
                    Charts.learningCurves("epoch", name.replace('_', ' '), Map.of(name.replace('_', ' '), values), 0),
                    name.equals("val_mse")
                            ? "Squared error of age on the rows that choose the epoch."
                            : "Loss on the training rows.")));
            report.section("Training").figures(figures.toArray(Figure[]::new));
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        model.weights().forEach((marker, weight) -> weights.put(marker.shortName(), weight));
        report.section("What is wrong with it").figures(
                new Figure(Charts.importance("share of the adaptive weight", weights, weights.size()),
                        "The adaptive weighting before the age gate."));
        PublishedEvaluator.collapsedOnto(model)
                .ifPresent(marker -> report.note("The weighting takes the coefficient of "
                        + "variation of standardised values, whose mean is nearly 0: all weight has gone to "
                        + marker.shortName()
                        + ", and which marker wins is luck. Train without --variant published for the repaired network."));
        return report;
    }

    static ConsoleTable table(Map<String, Object> metrics) {
        Map<String, Object> age = tree(metrics, "age");
        ConsoleTable table = ConsoleTable.of("figure", "value", "beside it");
        table.row("mean absolute error (years)", figure(age, "mae"), "guessing the median "
                + figure(age, "median_guess_mae")
                + (age.get("ols_mae") == null ? "" : ", least squares " + figure(age, "ols_mae")));
        table.row("RMSE (years)", figure(age, "rmse"), "8.050 reported");
        table.row("r", figure(age, "r"), "0.543 reported");
        table.row("mean gap (years)", figure(age, "mean_gap"), "-3.29 reported");
        if (metrics.get("mortality") != null) {
            Map<String, Object> mortality = tree(metrics, "mortality");
            table.row("C of the log hazard", figure(mortality, "c"), "age " + figure(mortality, "c_age"));
        }
        table.row("largest shift without age (years)", figure(tree(metrics, "faults"), "largest_shift_without_age"),
                "0 if the gate were not used");
        return table;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Map<String, Object> metrics, String key) {
        return (Map<String, Object>) metrics.get(key);
    }

    private static String figure(Map<String, Object> values, String key) {
        return Quantity.figure(((Number) values.get(key)).doubleValue(), 3);
    }
}
