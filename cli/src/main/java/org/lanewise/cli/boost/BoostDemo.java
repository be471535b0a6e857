package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.demo.Demo;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.engine.DoubleMath;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.metrics.RankedScores;
import org.lanewise.tabular.schema.Schema;

/**
 * Learns a class whose law is known, with interactions, curvature and values missing, and measures how near it comes to the
 * best possible.
 */
final class BoostDemo implements Demo {
    private static final int ROWS = 24_000;
    private static final int COLUMNS = 12;
    /** Nine tenths of what knowing the law gains over guessing. */
    private static final double LEAST_SHARE = 0.9;

    BoostDemo() {}

    @Override
    public String description() {
        return "a class that depends on 12 columns of " + ROWS + " generated rows";
    }

    @Override
    public Result run(Path out, long seed, Console console) throws Exception {
        Generated data = generate(seed);
        BoostSettings settings = BoostSettings.defaults();
        Task task = Task.of(data.table, "ill", null, "auto");
        Fitting fitting = new Fitting(settings, task, task.objective("auto"), data.table.without("ill"),
                task.labels(data.table), null, null);
        Provenance provenance = Provenance.of("demo").with("seed", seed).with("source", "generated");
        try (RunDirectory run = RunDirectory.open(out)) {
            run.begin(settings, provenance, false);
            int[][] parts = fitting.split(fitting.all(), 0.3, seed);
            long begun = System.nanoTime();
            Fitting.Fitted fitted = fitting.fit(parts[0]);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double[] label = fitting.labels(parts[1]);
            Map<String, Scores> scores = new LinkedHashMap<>();
            scores.put("test", new Scores(task, fitting.predict(fitted.model(), parts[1]), label,
                    Scores.constant(task, fitting.labels(fitted.train()), null)));
            BoostArtifact artifact = new BoostArtifact(fitted.model(), Schema.of(fitting.features()), task, null,
                    scores.get("test").constant(), new LinkedHashMap<>(provenance.facts()));
            artifact.save(run.model());
            Map<String, Object> metrics = TrainCommand.metrics(artifact, scores, seed, seconds);
            run.writeMetrics(metrics);
            Path page = run.writeReport(new BoostReport(artifact, scores, metrics).page("Boosted trees: demo",
                    "generated", provenance));
            double best = auc(Fitting.pick(data.chance, parts[1]), label);
            double one = auc(Fitting.pick(data.table.numbers("x4"), parts[1]), label);
            return new Result(List.of(new Figure("ROC AUC", auc(scores.get("test").prediction(), label),
                    Math.max(one, 1 - one), "best single column", 0.5 + LEAST_SHARE * (best - 0.5), true, 3, false)),
                    page);
        }
    }

    private static double auc(double[] score, double[] label) {
        boolean[] positive = new boolean[label.length];
        double[] known = score.clone();
        for (int i = 0; i < label.length; i++) {
            positive[i] = label[i] == 1;
            if (Double.isNaN(known[i])) known[i] = 0;
        }
        return RankedScores.of(known, positive).rocAuc();
    }

    private record Generated(Table table, double[] chance) {}

    private static Generated generate(long seed) {
        Rng rng = Rng.of(seed).stream("boost demo");
        double[][] x = new double[COLUMNS][ROWS];
        double[] chance = new double[ROWS];
        boolean[] ill = new boolean[ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (double[] column : x) column[i] = rng.nextGaussian();
            double f = 1.2 * x[0][i] * x[1][i] + 0.8 * Math.sin(2 * x[2][i]) + (x[3][i] > 0.5 ? 1 : -0.5)
                    + 0.8 * x[4][i] + 0.6 * x[5][i] * x[5][i] - 0.6;
            chance[i] = DoubleMath.sigmoid(f);
            ill[i] = rng.nextDouble() < chance[i];
            for (int j = 6; j < COLUMNS; j++) if (rng.nextDouble() < 0.1) x[j][i] = Double.NaN;
        }
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < COLUMNS; j++) columns.add(DoubleColumn.of("x" + j, x[j]));
        columns.add(BooleanColumn.of("ill", ill));
        return new Generated(Table.of("generated", columns), chance);
    }
}
