package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.cli.demo.Demo;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.engine.Rng;
import org.lanewise.linear.table.ColumnRoles;
import org.lanewise.linear.table.LinearArtifacts;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;

/**
 * Ten columns of two hundred matter; how near does the model come to knowing which?
 */
final class LinearDemo implements Demo {
    private static final int TRAINING = 300;
    private static final int TEST = 2000;
    private static final int COLUMNS = 200;
    private static final int MATTER = 10;
    /** The noise has a standard deviation of 1, so no prediction has a smaller error. */
    private static final double MOST_ERROR = 1.25;

    LinearDemo() {}

    @Override
    public String description() {
        return "elastic net: " + TRAINING + " rows, " + COLUMNS + " columns of which " + MATTER + " matter";
    }

    @Override
    public Result run(Path out, long seed, Console console) {
        try (RunDirectory run = RunDirectory.open(out)) {
            Table everything = generate(seed);
            Table training = everything.where(i -> i < TRAINING);
            Table test = everything.where(i -> i >= TRAINING);
            LinearConfig config = LinearConfig.defaults().withSeed(seed);
            Provenance provenance = Provenance.of("demo").with("seed", seed);
            run.begin(config, provenance, false);
            LinearTrainer.Trained trained = new LinearTrainer(config)
                    .train(training, ColumnRoles.target("y"), Map.of()).orElseThrow();
            LinearArtifacts.save(trained.model(), run.model());
            Measured blocks = new Measured(trained.model()).add("valid", training, trained.heldOut(), seed).add("test",
                    test, trained.model().predict(test).means(), seed);
            run.writeMetrics(blocks.blocks());
            Path page = run.writeReport(new LinearReport(blocks).training(trained, training, provenance));
            run.finish();
            double[] b = trained.model().model().coefficients();
            int found = 0;
            for (int j = 0; j < MATTER; j++) found += b[j] != 0 ? 1 : 0;
            return new Result(List.of(
                    new Figure("error (noise is 1)", blocks.figure("test", "rmse").doubleValue(),
                            blocks.figure("test", "baseline", "rmse").doubleValue(), "mean",
                            MOST_ERROR, false, 3, false),
                    new Figure("columns found of " + MATTER, found, Double.NaN, "", MATTER, true, 0, false)), page);
        }
    }

    private static Table generate(long seed) {
        Rng rng = Rng.of(seed);
        int rows = TRAINING + TEST;
        double[] y = new double[rows];
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < COLUMNS; j++) {
            double[] x = new double[rows];
            for (int i = 0; i < rows; i++) {
                x[i] = rng.nextGaussian();
                y[i] += j < MATTER ? (j % 2 == 0 ? 1 : -0.7) * x[i] : 0;
            }
            columns.add(DoubleColumn.of("x" + j, x));
        }
        for (int i = 0; i < rows; i++) y[i] += rng.nextGaussian();
        columns.add(DoubleColumn.of("y", y));
        return Table.of("generated", columns);
    }
}
