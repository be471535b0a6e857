package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.SparseRows;

/** Fits learn what is there, and the same whatever the threads. */
class GradientBoostingTest {
    private static final TestData TRAIN = TestData.binary(20_000, 12, 1);
    private static final TestData TEST = TestData.binary(20_000, 12, 2);

    private static BoostingParams.Builder logistic() {
        return BoostingParams.builder(Objective.logistic()).trees(40).leaves(31);
    }

    private static double auc(BoostingModel model) {
        return Metric.auc().of(model.predict(TEST.x()), TEST.target());
    }

    /** The true probabilities reach .83 on this recipe. */
    @ParameterizedTest
    @EnumSource(HistogramPrecision.class)
    void everyPrecisionLearns(HistogramPrecision precision) {
        BoostingModel model = new GradientBoosting(logistic().histogram(precision).build()).fit(TRAIN.bins(),
                TRAIN.target());
        assertThat(auc(model)).isBetween(0.775, 0.83);
        assertThat(model.totalLeaves()).isEqualTo(40 * 31);
    }

    @Test
    void integerSumsLoseNothing() {
        BoostingParams p = logistic().build();
        double integers = auc(new GradientBoosting(p).fit(TRAIN.bins(), TRAIN.target()));
        double doubles = auc(new GradientBoosting(p.toBuilder().histogram(HistogramPrecision.FLOAT64).build())
                .fit(TRAIN.bins(), TRAIN.target()));
        assertThat(integers).isCloseTo(doubles, within(3e-3));
    }

