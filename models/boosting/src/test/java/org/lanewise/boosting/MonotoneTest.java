package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;

/** No prediction ever moves against a constraint, whatever the data, the method and the other parameters. */
class MonotoneTest {
    private static final int COLUMNS = 5;

    /** Columns 0 and 1 rise and fall in turns, so that constraints bind; 3 is a category; a tenth is missing. */
    private static TestData data(int rows, long seed) {
        Rng rng = Rng.of(seed);
        double[] x = new double[rows * COLUMNS];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            int at = i * COLUMNS;
            for (int j = 0; j < COLUMNS; j++) x[at + j] = j == 3 ? rng.nextInt(6) : rng.nextGaussian();
            y[i] = x[at] + Math.sin(4 * x[at]) - x[at + 1] * (x[at + 2] > 0 ? 1 : -0.5) + (x[at + 3] == 2 ? x[at] : 0)
                    + 0.3 * rng.nextGaussian();
            for (int j = 0; j < COLUMNS; j++) x[at + j] = rng.nextInt(10) == 0 ? Double.NaN : x[at + j];
        }
        return new TestData(Features.ofRows(x, COLUMNS).withCategorical("Column_3"), y);
    }

    private static BoostingParams.Builder params(MonotoneMethod method) {
        return BoostingParams.builder(Objective.squared()).trees(40).leaves(24).minDataInLeaf(5)
                .monotone("Column_0", 1).monotone("Column_1", -1).monotoneMethod(method);
    }

    @ParameterizedTest
    @CsvSource({"BASIC, LEAF_WISE, INT15, 0", "INTERMEDIATE, LEAF_WISE, INT15, 0",
            "INTERMEDIATE, LEAF_WISE, FLOAT64, 3", "INTERMEDIATE, DEPTH_WISE, INT15, 0",
            "INTERMEDIATE, OBLIVIOUS, INT15, 0", "BASIC, OBLIVIOUS, INT15, 0"})
    void neverAgainstTheConstraints(MonotoneMethod method, Growth growth, HistogramPrecision precision,
            double pathSmooth) {
        for (long seed = 1; seed <= 3; seed++) {
            TestData data = data(1_500, seed);
            BoostingModel model = new GradientBoosting(
                    params(method).growth(growth).histogram(precision).pathSmooth(pathSmooth).build())
                    .fit(data.bins(), data.target());
            check(model, Rng.of(seed + 100));
        }
    }

    @Test
    void alsoForValuesThatAreNotMeans() {
        TestData data = data(1_500, 4);
        check(new GradientBoosting(params(MonotoneMethod.INTERMEDIATE).build().withObjective(Objective.absolute()))
                .fit(data.bins(), data.target()), Rng.of(7));
    }

    private static void check(BoostingModel model, Rng rng) {
        double[] row = new double[COLUMNS];
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < COLUMNS; j++)
                row[j] = rng.nextInt(8) == 0 ? Double.NaN : j == 3 ? rng.nextInt(6) : rng.nextGaussian();
            double[] up = new double[41];
            double[] down = new double[41];
            double first = row[0];
            double second = row[1];
            for (int s = 0; s <= 40; s++) {
                row[0] = (s - 20) / 8.0;
                up[s] = model.predictRaw(row);
                row[0] = first;
                row[1] = (20 - s) / 8.0;
                down[s] = model.predictRaw(row);
                row[1] = second;
            }
            for (double[] path : new double[][] {up, down}) {
                double[] sorted = path.clone();
                Arrays.sort(sorted);
                assertThat(path).isEqualTo(sorted);
            }
        }
    }

    /** The intermediate method's bounds are wider, so it fits better: on data of the training's kind, too. */
    @Test
    void intermediateLosesLess() {
        TestData train = data(6_000, 8);
        TestData test = data(6_000, 9);
        double[] rmse = new double[2];
        for (MonotoneMethod method : MonotoneMethod.values()) {
            BoostingModel model = new GradientBoosting(params(method).trees(100).build())
                    .fit(train.bins(), train.target());
            rmse[method.ordinal()] = Metric.rmse().of(model.predict(test.x()), test.target());
        }
        assertThat(rmse[1]).isLessThan(rmse[0]);
    }

    /** Bounded histograms are built again; that must not change a tree. */
    @Test
    void forgottenHistogramsChangeNothing() {
        TestData data = data(3_000, 5);
        BoostingParams.Builder p = params(MonotoneMethod.INTERMEDIATE).leaves(60).trees(5);
        double[] all = new GradientBoosting(p.build()).fit(data.bins(), data.target()).predictRaw(data.x());
        // 5 columns need less than a megabyte for everything; the least bound keeps four histograms of many columns.
        double[] wide = new double[data.x().rows() * 400];
        Rng rng = Rng.of(3);
        double[] column = new double[data.x().rows()];
        for (int i = 0; i < wide.length; i++) wide[i] = rng.nextGaussian();
        for (int j = 0; j < 3; j++) {
            data.x().copy(j, 0, column.length, column);
            for (int i = 0; i < column.length; i++) wide[i * 400 + j] = column[i];
        }
        Features x = Features.ofRows(wide, 400);
        BinnedTable bins = Binning.defaults().bin(x);
        double[] kept = new GradientBoosting(p.build()).fit(bins, data.target()).predictRaw(x);
        double[] forgotten = new GradientBoosting(p.histogramMegabytes(1).build()).fit(bins, data.target())
                .predictRaw(x);
        assertThat(forgotten).isEqualTo(kept).isNotEqualTo(all);
    }

    @ParameterizedTest
    @EnumSource(MonotoneMethod.class)
    void withoutConstraintsTheMethodIsNothing(MonotoneMethod method) {
        TestData data = data(1_000, 6);
        BoostingParams.Builder p = BoostingParams.builder(Objective.squared()).trees(3);
        Target y = data.target();
        assertThat(new GradientBoosting(p.monotoneMethod(method).build()).fit(data.bins(), y).predictRaw(data.x()))
                .isEqualTo(new GradientBoosting(BoostingParams.builder(Objective.squared()).trees(3).build())
                        .fit(data.bins(), y).predictRaw(data.x()));
    }
}
