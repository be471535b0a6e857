package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;

/** Constraints hold, sampling and modes learn, odd data have a defined result. */
class StructureTest {
    private static final TestData DATA = TestData.regression(6_000, 8, 1);

    private static BoostingParams.Builder squared() {
        return BoostingParams.builder(Objective.squared()).trees(30).leaves(16);
    }

    private static double rmse(BoostingModel model) {
        return Metric.rmse().of(model.predict(DATA.x()), DATA.target());
    }

    @Test
    void monotoneConstraintsHoldEverywhere() {
        BoostingModel model = new GradientBoosting(squared().monotone("Column_3", 1).monotone("Column_2", -1).build())
                .fit(DATA.bins(), DATA.target());
        Rng rng = Rng.of(2);
        double[] row = new double[8];
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 8; j++) row[j] = rng.nextGaussian();
            double last3 = Double.NEGATIVE_INFINITY;
            double last2 = Double.POSITIVE_INFINITY;
            for (double v = -3; v <= 3; v += 0.25) {
                double[] moved = row.clone();
                moved[3] = v;
                double f3 = model.predictRaw(moved);
                moved = row.clone();
                moved[2] = v;
                double f2 = model.predictRaw(moved);
                assertThat(f3).isGreaterThanOrEqualTo(last3);
                assertThat(f2).isLessThanOrEqualTo(last2);
                last3 = f3;
                last2 = f2;
            }
        }
    }

    @Test
    void interactionConstraintsHoldOnEveryPath() {
        List<List<String>> sets = List.of(List.of("Column_0", "Column_1"), List.of("Column_2", "Column_3", "Column_4"));
        BoostingModel model = new GradientBoosting(squared().interactions(sets).build()).fit(DATA.bins(),
                DATA.target());
        for (RegressionTree tree : model.trees()) {
            boolean first = tree.feature(0) <= 1;
            for (int i = 0; i < tree.nodes(); i++) assertThat(tree.feature(i)).isBetween(first ? 0 : 2, first ? 1 : 4);
        }
        assertThatThrownBy(
                () -> new GradientBoosting(squared().monotone("nobody", 1).build()).fit(DATA.bins(), DATA.target()))
                .hasMessageContaining("nobody");
    }

    @Test
    void depthAndLeavesAreLimited() {
        BoostingModel model = new GradientBoosting(squared().maxDepth(3).leaves(100).growth(Growth.DEPTH_WISE).build())
                .fit(DATA.bins(), DATA.target());
        for (RegressionTree tree : model.trees()) assertThat(tree.leaves()).isLessThanOrEqualTo(8);
        model = new GradientBoosting(squared().minDataInLeaf(200).build()).fit(DATA.bins(), DATA.target());
        for (RegressionTree tree : model.trees()) {
            int sum = 0;
            for (int l = 0; l < tree.leaves(); l++) {
                assertThat(tree.leafCount(l)).isGreaterThanOrEqualTo(200);
                sum += tree.leafCount(l);
            }
            assertThat(sum).isEqualTo(6_000);
        }
    }

    @Test
    void samplingAndModesLearn() {
        double plain = rmse(new GradientBoosting(squared().build()).fit(DATA.bins(), DATA.target()));
        BoostingParams[] variants = {squared().sampling(Sampling.bagging(0.5)).featureFraction(0.7).build(),
                squared().sampling(Sampling.goss(0.2, 0.2)).build(),
                squared().featureFractionByNode(0.5).featureFractionByLevel(0.8).build(),
                squared().extraTrees(true).build(),
                squared().mode(BoostingParams.Mode.DART).dart(new Dart(0.2, 0.2, 5)).build()};
        for (BoostingParams p : variants) {
            BoostingModel model = new GradientBoosting(p).fit(DATA.bins(), DATA.target());
            assertThat(rmse(model)).as(p.toString()).isBetween(0.9 * plain, 1.6 * plain);
            assertThat(new GradientBoosting(p).fit(DATA.bins(), DATA.target()).predict(DATA.x()))
                    .isEqualTo(model.predict(DATA.x()));
        }
        double deviation = Metric.rmse().of(new double[6_000], DATA.target());
        BoostingModel forest = new GradientBoosting(
                squared().mode(BoostingParams.Mode.RANDOM_FOREST).sampling(Sampling.bagging(0.6)).leaves(60).build())
                .fit(DATA.bins(), DATA.target());
        assertThat(forest.averaged()).isTrue();
        assertThat(rmse(forest)).isLessThan(0.75 * deviation);
    }

    /** The scores that DART keeps while it trains are those of the model it returns. */
    @Test
    void dartsTreesHaveTheWeightsItTrainedWith() {
        BinnedTable x = DATA.bins();
        BoostingModel model = new GradientBoosting(
                squared().mode(BoostingParams.Mode.DART).dart(new Dart(0.5, 0, 5)).build()).fit(x, DATA.target(),
                        Evaluation.on("same", x, DATA.target(), Metric.rmse()));
        double[] curve = model.history().curves().getFirst().values();
        assertThat(rmse(model)).isCloseTo(curve[curve.length - 1], within(1e-9));
    }

    @Test
    void categoriesAreSplitBySets() {
        Rng rng = Rng.of(5);
        int n = 5_000;
        String[] town = new String[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            int c = rng.nextInt(30);
            town[i] = i % 11 == 0 ? null : "t" + c;
            y[i] = (town[i] == null ? 5 : c % 3 == 0 ? 2 : -1) + 0.1 * rng.nextGaussian();
        }
        Table table = Table
                .of(CategoricalColumn.ofTexts("town", town), DoubleColumn.of("noise", y.clone()).renamed("other"))
                .select("town");
        BoostingModel model = new GradientBoosting(squared().leaves(4).trees(60).build()).fit(Features.of(table),
                Target.of(y));
        assertThat(model.trees().getFirst().categorical(0)).isTrue();
        assertThat(Metric.rmse().of(model.predict(Features.of(table)), Target.of(y))).isLessThan(0.15);
        // The same towns in another order of levels, and one never seen, which counts as missing.
        Table other = Table.of(CategoricalColumn.of("town", List.of("new", "t9", "t4"), new int[] {1, 2, 0, -1}));
        double[] p = model.predict(Features.of(other));
        assertThat(p[0]).isCloseTo(2, within(0.15));
        assertThat(p[1]).isCloseTo(-1, within(0.15));
        assertThat(p[2]).isEqualTo(p[3]).isCloseTo(5, within(0.4));
        assertThatThrownBy(() -> model.predict(Features.of(Table.of(DoubleColumn.of("town", 1)))))
                .hasMessageContaining("town");
        assertThatThrownBy(() -> model.predict(Features.of(Table.of(DoubleColumn.of("x", 1)))))
                .hasMessageContaining("town");
    }

    @ParameterizedTest
    @EnumSource(HistogramPrecision.class)
    void oddDataHaveADefinedResult(HistogramPrecision precision) {
        int n = 200;
        double[] constant = new double[n];
        double[] missing = new double[n];
        Arrays.fill(missing, Double.NaN);
        double[] infinite = new double[n];
        double[] useful = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            infinite[i] = i % 3 == 0 ? Double.NEGATIVE_INFINITY : i % 3 == 1 ? i : Double.POSITIVE_INFINITY;
            useful[i] = i;
            y[i] = i % 3 == 0 ? 1 : 0;
        }
        Features x = Features.ofColumns(List.of("constant", "missing", "infinite", "useful"), constant, missing,
                infinite, useful);
        BoostingParams p = BoostingParams.builder(Objective.logistic()).trees(20).histogram(precision).build();
        double[] predicted = new GradientBoosting(p).fit(x, Target.of(y)).predict(x);
        for (int i = 0; i < n; i++) assertThat(predicted[i]).isBetween(y[i] == 1 ? 0.8 : 0, y[i] == 1 ? 1 : 0.2);

        Features nothing = Features.ofColumns(List.of("constant", "missing"), constant, missing);
        BoostingModel none = new GradientBoosting(p).fit(nothing, Target.of(y));
        assertThat(none.rounds()).isZero();
        assertThat(none.predict(nothing)[0]).isCloseTo(67 / 200.0, within(1e-9));

        double[] oneClass = new GradientBoosting(p).fit(x, Target.of(new double[n])).predict(x);
        assertThat(oneClass[0]).isBetween(0.0, 1e-9);
        Features oneRow = Features.ofRows(new double[] {1, 2}, 2);
        assertThat(
                new GradientBoosting(squared().histogram(precision).build()).fit(oneRow, Target.of(7)).predict(oneRow))
                .containsExactly(7);
    }

    @Test
    void badInputIsOneClearError() {
        Features none = Features.ofRows(new double[0], 2);
        assertThatThrownBy(() -> Binning.defaults().bin(none)).hasMessageContaining("no rows");
        Features twice = Features.ofColumns(List.of("a", "a"), new double[2], new double[2]);
        assertThatThrownBy(() -> Binning.defaults().bin(twice)).hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> new GradientBoosting(squared().build()).fit(DATA.bins(), Target.of(1, 2)))
                .hasMessageContaining("6000");
        assertThatThrownBy(() -> squared().learningRate(0).build()).hasMessageContaining("learningRate");
        assertThatThrownBy(() -> squared().leaves(1).build()).hasMessageContaining("leaves");
        double[] huge = DATA.label().clone();
        huge[0] = 1e300;
        assertThatThrownBy(() -> new GradientBoosting(squared().build()).fit(DATA.bins(), Target.of(huge)))
                .hasMessageContaining("finite");
    }

    /** One row of weight a million does not spoil the others' splits: the tree falls back on double sums. */
    @Test
    void aHugeWeightDoesNotDrownTheRest() {
        double[] weight = new double[6_000];
        Arrays.fill(weight, 1);
        weight[5] = 1e6;
        BoostingParams p = squared().minSumHessian(1).build();
        BoostingModel model = new GradientBoosting(p).fit(DATA.bins(), DATA.target().withWeights(weight));
        BoostingModel reference = new GradientBoosting(p.toBuilder().histogram(HistogramPrecision.FLOAT64).build()).fit(
                DATA.bins(),
                DATA.target().withWeights(weight));
        assertThat(rmse(model)).isCloseTo(rmse(reference), within(0.02));
    }

    @Test
    void aSmallHistogramPoolChangesNothing() {
        TestData wide = TestData.binary(2_000, 300, 3);
        BoostingParams p = BoostingParams.builder(Objective.logistic()).trees(3).leaves(40).build();
        double[] expected = new GradientBoosting(p).fit(wide.bins(), wide.target()).predictRaw(wide.x());
        assertThat(new GradientBoosting(p.toBuilder().histogramMegabytes(1).build()).fit(wide.bins(), wide.target())
                .predictRaw(wide.x()))
                .isEqualTo(expected);
    }

    @Test
    void trainingContinuesWhereItStopped() {
        BinnedTable x = DATA.bins();
        BoostingModel first = new GradientBoosting(squared().trees(15).build()).fit(x, DATA.target());
        BoostingModel second = new GradientBoosting(squared().trees(15).build()).fit(x,
                DATA.target().withInitialScore(first.predictRaw(DATA.x())));
        BoostingModel both = first.followedBy(second);
        assertThat(both.rounds()).isEqualTo(30);
        assertThat(rmse(both)).isCloseTo(rmse(new GradientBoosting(squared().trees(30).build()).fit(x, DATA.target())),
                within(0.02));
        double[] raw = both.predictRaw(DATA.x());
        double[] a = first.predictRaw(DATA.x());
        double[] b = second.predictRaw(DATA.x());
        for (int i = 0; i < 100; i++) assertThat(raw[i]).isCloseTo(a[i] + b[i], within(1e-9));
    }

    @Test
    void refittingMovesTheLeavesOnly() {
        BoostingModel model = new GradientBoosting(squared().build()).fit(DATA.bins(), DATA.target());
        double[] shifted = Arrays.stream(DATA.label()).map(v -> 2 * v).toArray();
        BoostingModel refitted = new GradientBoosting(squared().build()).refit(model, DATA.x(), Target.of(shifted), 0);
        assertThat(Metric.rmse().of(refitted.predict(DATA.x()), Target.of(shifted)))
                .isLessThan(0.8 * Metric.rmse().of(model.predict(DATA.x()), Target.of(shifted)));
        assertThat(refitted.trees().get(3).threshold(0)).isEqualTo(model.trees().get(3).threshold(0));
        BoostingModel same = new GradientBoosting(squared().build()).refit(model, DATA.x(), DATA.target(), 1);
        assertThat(same.predict(DATA.x())).isEqualTo(model.predict(DATA.x()));
    }
}
