package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;

/** Oblivious trees are those of trying every test on every level. */
class ObliviousTest {
    private static final int ROWS = 400;
    private static final int LEAST = 12;
    private static final double L2 = 1.5;
    private static final double RATE = 0.3;

    /** Three numeric columns of few values, one of them with missing ones, and a column of categories. */
    private static Features features() {
        Rng rng = Rng.of(5);
        double[][] columns = new double[4][ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 3; j++) columns[j][i] = rng.nextInt(15);
            if (rng.nextInt(5) == 0) columns[2][i] = Double.NaN;
            columns[3][i] = rng.nextInt(5);
        }
        return Features.ofColumns(List.of("a", "b", "c", "d"), columns).withCategorical("d");
    }

    private static double[] label(Features x) {
        Rng rng = Rng.of(6);
        double[][] c = new double[4][ROWS];
        for (int j = 0; j < 4; j++) x.copy(j, 0, ROWS, c[j]);
        double[] y = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            y[i] = Math.sin(c[0][i]) + (c[1][i] > 6 ? c[0][i] / 8 : 0) + (Double.isNaN(c[2][i]) ? 1 : c[2][i] / 10)
                    + (c[3][i] == 2 ? 1.5 : 0) + 0.2 * rng.nextGaussian();
        }
        return y;
    }

    private static BoostingParams.Builder params() {
        return BoostingParams.builder(Objective.squared()).growth(Growth.OBLIVIOUS).maxDepth(4).trees(3).l2(L2)
                .learningRate(RATE).minDataInLeaf(LEAST).histogram(HistogramPrecision.FLOAT64);
    }

    @Test
    void everyLevelHasTheBestTest() {
        Features x = features();
        double[] y = label(x);
        BinnedTable bins = Binning.builder().minDataInBin(1).build().bin(x);
        BoostingModel model = new GradientBoosting(params().build()).fit(bins, Target.of(y));
        double[] score = new double[ROWS];
        Arrays.fill(score, Arrays.stream(y).average().orElseThrow());
        for (int round = 0; round < 3; round++) addTree(bins, y, score);
        double[] raw = model.predictRaw(x);
        for (int i = 0; i < ROWS; i++) assertThat(raw[i]).isCloseTo(score[i], within(1e-6));
    }

    /** By trying everything. */
    private static void addTree(BinnedTable bins, double[] y, double[] score) {
        double[] g = IntStream.range(0, ROWS).mapToDouble(i -> score[i] - y[i]).toArray();
        List<List<Integer>> groups = List.of(IntStream.range(0, ROWS).boxed().toList());
        for (int level = 0; level < 4; level++) {
            double most = 0;
            boolean[] best = null;
            for (int f = 0; f < 4; f++) {
                FeatureBins b = bins.bins().get(f);
                for (int cut = 0; cut < b.size(); cut++) {
                    for (int missingLeft = 0; missingLeft < (b.categorical() ? 1 : 2); missingLeft++) {
                        boolean[] left = new boolean[ROWS];
                        for (int i = 0; i < ROWS; i++) {
                            int bin = bins.bin(i, f);
                            left[i] = b.categorical()
                                    ? bin == cut && cut > 0
                                    : bin == b.missingBin() ? missingLeft == 1 : bin <= cut;
                        }
                        double gain = groups.stream().mapToDouble(rows -> gain(rows, left, g)).sum();
                        if (gain > most + 1e-9) {
                            most = gain;
                            best = left;
                        }
                    }
                }
            }
            if (best == null) break;
            List<List<Integer>> next = new ArrayList<>();
            for (List<Integer> rows : groups) {
                if (allowed(rows, best)) {
                    next.add(side(rows, best, true));
                    next.add(side(rows, best, false));
                } else {
                    next.add(rows);
                }
            }
            groups = next;
        }
        for (List<Integer> rows : groups) {
            double value = -RATE * sum(rows, g) / (rows.size() + L2);
            for (int i : rows) score[i] += value;
        }
    }

    private static List<Integer> side(List<Integer> rows, boolean[] left, boolean which) {
        return rows.stream().filter(i -> left[i] == which).toList();
    }

    private static boolean allowed(List<Integer> rows, boolean[] left) {
        return side(rows, left, true).size() >= LEAST && side(rows, left, false).size() >= LEAST;
    }

    private static double gain(List<Integer> rows, boolean[] left, double[] g) {
        return allowed(rows, left)
                ? worth(side(rows, left, true), g) + worth(side(rows, left, false), g) - worth(rows, g)
                : 0;
    }

    private static double worth(List<Integer> rows, double[] g) {
        double sum = sum(rows, g);
        return sum * sum / (rows.size() + L2);
    }

    private static double sum(List<Integer> rows, double[] g) {
        return rows.stream().mapToDouble(i -> g[i]).sum();
    }

    @Test
    void aLevelHasOneTest() {
        TestData data = TestData.binary(5_000, 9, 3);
        BoostingModel model = new GradientBoosting(BoostingParams.builder(Objective.logistic()).trees(20)
                .growth(Growth.OBLIVIOUS).maxDepth(5).minDataInLeaf(1).minSumHessian(0).build())
                .fit(data.bins(), data.target());
        for (RegressionTree tree : model.trees()) {
            assertThat(tree.leaves()).isLessThanOrEqualTo(32);
            Map<String, Integer> tests = new TreeMap<>();
            for (int i = 0; i < tree.nodes(); i++)
                tests.merge(tree.feature(i) + " <= " + tree.threshold(i) + tree.missingLeft(i), 1, Integer::sum);
            assertThat(tests).hasSizeLessThanOrEqualTo(5);
        }
        assertThat(Metric.logLoss().of(model.predict(data.x()), data.target())).isLessThan(0.6);
    }

    @Test
    void sameBitsForAnyNumberOfThreads() throws Exception {
        TestData data = TestData.binary(20_000, 12, 4);
        BoostingParams p = BoostingParams.builder(Objective.logistic()).trees(5).growth(Growth.OBLIVIOUS)
                .sampling(Sampling.bagging(0.7)).featureFractionByLevel(0.5).extraTrees(true).build();
        double[][] raw = new double[2][];
        for (int threads = 1; threads <= 2; threads++) {
            try (WorkerPool pool = WorkerPool.of(2 * threads - 1)) {
                raw[threads - 1] = pool
                        .call(() -> new GradientBoosting(p).fit(data.bins(), data.target()).predictRaw(data.x()));
            }
        }
        assertThat(raw[0]).isEqualTo(raw[1]);
    }

    @Test
    void depthIsLimited() {
        assertThatThrownBy(() -> params().maxDepth(17).build()).hasMessageContaining("maxDepth");
        TestData data = TestData.binary(5_000, 9, 3);
        BoostingModel six = new GradientBoosting(
                BoostingParams.builder(Objective.logistic()).trees(1).growth(Growth.OBLIVIOUS).minDataInLeaf(1).build())
                .fit(data.bins(), data.target());
        assertThat(six.trees().getFirst().leaves()).isBetween(33, 64);
    }
}
