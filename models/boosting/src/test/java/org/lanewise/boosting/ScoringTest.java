package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.boosting.objective.Link;
import org.lanewise.engine.Rng;

/** Scoring in blocks is walking the trees, whatever tests they make. */
class ScoringTest {
    private static final double[] SPECIAL = {Double.NaN, 0.0, -0.0, 1e-36, -1e-36, 1e-34, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0.1, 0.1f, Math.nextUp(0.1), Math.nextDown(0.1),
            Math.nextUp((double) 0.1f),
            Math.nextDown((double) 0.1f), 1, 2, 3};

    /** On both sides of what each kernel takes: a byte's numbers, then any. */
    private static final int[] LEAVES = {1, 2, 3, 17, 64, 256, 257, 600, 5, 1, 31, 200};

    /** A random tree whose thresholds are special values, with every kind of numeric test. */
    private static RegressionTree tree(Rng rng, int features, int leaves, boolean categories) {
        RegressionTree.Builder b = RegressionTree.builder(leaves);
        // Grow as training does: a split keeps the leaf's number on the left.
        int[] parent = new int[leaves];
        boolean[] isLeft = new boolean[leaves];
        int[][] children = new int[leaves - 1][2];
        Arrays.fill(parent, -1);
        for (int node = 0; node < leaves - 1; node++) {
            int leaf = rng.nextInt(node + 1);
            if (parent[leaf] >= 0) children[parent[leaf]][isLeft[leaf] ? 0 : 1] = node;
            children[node] = new int[] {~leaf, ~(node + 1)};
            parent[leaf] = node;
            isLeft[leaf] = true;
            parent[node + 1] = node;
            isLeft[node + 1] = false;
        }
        for (int node = 0; node < leaves - 1; node++) {
            b.children(node, children[node][0], children[node][1]);
            int feature = rng.nextInt(features);
            double bound = SPECIAL[1 + rng.nextInt(SPECIAL.length - 1)];
            boolean left = rng.nextInt(2) == 0;
            switch (rng.nextInt(categories ? 5 : 4)) {
                case 0 -> b.numeric(node, feature, bound, left, RegressionTree.Missing.NONE);
                case 1 -> b.numeric(node, feature, bound, left, RegressionTree.Missing.ZERO);
                case 2 -> b.floats(node, feature, (float) bound, left);
                case 3 -> b.numeric(node, feature, bound, left, RegressionTree.Missing.NAN);
                default -> b.categories(node, feature, 1, 3);
            }
        }
        for (int leaf = 0; leaf < leaves; leaf++) b.leaf(leaf, rng.nextGaussian(), 1, 1);
        return b.build();
    }

    private static BoostingModel model(boolean categories, int scores, boolean averaged) {
        Rng rng = Rng.of(1);
        List<FeatureBins> features = new ArrayList<>();
        for (int j = 0; j < 5; j++)
            features.add(FeatureBins.numeric("f" + j, new double[] {Double.POSITIVE_INFINITY}, 0, 1));
        List<RegressionTree> trees = new ArrayList<>();
        for (int leaves : LEAVES)
            trees.add(tree(rng, 5, leaves, categories));
        double[] base = new double[scores];
        for (int c = 0; c < scores; c++) base[c] = c + 0.5;
        return BoostingModel.builder("regression", Link.IDENTITY, features, base).trees(trees).averaged(averaged)
                .build();
    }

    private static double[] rows(int n) {
        Rng rng = Rng.of(2);
        double[] x = new double[n * 5];
        for (int i = 0; i < x.length; i++) x[i] = SPECIAL[rng.nextInt(SPECIAL.length)];
        return x;
    }

