package org.lanewise.cli.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.report.Charts;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.HtmlReport.Tile;
import org.lanewise.cli.report.Plot;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.table.LinearMetrics;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.metrics.Reliability;

/**
 * The report of a training: how good, which alpha, which coefficients.
 */
final class LinearReport {
    private static final int MOST_LINES = 8;
    private static final int MOST_COEFFICIENTS = 40;

    private LinearReport() {}

    static HtmlReport of(LinearTrainer.Trained trained, Table table, Map<String, Object> metrics,
            Provenance provenance) {
        TableModel model = trained.model();
        Family family = model.model().family();
        String first = LinearMetrics.first(family);
        Map<?, ?> valid = (Map<?, ?>) metrics.get("valid");
        HtmlReport report = HtmlReport
                .titled("Elastic net: training", family + " model of " + model.roles().target() + ", " + table.source())
                .tiles(new Tile("Rows", Quantity.count(table.rows()), "", table.source()),
                        new Tile(first, Quantity.figure((Number) valid.get(first), 4), "",
                                "held out; without predictors "
                                        + Quantity.figure((Number) ((Map<?, ?>) valid.get("baseline")).get(first), 4)),
                        new Tile("Coefficients", Quantity.count(model.model().selected().length), "",
                                "of " + model.columns().size() + " columns"),
                        new Tile("Alpha", Quantity.figure(model.alpha(), 5), "",
                                model.config().rule() == ElasticNetCv.AlphaRule.MIN
                                        ? "of least deviance"
                                        : "within one standard error"));
        report.section("How good").table("Rows held out were predicted by the fold that did not train on them.",
                table(metrics, family));
        Figure fit = fit(trained, table);
        if (fit != null) report.figures(fit);
        report.section("Choice of alpha")
                .figures(new Figure(curve(trained), "Deviance of rows held out, plus and minus one standard error."));
        report.section("Coefficients").figures(
                new Figure(paths(trained),
                        "Coefficients along the path, times the spread that the column has where it is standardised."))
                .table("The largest coefficients.", coefficients(model));
        return report.provenance(provenance.facts());
    }

    /** Blocks of metrics beside each other. */
    static ConsoleTable table(Map<String, Object> metrics, Family family) {
        List<String> shown = LinearMetrics.shown(family);
        ConsoleTable table = ConsoleTable.of(java.util.stream.Stream.concat(java.util.stream.Stream.of("rows", "n"),
                shown.stream()).toArray(String[]::new));
        for (String block : List.of("train", "valid", "test")) {
            if (metrics.get(block) instanceof Map<?, ?> values) {
                add(table, block.equals("valid") ? "held out" : block, values, values.get("n"), shown);
                add(table, "without predictors", (Map<?, ?>) values.get("baseline"), null, shown);
            }
        }
        return table;
    }

    private static void add(ConsoleTable table, String name, Map<?, ?> values, Object n, List<String> shown) {
        Object[] row = new Object[2 + shown.size()];
        row[0] = name;
        row[1] = n;
        for (int k = 0; k < shown.size(); k++) row[2 + k] = Quantity.figure((Number) values.get(shown.get(k)), 4);
        table.row(row);
    }

    private static String curve(LinearTrainer.Trained trained) {
        ElasticNetCv.Result cv = trained.cv();
        double[] x = Arrays.stream(cv.path().alphas()).map(Math::log10).toArray();
        double[] low = new double[x.length];
        double[] high = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            low[k] = cv.deviance()[k] - cv.standardError()[k];
            high[k] = cv.deviance()[k] + cv.standardError()[k];
        }
        return Plot.of("log10 alpha", "deviance").band(reversed(x), reversed(low), reversed(high), false, 1)
                .line(reversed(x), reversed(cv.deviance()), 1, "held out").verticalRule(x[trained.chosen()], "chosen")
                .toSvg();
    }

    /** Of the first output, the columns whose coefficients are largest at the end. */
    private static String paths(LinearTrainer.Trained trained) {
        ElasticNetPath path = trained.cv().path();
        double[] x = Arrays.stream(path.alphas()).map(Math::log10).toArray();
        double[][] b = path.steps().stream().map(s -> s.model().coefficients(0)).toArray(double[][]::new);
        double[] last = b[trained.chosen()];
        int[] shown = IntStream.range(0, last.length).filter(j -> last[j] != 0).boxed()
                .sorted(Comparator.comparingDouble(j -> -Math.abs(last[j]))).limit(MOST_LINES).mapToInt(j -> j)
                .toArray();
        Plot plot = Plot.of("log10 alpha", "coefficient").verticalRule(x[trained.chosen()], "chosen");
        int series = 1;
        for (int j : shown) {
            double[] line = Arrays.stream(b).mapToDouble(v -> v[j]).toArray();
            plot.line(reversed(x), reversed(line), series++, trained.model().columns().get(j));
        }
        return plot.toSvg();
    }

    private static double[] reversed(double[] values) {
        double[] turned = new double[values.length];
        for (int i = 0; i < values.length; i++) turned[i] = values[values.length - 1 - i];
        return turned;
    }

    private static Figure fit(LinearTrainer.Trained trained, Table table) {
        TableModel model = trained.model();
        double[] held = trained.heldOut()[0];
        return switch (model.model().family()) {
            case Family.Gaussian _,Family.Huber _,Family.Poisson _ -> new Figure(
                    Charts.predictedAgainstObserved(table.numbers(model.roles().target()), held,
                            "observed " + model.roles().target(), "predicted"),
                    "Rows held out.");
            case Family.Binomial _ -> {
                boolean[] positive = new boolean[held.length];
                double[] codes = LinearMetrics.codes(table, model);
                for (int i = 0; i < codes.length; i++) positive[i] = codes[i] == 1;
                List<Reliability.Bin> bins = Reliability.quantiles(held, positive, 10, null).bins();
                yield new Figure(
                        Charts.calibration(bins.stream().mapToDouble(Reliability.Bin::meanProbability).toArray(),
                                bins.stream().mapToDouble(Reliability.Bin::observed).toArray(), null, null,
                                "probability of " + model.classes().getLast()),
                        "Calibration on rows held out.");
            }
            default -> null;
        };
    }

    private static ConsoleTable coefficients(TableModel model) {
        LinearModel m = model.model();
        String[] header = new String[1 + m.outputs()];
        header[0] = "column";
        for (int k = 0; k < m.outputs(); k++) header[1 + k] = m.outputs() == 1 ? "coefficient" : model.classes().get(k);
        ConsoleTable table = ConsoleTable.of(header);
        Object[] first = new Object[header.length];
        first[0] = "(intercept)";
        for (int k = 0; k < m.outputs(); k++) first[1 + k] = Quantity.figure(m.intercept(k), 5);
        table.row(first);
        double[][] b = IntStream.range(0, m.outputs()).mapToObj(m::coefficients).toArray(double[][]::new);
        Arrays.stream(m.selected()).boxed()
                .sorted(Comparator
                        .comparingDouble(j -> -Arrays.stream(b).mapToDouble(v -> Math.abs(v[j])).max().orElse(0)))
                .limit(MOST_COEFFICIENTS).forEach(j -> {
                    Object[] row = new Object[header.length];
                    row[0] = model.columns().get(j);
                    for (int k = 0; k < b.length; k++) row[1 + k] = Quantity.figure(b[k][j], 5);
                    table.row(row);
                });
        return table;
    }
}
