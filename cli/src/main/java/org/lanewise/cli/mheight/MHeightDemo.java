package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.demo.Demo;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeStream;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

/**
 * The heights of random codes in nine groups, and how fast they come.
 */
final class MHeightDemo implements Demo {
    private static final int CODES = 50_000;
    private static final double RATE = 100_000;

    MHeightDemo() {}

    @Override
    public String description() {
        return "m-height: " + Quantity.count(CODES) + " random codes of length 9 for each dimension 4, 5, 6, exactly";
    }

    @Override
    public Result run(Path out, long seed, Console console) {
        try (RunDirectory run = RunDirectory.open(out)) {
            Provenance provenance = Provenance.of("demo").with("seed", seed);
            Map<Integer, double[]> heights = new LinkedHashMap<>();
            double seconds = 0;
            for (int k = 4; k <= 6; k++) {
                CodeShape shape = new CodeShape(9, k);
                ExactSolver solver = ExactSolver.of(shape);
                double[] p = new CodeStream(CodeLaw.D1, shape, seed).take(0, CODES);
                double[] h = new double[CODES * shape.parity()];
                solver.heights(p, CODES, h); // compiles it
                long begun = System.nanoTime();
                solver.heights(p, CODES, h);
                seconds += (System.nanoTime() - begun) / 1e9;
                heights.put(k, h);
            }
            ConsoleTable table = ConsoleTable.of("(k,m)", "mean of log2 h", "variance", "largest h");
            Map<String, Object> metrics = new LinkedHashMap<>();
            for (Group group : Group.PUBLISHED) {
                double[] log = new double[CODES];
                double mean = 0;
                double largest = 0;
                for (int i = 0; i < CODES; i++) {
                    double h = heights.get(group.k())[i * (9 - group.k()) + group.m() - 1];
                    log[i] = Math.log(h) / Math.log(2);
                    mean += log[i] / CODES;
                    largest = Math.max(largest, h);
                }
                double variance = 0;
                for (double x : log) variance += (x - mean) * (x - mean) / CODES;
                table.row(group, Quantity.figure(mean, 2), Quantity.figure(variance, 2), Quantity.figure(largest, 0));
                metrics.put(group.toString(), Map.of("mean", mean, "variance", variance, "largest", largest));
            }
            double rate = 3 * CODES / seconds;
            metrics.put("matrices_per_second", rate);
            run.writeMetrics(metrics);
            Path page = run.writeReport(HtmlReport.titled("m-height: random codes", "demonstration")
                    .tiles(new HtmlReport.Tile("codes a second, all heights", Quantity.count((long) rate), "", ""))
                    .section("Heights")
                    .table("Codes of length 9, entries uniform in [-100, 100)", table)
                    .provenance(provenance.facts()));
            return new Result(List.of(
                    new Figure("codes of length 9 solved a second", rate, Double.NaN, "", RATE, true, 0, true),
                    new Figure("h4 of a code found by search (80 published)",
                            ExactSolver.of(new CodeShape(9, 5)).heights(new double[] {-6, 5, -4, 2, -4, 5, -1, -4, 2, 3,
                                    -4, -8, 4, -1, -3, -4, -3, 3, 1, -2})[3],
                            Double.NaN, "", 80, false, 0, false)),
                    page);
        }
    }
}