    @Test
    void blocksAgreeWithSingleRows() {
        for (int n : new int[] {1, 4, 5, 7, 9, 63, 64, 65, 300}) {
            for (int scores : new int[] {1, 3}) {
                BoostingModel model = model(n % 2 == 0, scores, n == 9);
                double[] x = rows(n);
                Features named = Features.ofColumns(List.of("f0", "f1", "f2", "f3", "f4"), columns(x, n));
                double[] batch = model.predictRaw(named);
                int[] leaves = model.predictLeaf(named);
                double[] row = new double[5];
                double[] out = new double[scores];
                for (int i = 0; i < n; i++) {
                    System.arraycopy(x, 5 * i, row, 0, 5);
                    model.predictRaw(row, out);
                    for (int c = 0; c < scores; c++) {
                        assertThat(batch[i * scores + c]).isEqualTo(out[c]);
                        double sum = 0;
                        for (int t = c; t < 12; t += scores) sum += model.trees().get(t).leafValue(leaves[12 * i + t]);
                        assertThat(out[c]).isEqualTo(c + 0.5 + (n == 9 ? sum / (12 / scores) : sum));
                    }
                    if (scores == 1) assertThat(model.predictRaw(row)).isEqualTo(out[0]);
                }
            }
        }
    }

    private static double[][] columns(double[] x, int n) {
        double[][] columns = new double[5][n];
        for (int i = 0; i < x.length; i++) columns[i % 5][i / 5] = x[i];
        return columns;
    }

    @Test
    void testsOfEachFormat() {
        RegressionTree lightgbm = RegressionTree.builder(2).children(0, ~0, ~1)
                .numeric(0, 0, 0.5, true, RegressionTree.Missing.NONE).leaf(0, 1, 0, 0)
                .leaf(1, 2, 0, 0).build();
        assertThat(lightgbm.goesLeft(0, 0.5)).isTrue();
        assertThat(lightgbm.goesLeft(0, Math.nextUp(0.5))).isFalse();
        assertThat(lightgbm.goesLeft(0, Double.NaN)).isTrue(); // as 0
        RegressionTree xgboost = RegressionTree.builder(2).children(0, ~0, ~1).floats(0, 0, 0.5f, false).build();
        assertThat(xgboost.goesLeft(0, 0.5)).isFalse();
        assertThat(xgboost.goesLeft(0, 0.4999999999)).isFalse(); // 0.5 as a float
        assertThat(xgboost.goesLeft(0, Math.nextDown(0.5f))).isTrue();
        assertThat(xgboost.goesLeft(0, Double.NaN)).isFalse();
        RegressionTree set = RegressionTree.builder(2).children(0, ~0, ~1).categories(0, 0, 2, 70).build();
        assertThat(set.goesLeft(0, 70.9)).isTrue();
        assertThat(set.goesLeft(0, 3)).isFalse();
        assertThat(set.goesLeft(0, Double.NaN)).isFalse();
        assertThat(set.goesLeft(0, -2)).isFalse();
        RegressionTree right = RegressionTree.builder(2).children(0, ~0, ~1).categoriesRight(0, 0, true, 2, 70).build();
        assertThat(right.goesLeft(0, 70)).isFalse();
        assertThat(right.goesLeft(0, 1000)).isTrue();
        assertThat(right.goesLeft(0, Double.NaN)).isTrue();
    }

    @Test
    void whatIsNoTreeIsRefused() {
        assertThatThrownBy(() -> RegressionTree.builder(3).children(0, 1, ~0).children(1, 0, ~1).build())
                .hasMessageContaining("node 1");
        assertThatThrownBy(() -> RegressionTree.builder(2).children(0, ~0, ~0).build()).hasMessageContaining("node 0");
        assertThatThrownBy(() -> RegressionTree.builder(2).children(0, ~0, ~5).build()).hasMessageContaining("-6");
        assertThatThrownBy(() -> model(false, 1, false).predictRaw(new double[4]))
                .hasMessageContaining("4 values for 5");
    }

    @Test
    void linearLeavesUseTheirFunction() {
        RegressionTree tree = RegressionTree.builder(1).leaf(0, 7, 0, 0)
                .linear(0, 1, new int[] {0, 2}, new double[] {2, -1}).build();
        assertThat(tree.predict(new double[] {3, 0, 4}, 0)).isEqualTo(3);
        assertThat(tree.predict(new double[] {3, 0, Double.NaN}, 0)).isEqualTo(7);
        assertThat(tree.scaled(2, 1).predict(new double[] {3, 0, 4}, 0)).isEqualTo(7);
    }
}
