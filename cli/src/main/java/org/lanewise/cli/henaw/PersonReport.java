package org.lanewise.cli.henaw;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.cli.report.BarChart;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.EnsembleModel;
import org.lanewise.henaw.HenawExplainer;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.PublishedModel;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * A page about one person: the figures, and what drives them.
 */
final class PersonReport {
    private static final int OLDER = 2;
    private static final int YOUNGER = 3;

    private PersonReport() {}

    static HtmlReport of(HenawModel model, Cohort person, Provenance provenance) {
        HenawPredictor predictor = HenawPredictor.of(model);
        HenawPredictor.Prediction p = predictor.predict(person).row(0);
        List<Tile> tiles = tiles(model, person, p);
        HtmlReport report = HtmlReport.titled("Biological age of one person", "")
                .tiles(tiles.toArray(Tile[]::new)).section("What drives it");
        drivers(report, model, person, predictor.markers());
        if (p.filled() > 0) {
            report.note(p.filled()
                    + " of the model's markers were not measured. They were filled with what is expected from the "
                    + "others, age and sex.");
        }
        report.note("A statistical estimate from routine blood values. It is not a diagnosis.");
        return report.provenance(provenance.facts());
    }

    private static List<Tile> tiles(HenawModel model, Cohort person, HenawPredictor.Prediction p) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile("Biological age", Quantity.figure(p.biologicalAge(), 1), "years",
                "age " + Quantity.figure(person.age(0), 1)));
        switch (model) {
            case EnsembleModel ensemble -> {
                tiles.add(new Tile("Gap", signed(p.gap()), "years", "against what is usual at this age"));
                if (ensemble.hasMortality()) {
                    tiles.add(new Tile("Risk of death", Quantity.figure(100 * p.risk(), 1), "%",
                            "within " + Quantity.figure(model.config().horizonYears(), 0) + " years"));
                }
                String level = Quantity.figure(100 * model.config().intervalLevel(), 0) + " %";
                tiles.add(new Tile("Age as guessed", Quantity.figure(p.guessedAge(), 1), "years",
                        "from markers and sex alone; " + level + " interval " + Quantity.figure(p.lower(), 0) + " to "
                                + Quantity.figure(p.upper(), 0)));
            }
            case PublishedModel published -> {
                tiles.add(new Tile("Gap", signed(p.gap()), "years", "against the true age, as published"));
                if (published.hasMortality()) {
                    tiles.add(new Tile("Mortality score", Quantity.figure(p.logHazard(), 2), "",
                            "log hazard; ranks people, is no probability"));
                }
            }
        }
        return tiles;
    }

    private static void drivers(HtmlReport report, HenawModel model, Cohort person, List<Marker> markers) {
        HenawExplainer explainer = HenawExplainer.of(model);
        HenawExplainer.Explanation e = ExplainCommand.explain(explainer, person, 0);
        BarChart chart = BarChart.of("share of the " + explainer.figureName());
        for (Marker marker : ExplainCommand.byShare(e.shapley())) {
            double share = e.shapley().get(marker);
            chart.bar(marker.description(), share, Double.NaN, Double.NaN, share > 0 ? OLDER : YOUNGER);
        }
        BarChart systems = BarChart.of("share of the " + explainer.figureName());
        e.systems().forEach((organ, share) -> systems.bar(organ.label(), share, Double.NaN, Double.NaN,
                share > 0 ? OLDER : YOUNGER));
        report.paragraph(
                (model instanceof PublishedModel
                        ? "Someone of this age with average markers has a "
                        : "Someone of this age and sex of whom no marker is known has a ") + explainer.figureName()
                        + " of "
                        + Quantity.figure(e.usual(), 3) + ". The markers moved it to " + Quantity.figure(e.figure(), 3)
                        + ": bars to the right make older, bars to the left younger.")
                .figures(new Figure(chart.toSvg(), "Share of each marker (exact Shapley values)."),
                        new Figure(systems.toSvg(), "The same by organ system."));
        ConsoleTable table = ConsoleTable.of("marker", "value", "unit", "share");
        for (Marker marker : markers) {
            double value = person.value(marker, 0);
            table.row(marker.description(), Double.isNaN(value) ? null : Quantity.figure(value, 1),
                    marker.canonicalUnit().name(),
                    Quantity.figure(e.shapley().get(marker), 3));
        }
        report.table("Measured values and their shares.", table);
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + Quantity.figure(value, 1);
    }
}
