package org.lanewise.cli.henaw;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.Charts.SurvivalCurve;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.tabular.metrics.Quantiles;
import org.lanewise.tabular.survival.KaplanMeier;
import org.lanewise.tabular.survival.Survival;

/**
 * A page about many people: how biological age and its gap are spread, by decade, and survival by gap if there is any.
 */
final class PopulationReport {
    private static final double FAR = 5;
    private static final int CURVE_POINTS = 200;

    private PopulationReport() {}

    static HtmlReport of(HenawModel model, Cohort people, Provenance provenance) {
        HenawPredictor.Batch batch = HenawPredictor.of(model).predict(people);
        int[] known = IntStream.range(0, people.size()).filter(i -> Double.isFinite(batch.gap()[i])).toArray();
        double[] gap = pick(batch.gap(), known);
        HtmlReport report = HtmlReport.titled("Biological age of a population", people.source()).tiles(
                new Tile("People", Quantity.count(people.size()), "", people.size() - known.length == 0
                        ? ""
                        : Quantity.count(people.size() - known.length) + " without a figure"),
                new Tile("Gap", Quantity.figure(gap.length == 0 ? Double.NaN : Quantiles.median(gap), 1), "years",
                        "median"),
                new Tile("Younger", share(gap, -FAR, false), "%", "by more than 5 years"),
                new Tile("Older", share(gap, FAR, true), "%", "by more than 5 years"));
        report.section("Age").figures(
                new Figure(
                        Charts.predictedAgainstObserved(pick(people.age(), known), pick(batch.biologicalAge(), known),
                                "age (years)", "biological age (years)"),
                        "Biological age against age. Every point is a person."),
                new Figure(Charts.histogram(gap, "gap (years)"),
                        "How far biological age is from what is usual at a person's age."))
                .table("By decade of age.", decades(people, batch, known));
        if (people.hasOutcomes()) survival(report, people, batch.gap(), known);
        return report.provenance(provenance.facts());
    }

    private static ConsoleTable decades(Cohort people, HenawPredictor.Batch batch, int[] known) {
        ConsoleTable table = ConsoleTable.of("age", "people", "biological age, median", "gap, 10 %", "gap, median",
                "gap, 90 %");
        for (int decade = 0; decade < 13; decade++) {
            int from = 10 * decade;
            int[] rows = Arrays.stream(known).filter(i -> people.age(i) >= from && people.age(i) < from + 10).toArray();
            if (rows.length == 0) continue;
            double[] gap = pick(batch.gap(), rows);
            table.row(from + " to " + (from + 9), Quantity.count(rows.length),
                    Quantity.figure(Quantiles.median(pick(batch.biologicalAge(), rows)), 1),
                    Quantity.figure(Quantiles.of(gap, 0.1), 1), Quantity.figure(Quantiles.median(gap), 1),
                    Quantity.figure(Quantiles.of(gap, 0.9), 1));
        }
        return table;
    }

    private static void survival(HtmlReport report, Cohort people, double[] gap, int[] known) {
        int[] followed = Arrays.stream(known).filter(people::hasOutcome).toArray();
        if (followed.length < 30) return;
        double low = Quantiles.of(pick(gap, followed), 1 / 3.0);
        double high = Quantiles.of(pick(gap, followed), 2 / 3.0);
        List<SurvivalCurve> curves = List.of(
                curve("younger third", people, Arrays.stream(followed).filter(i -> gap[i] < low).toArray()),
                curve("middle third", people,
                        Arrays.stream(followed).filter(i -> gap[i] >= low && gap[i] < high).toArray()),
                curve("older third", people, Arrays.stream(followed).filter(i -> gap[i] >= high).toArray()));
        report.section("Survival").figures(new Figure(Charts.survival("years since the blood draw", curves),
                "Survival (Kaplan-Meier, 95 % intervals) by third of the gap, " + Quantity.count(followed.length)
                        + " people followed."));
    }

    /** A Kaplan-Meier curve at no more points than can be seen. */
    static SurvivalCurve curve(String name, Cohort people, int[] rows) {
        Survival data = Survival.of(pick(people.time(), rows), pick(people.event(), rows));
        KaplanMeier estimate = KaplanMeier.of(data);
        double[] jumps = estimate.curve().times();
        int n = Math.min(CURVE_POINTS, jumps.length);
        double[] times = new double[n];
        for (int k = 0; k < n; k++) times[k] = jumps[(int) ((long) (k + 1) * jumps.length / n) - 1];
        return new SurvivalCurve(name, times, Arrays.stream(times).map(estimate::at).toArray(),
                Arrays.stream(times).map(t -> estimate.interval(t, 0.95).lower()).toArray(),
                Arrays.stream(times).map(t -> estimate.interval(t, 0.95).upper()).toArray());
    }

    private static String share(double[] gap, double limit, boolean above) {
        double count = Arrays.stream(gap).filter(g -> above ? g > limit : g < limit).count();
        return Quantity.figure(100 * count / gap.length, 0);
    }

    static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }
}
