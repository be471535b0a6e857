package org.lanewise.bench;

import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.GradientBoosting;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;

/** Raw scores of 100 trees of 63 leaves on 28 columns: rows of floats in a batch, and one row. */
public class ForestBenchmark extends Timed {
    /** Enough for trees of all their leaves. */
    private static final int TRAINED_ON = 50_000;
    static final int ONE_OF = 1024;

    @Param({"100000"})
    public int rows;

    BoostingModel model;
    BoostingProblem problem;
    private Features features;
    private double[][] single;
    private int next;

    @Override
    void prepare() {
        BoostingProblem train = BoostingProblem.of(BoostingProblem.Shape.RECIPE, Math.min(rows, TRAINED_ON), 1);
        BoostingParams params = BoostingParams.builder(Objective.logistic()).trees(100).leaves(63).build();
        model = new GradientBoosting(params).fit(Features.ofRows(train.x(), train.columns()),
                Target.of(IntStream.range(0, train.rows()).mapToDouble(i -> train.y()[i]).toArray()));
        problem = BoostingProblem.of(BoostingProblem.Shape.RECIPE, rows, 2);
        features = Features.ofRows(problem.x(), problem.columns());
        single = rows(problem);
    }

    /** The first rows as doubles. */
    static double[][] rows(BoostingProblem problem) {
        int p = problem.columns();
        double[][] rows = new double[ONE_OF][p];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < p; j++) rows[i][j] = problem.x()[i % problem.rows() * p + j];
        }
        return rows;
    }

    @Benchmark
    public double[] batch() {
        return model.predictRaw(features);
    }

    /** Timed call by call, for its percentiles. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public double one() {
        return model.predictRaw(single[next++ % ONE_OF]);
    }

    static Work work(String method, Map<String, String> parameters) {
        return Work.elements(method.equals("one") ? 1 : Double.parseDouble(parameters.get("rows")));
    }
}
