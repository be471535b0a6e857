package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.boosting.format.LightGbmFormat;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.boosting.shap.TreeShap;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Linear leaves are LightGBM's, help where the truth is linear, and are kept by model files. */
class LinearLeavesTest {
    private static final TestData DATA = sloped(4_000, 1);

    /** Linear in pieces; a tenth of column 1 missing. */
    private static TestData sloped(int rows, long seed) {
        Rng rng = Rng.of(seed);
        double[] x = new double[rows * 3];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 3; j++) x[3 * i + j] = rng.nextGaussian();
            y[i] = (x[3 * i + 2] > 0 ? 3 : -1) * x[3 * i] + 2 * x[3 * i + 1] + 0.1 * rng.nextGaussian();
            if (rng.nextInt(10) == 0) x[3 * i + 1] = Double.NaN;
        }
        return new TestData(Features.ofRows(x, 3), y);
    }

    private static BoostingParams.Builder params() {
        return BoostingParams.builder(Objective.squared()).trees(30).leaves(8).linear(LinearLeaves.ridge(0.1));
    }

    @Test
    void equalToLightGbm() {
        JsonNode golden = JsonFiles.read(Path.of("../../src-test-data/boosting/linear_trees.json"));
        double[][] columns = new double[4][];
        for (int j = 0; j < 4; j++) columns[j] = numbers(golden.get("x").get(j));
        Features x = Features.ofColumns(Features.defaultNames(4), columns).withCategorical("Column_3");
        BinnedTable bins = Binning.builder().minDataInBin(1).build().bin(x).withValues(x);
        for (JsonNode c : golden.get("cases")) {
            String objective = c.get("objective").asString();
            BoostingParams p = BoostingParams.builder(Objective.parse(objective)).trees(4).leaves(6).learningRate(0.3)
                    .histogram(HistogramPrecision.FLOAT64)
                    .linear(LinearLeaves.ridge(c.get("lambda").asDouble())).build();
            BoostingModel model = new GradientBoosting(p).fit(bins,
                    Target.of(numbers(golden.get("labels").get(objective))));
            double[] expected = numbers(c.get("raw"));
            double[] raw = model.predictRaw(x);
            for (int i = 0; i < raw.length; i++)
                assertThat(raw[i]).as(c.get("lambda") + ", row " + i).isCloseTo(expected[i], within(1e-6));
            assertThat(model.trees().getLast().linear()).isTrue();
        }
    }

    private static double[] numbers(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).isNull() ? Double.NaN : array.get(i).asDouble()).toArray();
    }

    @Test
    void fitWhatIsLinearAndCountTheSameOnEveryWay() {
        TestData test = sloped(1_000, 2);
        BoostingModel constant = new GradientBoosting(params().linear(LinearLeaves.none()).build()).fit(DATA.x(),
                DATA.target());
        BinnedTable bins = DATA.bins().withValues(DATA.x());
        BoostingModel linear = new GradientBoosting(params().sampling(Sampling.bagging(0.8)).build()).fit(bins,
                DATA.target(), Evaluation.on("test", bins.bin(test.x()), test.target(), Metric.rmse()));
        double mine = Metric.rmse().of(linear.predict(test.x()), test.target());
        assertThat(mine).isLessThan(0.8 * Metric.rmse().of(constant.predict(test.x()), test.target()));
        assertThat(linear.history().curves().getFirst().values()[29]).isCloseTo(mine, within(1e-9));
        double[] batch = linear.predictRaw(test.x());
        double[] rows = linear.rows(test.x());
        for (int i = 0; i < 100; i++) {
            double[] row = new double[] {rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]};
            assertThat(linear.predictRaw(row)).isEqualTo(batch[i]);
        }
    }

    @Test
    void sameBitsForAnyNumberOfThreads() throws Exception {
        double[][] raw = new double[2][];
        for (int i = 0; i < 2; i++) {
            try (WorkerPool pool = WorkerPool.of(1 + 2 * i)) {
                raw[i] = pool
                        .call(() -> new GradientBoosting(params().build()).fit(DATA.x(), DATA.target())
                                .predictRaw(DATA.x()));
            }
        }
        assertThat(raw[0]).isEqualTo(raw[1]);
    }

    @Test
    void modelFilesKeepThem(@TempDir Path folder) {
        BoostingModel model = new GradientBoosting(params().build()).fit(DATA.x(), DATA.target());
        LightGbmFormat.write(model, folder.resolve("m.txt"));
        double[] again = LightGbmFormat.read(folder.resolve("m.txt")).predictRaw(DATA.x());
        double[] raw = model.predictRaw(DATA.x());
        for (int i = 0; i < raw.length; i++) assertThat(again[i]).isCloseTo(raw[i], within(1e-12));
    }

    @Test
    void dependentColumnsLeaveConstantLeaves() {
        double[][] a = {{4, 2}, {2, 1}};
        assertThat(LinearFitter.solve(a, new double[] {1, 1})).isFalse();
        double[] b = {1, 2};
        assertThat(LinearFitter.solve(new double[][] {{4, 0}, {1, 3}}, b)).isTrue();
        assertThat(b[0]).isCloseTo(1.0 / 11, within(1e-15));
        assertThat(b[1]).isCloseTo(7.0 / 11, within(1e-15));
    }

    @Test
    void whatIsNotDefinedIsRefused() {
        assertThatThrownBy(() -> new GradientBoosting(params().build()).fit(DATA.bins(), DATA.target()))
                .hasMessageContaining("withValues");
        assertThatThrownBy(() -> new GradientBoosting(params().build().withObjective(Objective.absolute()))
                .fit(DATA.x(), DATA.target())).hasMessageContaining("linear leaves");
        assertThatThrownBy(() -> params().monotone("Column_0", 1).build()).hasMessageContaining("monotone");
        assertThatThrownBy(() -> LinearLeaves.ridge(-1)).hasMessageContaining("-1");
        BoostingModel model = new GradientBoosting(params().trees(2).build()).fit(DATA.x(), DATA.target());
        assertThatThrownBy(() -> TreeShap.of(model)).hasMessageContaining("linear leaves");
        assertThatThrownBy(() -> new GradientBoosting(params().build()).refit(model, DATA.x(), DATA.target(), 0.5))
                .hasMessageContaining("linear leaves");
    }
}