    @ParameterizedTest
    @EnumSource(HistogramPrecision.class)
    void anyNumberOfThreadsGivesTheSameBits(HistogramPrecision precision) throws Exception {
        TestData data = TestData.binary(60_000, 12, 3).withMissing(9);
        BoostingParams p = logistic().trees(4).histogram(precision).build();
        double[] expected = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                double[] raw = pool
                        .call(() -> new GradientBoosting(p).fit(data.bins(), data.target()).predictRaw(data.x()));
                if (expected == null) expected = raw;
                assertThat(raw).as(threads + " threads").isEqualTo(expected);
            }
        }
    }

    @Test
    void missingValuesHaveALearntDirection() {
        Rng rng = Rng.of(4);
        double[] x = new double[4000];
        double[] y = new double[4000];
        for (int i = 0; i < x.length; i++) {
            x[i] = rng.nextDouble();
            y[i] = x[i] > 0.5 ? 1 : 0;
            if (i % 5 == 0) x[i] = Double.NaN;
            if (i % 5 == 0) y[i] = 7;
        }
        Features f = Features.ofRows(x, 1);
        BoostingModel model = new GradientBoosting(
                BoostingParams.builder(Objective.squared()).trees(60).leaves(4).build()).fit(f, Target.of(y));
        assertThat(model.predictRaw(new double[] {Double.NaN})).isBetween(6.9, 7.1);
        assertThat(model.predictRaw(new double[] {0.2})).isBetween(-0.1, 0.1);
        assertThat(model.predictRaw(new double[] {0.9})).isBetween(0.9, 1.1);
    }

    @Test
    void earlyStoppingKeepsTheBestRound() {
        BoostingParams p = logistic().trees(400).learningRate(0.3).earlyStopping(15).build();
        BinnedTable x = TestData.binary(2_000, 12, 5).bins();
        Target y = TestData.binary(2_000, 12, 5).target();
        BoostingModel model = new GradientBoosting(p).fit(x, y,
                Evaluation.on("valid", x.bin(TEST.x()), TEST.target(), Metric.logLoss(), Metric.auc()));
        double[] curve = model.history().curves().getFirst().values();
        int best = 0;
        for (int i = 0; i < curve.length; i++) best = curve[i] < curve[best] ? i : best;
        assertThat(model.bestRound()).isEqualTo(best + 1).isLessThan(200);
        assertThat(model.rounds()).isEqualTo(best + 1 + 15);
        assertThat(Metric.logLoss().of(model.predict(TEST.x()), TEST.target())).isCloseTo(curve[best], within(1e-12));
        assertThat(model.history().curves()).extracting(EvaluationHistory.Curve::metric).containsExactly("logloss",
                "auc");
    }

    @Test
    void softmaxTellsClassesApart() {
        Rng rng = Rng.of(6);
        double[] x = new double[3 * 3000];
        double[] y = new double[3000];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < 3; j++) x[3 * i + j] = rng.nextGaussian();
            y[i] = x[3 * i] > 0.5 ? 2 : x[3 * i + 1] > 0 ? 1 : 0;
        }
        Features f = Features.ofRows(x, 3);
        BoostingModel model = new GradientBoosting(BoostingParams.builder(Objective.softmax(3)).trees(30).build())
                .fit(f, Target.of(y));
        double[] p = model.predict(f);
        assertThat(Metric.parse("multi_error").of(p, Target.of(y))).isLessThan(0.01);
        for (int i = 0; i < y.length; i++)
            assertThat(p[3 * i] + p[3 * i + 1] + p[3 * i + 2]).isBetween(1 - 1e-12, 1 + 1e-12);
        assertThat(model.trees()).hasSize(90);
    }

    /** With double sums a row of weight 2 is two rows. */
    @Test
    void weightsAreRepetitions() {
        TestData data = TestData.regression(3_000, 6, 7);
        int[] twice = IntStream.range(0, 3_000 + 1_000).map(i -> i < 3_000 ? i : i - 3_000).toArray();
        double[] weight = new double[3_000];
        for (int row : twice) weight[row]++;
        BoostingParams p = BoostingParams.builder(Objective.squared()).trees(10).leaves(8).minDataInLeaf(0)
                .minSumHessian(50)
                .histogram(HistogramPrecision.FLOAT64).build();
        BinnedTable x = data.bins();
        double[] weighted = new GradientBoosting(p).fit(x, data.target().withWeights(weight)).predictRaw(data.x());
        double[] repeated = new GradientBoosting(p).fit(x.take(twice), data.target().take(twice)).predictRaw(data.x());
        for (int i = 0; i < weighted.length; i++) assertThat(weighted[i]).isCloseTo(repeated[i], within(1e-5));
    }

    @Test
    void importanceGoesToWhatMatters() {
        BoostingModel model = new GradientBoosting(logistic().build()).fit(TRAIN.bins(), TRAIN.target());
        double[] gain = model.importance(Importance.GAIN);
        assertThat(Arrays.stream(gain, 0, 5).min().orElseThrow())
                .isGreaterThan(5 * Arrays.stream(gain, 9, 12).max().orElseThrow());
        assertThat(Arrays.stream(model.importance(Importance.SPLIT)).sum()).isEqualTo(40 * 30);
        assertThat(Arrays.stream(model.importance(Importance.COVER)).sum()).isGreaterThan(40 * 20_000);
    }

    @Test
    void permutationImportanceGoesToWhatMatters() {
        BoostingModel model = new GradientBoosting(logistic().build()).fit(TRAIN.bins(), TRAIN.target());
        double[] auc = model.permutationImportance(TEST.x(), TEST.target(), Metric.auc(), 2, 1);
        double[] loss = model.permutationImportance(TEST.x(), TEST.target(), Metric.logLoss(), 1, 1);
        for (int j = 0; j < 5; j++) {
            assertThat(auc[j]).isGreaterThan(0.005);
            assertThat(loss[j]).isGreaterThan(0.005);
        }
        for (int j = 9; j < 12; j++) assertThat(auc[j]).isBetween(-0.002, 0.002);
    }

    @Test
    void sparseRowsAreRowsWithZeros() {
        Rng rng = Rng.of(8);
        int n = 3_000;
        double[] dense = new double[n * 20];
        double[] y = new double[n];
        int[] starts = new int[n + 1];
        int[] indices = new int[n * 20];
        double[] values = new double[n * 20];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 20; j++) {
                if (rng.nextInt(8) == 0) {
                    dense[20 * i + j] = rng.nextGaussian();
                    indices[at] = j;
                    values[at++] = dense[20 * i + j];
                    y[i] += j < 5 ? dense[20 * i + j] : 0;
                }
            }
            starts[i + 1] = at;
        }
        Features sparse = Features.of(SparseRows.of(20, starts, Arrays.copyOf(indices, at), Arrays.copyOf(values, at)));
        BoostingParams p = BoostingParams.builder(Objective.squared()).trees(20).leaves(8).build();
        BoostingModel a = new GradientBoosting(p).fit(sparse, Target.of(y));
        BoostingModel b = new GradientBoosting(p).fit(Features.ofRows(dense, 20), Target.of(y));
        assertThat(a.predict(sparse)).isEqualTo(b.predict(Features.ofRows(dense, 20)));
    }
}
