package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.boosting.table.BoostArtifacts;
import org.lanewise.boosting.table.BoostConfig;
import org.lanewise.boosting.table.BoostMetrics;
import org.lanewise.boosting.table.BoostTrainer;
import org.lanewise.boosting.table.ColumnRoles;
import org.lanewise.boosting.table.TableModel;
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
        BoostTrainer trainer = BoostTrainer.of(BoostConfig.defaults(), data.table, ColumnRoles.target("ill"));
        Provenance provenance = Provenance.of("demo").with("seed", seed).with("source", "generated");
        try (RunDirectory run = RunDirectory.open(out)) {
            run.begin(trainer.config(), provenance, false);
            int[][] parts = trainer.split(trainer.all(), 0.3, seed);
            BoostTrainer.Prepared rows = trainer.prepare(parts[0]);
            TableModel model = trainer.model(trainer.fit(rows, _ -> true, null), rows,
                    new LinkedHashMap<>(provenance.facts()));
            double[] prediction = trainer.predict(model.model(), parts[1]);
            double[] label = trainer.labels(parts[1]);
            Map<String, BoostMetrics> scores = Map.of("test",
                    trainer.metrics(model.yardstick(), prediction, parts[1]));
            BoostArtifacts.save(model, run.model());
            Map<String, Object> metrics = BoostReport.metrics(model, scores, seed, "test");
            run.writeMetrics(metrics);
            Path page = run.writeReport(new BoostReport(model, scores, metrics).page("Boosted trees: demo",
                    "generated", provenance, null));
            double best = auc(pick(data.chance, parts[1]), label);
            double one = auc(pick(data.table.numbers("x4"), parts[1]), label);
            return new Result(List.of(new Figure("ROC AUC", auc(prediction, label),
                    Math.max(one, 1 - one), "best single column", 0.5 + LEAST_SHARE * (best - 0.5), true, 3, false)),
                    page);
        }
    }

    private static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
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
