package org.lanewise.cli.henaw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.report.BarChart;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.HenawEvaluator;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.PublishedModel;
import org.lanewise.henaw.clocks.PhenoAge;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.metrics.Quantiles;
import tools.jackson.databind.JsonNode;

/**
 * The figures of an evaluation as tables and as a page. A figure that is missing is shown as a dash.
 */
final class EvalReport {
    private static final Map<String, String> RIVALS = rivals();

    private final HenawModel model;
    private final Cohort people;
    private final JsonNode metrics;

    /**
     * @param metrics what {@code HenawEvaluator} returns
     */
    EvalReport(HenawModel model, Cohort people, Map<String, Object> metrics) {
        this.model = model;
        this.people = people;
        this.metrics = JsonFiles.tree(metrics);
    }

    private static Map<String, String> rivals() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("c_cox", "Cox, age + sex + markers");
        names.put("c_gompertz", "Gompertz, age + sex + markers");
        names.put("c_phenoage", "PhenoAge");
        names.put("c_kdm", "Klemera-Doubal");
        names.put("c_age_sex", "age + sex");
        names.put("c_age", "age");
        names.put("c_dysregulation", "homeostatic dysregulation");
        names.put("c_ols_age", "least-squares age");
        return names;
    }

    /** A number of the tree by JSON pointer; NaN if it is missing. */
    double number(String pointer) {
        JsonNode node = metrics.at(pointer);
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }

    private String figure(String pointer, int decimals) {
        return Quantity.figure(number(pointer), decimals);
    }

    private String interval(String pointer, int decimals) {
        JsonNode ends = metrics.at(pointer);
        return !ends.isArray() || ends.size() != 2
                ? "–"
                : Quantity.figure(ends.get(0).asDouble(Double.NaN), decimals) + " to "
                        + Quantity.figure(ends.get(1).asDouble(Double.NaN), decimals);
    }

    private boolean hasMortality() {
        return !Double.isNaN(number("/mortality/all/c"));
    }

    // ---------------------------------------------------------------------------------------------- tables

    /** The tables by caption. */
    Map<String, ConsoleTable> tables() {
        Map<String, ConsoleTable> tables = new LinkedHashMap<>();
        if (hasMortality()) tables.put(mortalityCaption(), mortality());
        if (!Double.isNaN(number("/age/mae"))) tables.put(ageCaption(), age());
        if (isPublished()) tables.put(PublishedFaults.CAPTION, PublishedFaults.table(metrics));
        if (metrics.path("morbidity").isObject()) tables.put(morbidityCaption(), morbidity());
        return tables;
    }

    private static String morbidityCaption() {
        return "Diseases, beside logistic regression on age and sex, with 95 % bootstrap intervals. The area under the "
                + "precision-recall curve of guessing is the share of cases.";
    }

    private ConsoleTable morbidity() {
        ConsoleTable table = ConsoleTable.of("disease", "method", "cases", "ROC AUC", "PR AUC", "Brier score");
        for (Map.Entry<String, JsonNode> disease : metrics.path("morbidity").properties()) {
            String at = "/morbidity/" + disease.getKey() + "/";
            table.row(disease.getKey(), "HENAW", figure(at + "cases", 0) + " of " + figure(at + "n", 0),
                    with(at + "auc", 3), with(at + "pr_auc", 3), with(at + "brier", 4));
            table.row("", "age + sex", "", figure(at + "auc_age_sex", 3), figure(at + "pr_auc_age_sex", 3),
                    figure(at + "brier_age_sex", 4));
            table.row("", "HENAW minus it", "", with(at + "d_auc", 3), with(at + "d_pr_auc", 3),
                    with(at + "d_brier", 4));
            if (!Double.isNaN(number(at + "oracle_auc")))
                table.row("", "best possible on this generator", "", figure(at + "oracle_auc", 3), "", "");
        }
        return table;
    }

    private String with(String pointer, int decimals) {
        return Double.isNaN(number(pointer))
                ? null
                : figure(pointer, decimals) + " (" + interval(pointer + "_ci", decimals) + ")";
    }

    /** What a reader of the tables must know. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!Double.isNaN(number("/age/artefact_ceiling_mae"))) {
            notes.add(
                    "These people are from the published synthetic file. An error below 5 years of age is refused as a claim there: "
                            + "it can only come from the recipe's clipping, which betrays some people's age exactly; knowing it, "
                            + figure("/age/artefact_ceiling_mae", 2)
                            + " would be possible. Its deaths are coin flips: a "
                            + "concordance away from 0.5 would be a leak.");
        }
        if (isPublished()) notes.add(PublishedFaults.reason(metrics));
        return notes;
    }

    private boolean isPublished() {
        return model instanceof PublishedModel;
    }

    /** Whether the people are of more ages than 40 to 70. */
    private boolean hasOtherAges() {
        return number("/mortality/all/n") != number("/mortality/age_40_70/n");
    }

    private String mortalityCaption() {
        return "Harrell's C for death within " + figure("/mortality/horizon_years", 0) + " years, all ages (n "
                + figure("/mortality/all/n", 0) + ", " + figure("/mortality/all/deaths", 0) + " deaths)"
                + (hasOtherAges()
                        ? " and ages 40 to 70 (n " + figure("/mortality/age_40_70/n", 0) + ", "
                                + figure("/mortality/age_40_70/deaths", 0) + " deaths)"
                        : "")
                + ". Differences are HENAW minus the method, with paired 95 % bootstrap intervals.";
    }

    private ConsoleTable mortality() {
        boolean wide = hasOtherAges();
        ConsoleTable table = wide
                ? ConsoleTable.of("method", "C, all", "HENAW minus it", "C, 40 to 70", "HENAW minus it")
                : ConsoleTable.of("method", "C", "HENAW minus it");
        List<String> own = new ArrayList<>(List.of("HENAW"));
        for (String band : bands(wide)) {
            own.add(figure(band + "c", 4));
            String interval = interval(band + "c_ci", 3);
            own.add(interval.equals("–") ? "" : "C from " + interval);
        }
        table.row(own.toArray());
        RIVALS.forEach((key, name) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            boolean known = false;
            for (String band : bands(wide)) {
                known |= !Double.isNaN(number(band + key));
                cells.add(figure(band + key, 4));
                cells.add(difference(band, key));
            }
            if (known) table.row(cells.toArray());
        });
        if (!Double.isNaN(number("/mortality/oracle_c")) && !wide)
            table.row("best possible on this generator", figure("/mortality/oracle_c", 4),
                    "HENAW has " + Quantity.figure(100 * number("/mortality/oracle_share"), 1)
                            + " % of it above chance, Cox "
                            + Quantity.figure(100 * number("/mortality/oracle_share_cox"), 1) + " %");
        return table;
    }

    private static List<String> bands(boolean wide) {
        return wide ? List.of("/mortality/all/", "/mortality/age_40_70/") : List.of("/mortality/all/");
    }

    private String difference(String band, String key) {
        String pointer = band + "d_" + key.substring(2);
        return Double.isNaN(number(pointer)) ? "" : figure(pointer, 4) + " (" + interval(pointer + "_ci", 4) + ")";
    }

    private String ageCaption() {
        return (isPublished()
                ? "Age as guessed by a network that sees the true age, n "
                : "Age from markers and sex, n ")
                + figure("/age/n", 0)
                + ". The error depends on the range of ages: compare it with "
                + "guessing the median.";
    }

    private ConsoleTable age() {
        ConsoleTable table = ConsoleTable.of("method", "mean absolute error", "95 % interval", "RMSE", "r");
        table.row("HENAW", figure("/age/mae", 2), interval("/age/mae_ci", 2), figure("/age/rmse", 2),
                figure("/age/r", 3));
        table.row("least squares", figure("/age/ols_mae", 2), "", "", "");
        table.row("guessing the median", figure("/age/median_guess_mae", 2), "", "", "");
        if (!Double.isNaN(number("/age/oracle_mae")))
            table.row("best possible on this generator", figure("/age/oracle_mae", 2), "", "", "");
        if (!Double.isNaN(number("/age/artefact_ceiling_mae")))
            table.row("possible by the clipping artefact", figure("/age/artefact_ceiling_mae", 2), "", "", "");
        return table;
    }

    private ConsoleTable retest() {
        ConsoleTable table = ConsoleTable.of("second visit", "people", "ICC", "ICC, age-adjusted", "95 % interval",
                "SEM (years)");
        for (Map.Entry<String, JsonNode> visit : metrics.path("retest").properties()) {
            if (!visit.getValue().isObject()) continue;
            String pointer = "/retest/" + visit.getKey();
            table.row(visit.getKey().replace("simulated_x", "simulated, variation x "), figure(pointer + "/n", 0),
                    figure(pointer + "/icc", 3),
                    figure(pointer + "/icc_age_adjusted", 3), interval(pointer + "/icc_age_adjusted_ci", 3),
                    figure(pointer + "/sem_years", 1));
        }
        return table;
    }

    // ------------------------------------------------------------------------------------------------ page

    /** The page. */
    HtmlReport page(Provenance provenance) {
        HtmlReport report = HtmlReport
                .titled(isPublished() ? "HENAW as published: evaluation" : "HENAW: evaluation",
                        people.source() + ", " + Quantity.count(people.size()) + " people")
                .tiles(tiles());
        addTo(report);
        return report.provenance(provenance.facts());
    }

    /** Adds the sections to a page. */
    void addTo(HtmlReport report) {
        HenawPredictor.Batch batch = HenawPredictor.of(model).predict(people);
        if (hasMortality()) mortalitySection(report, batch);
        if (!Double.isNaN(number("/age/mae"))) ageSection(report, batch);
        if (metrics.path("morbidity").isObject())
            report.section("Diseases").table(morbidityCaption(), morbidity());
        if (!Double.isNaN(number("/age/artefact_ceiling_mae"))) report.note(notes().getFirst());
        ConsoleTable retest = retest();
        if (!retest.rows().isEmpty()) {
            report.section("Repeatability")
                    .table("Agreement of biological age at two visits, ICC(2,1). The spread of ages inflates the ICC; "
                            + "the age-adjusted one is what counts.", retest);
            if (metrics.at("/retest/note").isString()) report.note(metrics.at("/retest/note").asString());
        }
        if (isPublished()) PublishedFaults.addTo(report, metrics);
    }

    private Tile[] tiles() {
        List<Tile> tiles = new ArrayList<>();
        if (hasMortality()) {
            tiles.add(new Tile("Concordance, mortality", figure("/mortality/all/c", 3), "", rivals("/mortality/all/")));
            if (hasOtherAges()) {
                tiles.add(new Tile("The same at 40 to 70", figure("/mortality/age_40_70/c", 3), "",
                        rivals("/mortality/age_40_70/")));
            }
        }
        tiles.add(new Tile("Error of age", figure("/age/mae", 2), "years",
                "guessing the median: " + figure("/age/median_guess_mae", 2)));
        if (!Double.isNaN(number("/intervals/coverage"))) {
            double level = 100 * model.config().intervalLevel();
            tiles.add(new Tile("Interval coverage", Quantity.figure(100 * number("/intervals/coverage"), 1), "%",
                    "wanted: " + Quantity.figure(level, 0) + " %"));
        }
        if (!Double.isNaN(number("/latency_us/p50"))) {
            tiles.add(new Tile("One person", figure("/latency_us/p50", 1), "µs",
                    "99th percentile " + figure("/latency_us/p99", 1) + " µs; "
                            + Quantity.rate(number("/rows_per_second")) + " in batches"));
        }
        return tiles.toArray(Tile[]::new);
    }

    private String slope() {
        return Double.isNaN(number("/mortality/calibration/slope"))
                ? ""
                : "; calibration slope " + figure("/mortality/calibration/slope", 2);
    }

    private String rivals(String band) {
        String ageSex = "age and sex " + figure(band + "c_age_sex", 3);
        return Double.isNaN(number(band + "c_phenoage"))
                ? ageSex
                : "PhenoAge " + figure(band + "c_phenoage", 3) + ", " + ageSex;
    }

    private void mortalitySection(HtmlReport report, HenawPredictor.Batch batch) {
        report.section("Mortality").table(mortalityCaption(), mortality());
        List<Figure> figures = new ArrayList<>();
        survival(batch).ifPresent(figures::add);
        JsonNode tenths = metrics.at("/mortality/calibration/tenths");
        if (tenths.isArray() && !tenths.isEmpty()) {
            figures.add(new Figure(
                    Charts.calibration(column(tenths, "/forecast"), column(tenths, "/observed"),
                            column(tenths, "/observed_ci/0"),
                            column(tenths, "/observed_ci/1"), "risk"),
                    "Observed against predicted risk of death within "
                            + figure("/mortality/calibration/years", 1)
                            + " years, in tenths of the people" + slope() + "."));
        }
        if (!figures.isEmpty()) report.figures(figures.toArray(Figure[]::new));
        report.paragraph(
                "Concordance depends on the range of ages, because age alone ranks people well. Among people of the same age it is "
                        + figure("/mortality/all/c_same_age", 3) + "; Uno's C is " + figure("/mortality/all/c_uno", 3)
                        + ".");
        if (!Double.isNaN(number("/mortality/calibration/integrated_brier"))) {
            report.paragraph("Integrated Brier score " + figure("/mortality/calibration/integrated_brier", 4)
                    + "; Kaplan-Meier without any marker "
                    + figure("/mortality/calibration/integrated_brier_kaplan_meier", 4) + ".");
        }
    }

    private java.util.Optional<Figure> survival(HenawPredictor.Batch batch) {
        int[] rows = IntStream.range(0, people.size())
                .filter(i -> people.hasOutcome(i) && Double.isFinite(batch.gap()[i])).toArray();
        if (rows.length < 30) return java.util.Optional.empty();
        double[] gap = PopulationReport.pick(batch.gap(), rows);
        double low = Quantiles.of(gap, 1 / 3.0);
        double high = Quantiles.of(gap, 2 / 3.0);
        return java.util.Optional.of(new Figure(Charts.survival("years since the blood draw", List.of(
                PopulationReport.curve("younger third", people,
                        Arrays.stream(rows).filter(i -> batch.gap()[i] < low).toArray()),
                PopulationReport.curve("middle third", people,
                        Arrays.stream(rows).filter(i -> batch.gap()[i] >= low && batch.gap()[i] < high).toArray()),
                PopulationReport.curve("older third", people,
                        Arrays.stream(rows).filter(i -> batch.gap()[i] >= high).toArray()))),
                "Survival (Kaplan-Meier, 95 % intervals) by third of the gap between biological age and what is usual at a person's age."));
    }

    private void ageSection(HtmlReport report, HenawPredictor.Batch batch) {
        report.section("Age").table(ageCaption(), age());
        int[] rows = IntStream.range(0, people.size()).filter(i -> Double.isFinite(batch.guessedAge()[i])
                && people.age(i) <= model.config().oldest() && people.age(i) >= model.config().youngest()).toArray();
        report.figures(new Figure(Charts.predictedAgainstObserved(PopulationReport.pick(people.age(), rows),
                PopulationReport.pick(batch.guessedAge(), rows), "age (years)",
                isPublished() ? "age guessed (years)" : "age guessed from markers and sex (years)"),
                "Every point is a person."),
                new Figure(Charts.histogram(PopulationReport.pick(batch.gap(), rows), "gap (years)"),
                        "How far biological age is from what is usual at a person's age."));
        if (!Double.isNaN(number("/intervals/coverage"))) coverage(report);
    }

    private void coverage(HtmlReport report) {
        BarChart coverage = BarChart.of("share of people whose age lies in the interval (%)");
        for (Map.Entry<String, JsonNode> cell : metrics.at("/intervals/by_decade_and_sex").properties()) {
            coverage.bar(cell.getKey(), 100 * cell.getValue().asDouble(Double.NaN));
        }
        report.figures(new Figure(coverage.toSvg(),
                "Coverage of the " + Quantity.figure(100 * model.config().intervalLevel(), 0)
                        + " % intervals by sex and decade; mean width " + figure("/intervals/mean_width", 1)
                        + " years."));
    }

    private static double[] column(JsonNode rows, String pointer) {
        return IntStream.range(0, rows.size()).mapToDouble(i -> rows.get(i).at(pointer).asDouble(Double.NaN)).toArray();
    }
}
