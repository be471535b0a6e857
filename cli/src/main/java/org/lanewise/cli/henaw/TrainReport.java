package org.lanewise.cli.henaw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.selection.Comparison;
import org.lanewise.tabular.metrics.Quantiles;

/**
 * The report of a training: who was in the data, and how the training went.
 */
final class TrainReport {
    private TrainReport() {}

    /** @param comparison the cross-validation that chose the settings; null if there was none */
    static HtmlReport of(HenawModel model, Cohort people, List<TrainingCurves.Curve> curves, double seconds,
            Comparison comparison, Provenance provenance) {
        long deaths = IntStream.range(0, people.size()).filter(i -> people.event(i) == 1).count();
        List<Tile> tiles = new ArrayList<>(List.of(
                new Tile("People", Quantity.count(people.size()), "", fileName(people.source())),
                new Tile("Age", Quantity.figure(Quantiles.median(present(people.age())), 0), "years",
                        "median; " + range(people.age()))));
        if (people.hasOutcomes()) tiles.add(new Tile("Deaths", Quantity.count(deaths), "", "in the whole follow-up"));
        tiles.add(new Tile("Training", Quantity.duration(seconds), "", networks(model)));
        HtmlReport report = HtmlReport
                .titled("HENAW: training", (model.hasMortality()
                        ? "Biological age from the risk of death"
                        : "Biological age from markers and sex") + ", " + people.source())
                .tiles(tiles.toArray(Tile[]::new));
        report.section("Training").figures(curves.stream().map(TrainReport::figure).toArray(Figure[]::new));
        report.note(
                "These are figures of the training itself. How good the model is, `lanewise henaw eval` tells on people it has not seen.");
        if (comparison != null) {
            report.section("Choice of the settings").table(ComparisonTable.caption(comparison),
                    ComparisonTable.of(comparison));
        }
        report.section("People").table("What was measured, in the units used inside.", contents(people))
                .figures(new Figure(Charts.histogram(people.age(), "age (years)"), "Ages."));
        return report.provenance(provenance.facts());
    }

    private static Figure figure(TrainingCurves.Curve curve) {
        boolean loss = curve.metric().equals("train_loss");
        String metric = loss ? "training loss" : "squared error of age";
        return new Figure(Charts.learningCurves("epoch", metric, Map.of(metric, curve.mean()), 0), loss
                ? "Training loss, mean over the " + curve.ensemble() + " networks."
                : "On the rows that choose the epoch.");
    }

    /** What a tile has room for. */
    private static String fileName(String source) {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    private static String networks(HenawModel model) {
        return model.networks() == 1 ? "1 network" : model.networks() + " networks";
    }

    private static double[] present(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    private static String range(double[] values) {
        double[] sorted = present(values);
        Arrays.sort(sorted);
        return sorted.length == 0
                ? ""
                : Quantity.figure(sorted[0], 0) + " to " + Quantity.figure(sorted[sorted.length - 1], 0);
    }

    /** One row per column: how many have it, and its usual values. */
    static ConsoleTable contents(Cohort people) {
        ConsoleTable table = ConsoleTable.of("column", "unit", "people", "missing", "5 %", "median", "95 %");
        addRow(table, "age", "years", people.age());
        for (Marker marker : people.present()) {
            addRow(table, marker.shortName(), marker.canonicalUnit().name(), people.column(marker));
        }
        if (people.hasOutcomes()) addRow(table, "follow-up", "years", people.time());
        return table;
    }

    private static void addRow(ConsoleTable table, String name, String unit, double[] values) {
        double[] present = present(values);
        List<String> quantiles = IntStream.of(5, 50, 95).mapToObj(p -> present.length == 0
                ? null
                : Quantity.figure(Quantiles.of(present, p / 100.0), 1)).toList();
        table.row(name, unit, Quantity.count(present.length), Quantity.count(values.length - present.length),
                quantiles.get(0), quantiles.get(1), quantiles.get(2));
    }
}
