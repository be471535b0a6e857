package org.lanewise.cli.henaw;

import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.report.BarChart;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.data.Disease;
import tools.jackson.databind.JsonNode;

/** What the published variant reaches beside what was reported of it, and why it reaches no more. */
final class PublishedFaults {
    static final String CAPTION = "The published variant beside what was reported of it.";
    static final String UNTRAINED = "Heads for diseases that have seen no label in training say nothing: their probabilities are called untrained.";

    /** A weight above which the other markers count for nothing. */
    private static final double ALL = 0.9;

    private PublishedFaults() {}

    /** The figures that were reported, and those that show the faults. */
    static ConsoleTable table(JsonNode metrics) {
        ConsoleTable table = ConsoleTable.of("figure", "here", "reported");
        table.row("mean absolute error (years)", figure(metrics, "/age/mae"), "6.592");
        table.row("RMSE (years)", figure(metrics, "/age/rmse"), "8.050");
        table.row("r", figure(metrics, "/age/r"), "0.543");
        table.row("mean gap (years)", figure(metrics, "/age/mean_gap"), "-3.29");
        table.row("C of the log hazard", figure(metrics, "/mortality/all/c"), "0.485, without time");
        String heaviest = heaviest(metrics);
        table.row("share of the weight on " + heaviest, figure(metrics, "/faults/marker_weights/" + heaviest), "");
        table.row("largest shift without age (years)", figure(metrics, "/faults/largest_shift_without_age"), "");
        return table;
    }

    /** Why it is so, in a sentence. */
    static String reason(JsonNode metrics) {
        String heaviest = heaviest(metrics);
        return metrics.at("/faults/marker_weights/" + heaviest).asDouble(0) < ALL
                ? "The adaptive weighting has not collapsed onto one marker yet."
                : "The adaptive weighting takes the coefficient of variation of standardised values, whose mean is nearly 0: "
                        + "all weight has gone to " + heaviest + ", and which marker wins is luck. "
                        + "Train without --variant published for the repaired network.";
    }

    /** Adds a section. */
    static void addTo(HtmlReport report, JsonNode metrics) {
        Map<String, Double> weights = new LinkedHashMap<>();
        metrics.at("/faults/marker_weights").properties()
                .forEach(weight -> weights.put(weight.getKey(), weight.getValue().asDouble(Double.NaN)));
        BarChart chart = BarChart.of("share of the adaptive weight");
        weights.forEach(chart::bar);
        report.section("What is wrong with it").table(CAPTION, table(metrics))
                .figures(new Figure(chart.toSvg(), "The adaptive weighting before the age gate."))
                .note(reason(metrics));
        if (metrics.at("/faults/diseases_trained").size() < Disease.values().length) report.note(UNTRAINED);
    }

    private static String heaviest(JsonNode metrics) {
        return metrics.at("/faults/marker_weights").properties().stream()
                .max(Map.Entry.comparingByValue((a, b) -> Double.compare(a.asDouble(0), b.asDouble(0))))
                .map(Map.Entry::getKey).orElse("");
    }

    private static String figure(JsonNode metrics, String pointer) {
        return Quantity.figure(metrics.at(pointer).asDouble(Double.NaN), 3);
    }
}
