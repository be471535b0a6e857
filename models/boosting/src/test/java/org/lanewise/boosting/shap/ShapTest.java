package org.lanewise.boosting.shap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.format.Golden;
import org.lanewise.boosting.format.LightGbmFormat;
import org.lanewise.boosting.format.ModelFile;
import org.lanewise.boosting.format.XgboostFormat;
import org.lanewise.engine.WorkerPool;
import tools.jackson.databind.JsonNode;

class ShapTest {
    private static final int FEATURES = 7;
    private static final Features ROWS = Golden.rows(Golden.read("lightgbm.json"), false);

    private static BoostingModel lightGbm(String name) {
        return LightGbmFormat.read(Golden.FOLDER.resolve("lightgbm_" + name + ".txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass", "poisson", "zero", "none", "dart", "stump"})
    void equalsLightGbm(String name) {
        JsonNode expected = Golden.read("lightgbm.json").get("models").get(name).get("contrib");
        double[] golden = Golden.doubles(expected);
        double[] ours = TreeShap.of(lightGbm(name)).explain(ROWS);
        assertArrayEquals(golden, Arrays.copyOf(ours, golden.length), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass", "edges"})
    void equalsLightGbmOnModelsWrittenHere(String name) {
        BoostingModel model = ModelFile.load(Golden.FOLDER.resolve("model-v1").resolve(name)).model();
        double[] golden = Golden.doubles(Golden.read("exported_lightgbm.json").get(name).get("contrib"));
        double[] ours = TreeShap.of(model).explain(Golden.rows(Golden.read("xgboost.json"), false));
        assertArrayEquals(golden, Arrays.copyOf(ours, golden.length), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "multiclass", "forest", "zero"})
    void sumsToThePrediction(String name) {
        assertSums(lightGbm(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "parallel", "cox"})
    void sumsToThePredictionWithWeightsForCounts(String name) {
        assertSums(XgboostFormat.read(Golden.FOLDER.resolve("xgboost_" + name + ".ubj")));
    }

    private static void assertSums(BoostingModel model) {
        double[] raw = model.predictRaw(ROWS);
        double[] path = TreeShap.of(model).explain(ROWS);
        double[] interventional = InterventionalShap.of(model, ROWS).explain(ROWS);
        for (int i = 0; i < raw.length; i++) {
            int at = i * (FEATURES + 1);
            assertEquals(raw[i], Arrays.stream(path, at, at + FEATURES + 1).sum(), 1e-9);
            assertEquals(raw[i], Arrays.stream(interventional, at, at + FEATURES + 1).sum(), 1e-9);
        }
    }

    @Test
    void equalsShapleysDefinition() {
        BoostingModel model = lightGbm("regression");
        double[] rows = model.rows(ROWS);
        double[] background = Arrays.copyOfRange(rows, 20 * FEATURES, 27 * FEATURES);
        InterventionalShap interventional = InterventionalShap.of(model, head(background));
        TreeShap path = TreeShap.of(model);
        for (int r = 0; r < 8; r++) {
            double[] row = Arrays.copyOfRange(rows, r * FEATURES, (r + 1) * FEATURES);
            assertClose(shapley(set -> conditional(model, row, set)), path.explain(row));
            assertClose(shapley(set -> intervened(model, row, background, set)), interventional.explain(row));
            double[] pairs = path.interactions(row);
            double[] phi = path.explain(row);
            double[] defined = interaction(set -> conditional(model, row, set));
            for (int i = 0; i <= FEATURES; i++) {
                double sum = 0;
                for (int j = 0; j <= FEATURES; j++) {
                    double value = pairs[i * (FEATURES + 1) + j];
                    sum += value;
                    assertEquals(value, pairs[j * (FEATURES + 1) + i], 1e-12);
                    if (i < FEATURES && j < FEATURES && i != j)
                        assertEquals(defined[i * FEATURES + j], value, 1e-9, i + " and " + j);
                }
                assertEquals(phi[i], sum, 1e-9);
            }
        }
    }

    private static Features head(double[] rows) {
        return Golden.named(Features.ofRows(rows, FEATURES), false);
    }

    private static void assertClose(double[] expected, double[] actual) {
        for (int i = 0; i < FEATURES; i++) assertEquals(expected[i], actual[i], 1e-9, "feature " + i);
    }

    /** The value of a set of features when both ways are taken at tests of others. */
    private static double conditional(BoostingModel model, double[] row, int set) {
        double sum = 0;
        for (RegressionTree tree : model.trees()) sum += conditional(tree, 0, row, set);
        return sum;
    }

    private static double conditional(RegressionTree tree, int node, double[] row, int set) {
        if (node < 0) return tree.leafValue(~node);
        int f = tree.feature(node);
        double left = conditional(tree, tree.left(node), row, set);
        double right = conditional(tree, tree.right(node), row, set);
        if ((set >> f & 1) != 0) return tree.goesLeft(node, row[f]) ? left : right;
        return (left * count(tree, tree.left(node)) + right * count(tree, tree.right(node))) / tree.nodeCount(node);
    }

    private static double count(RegressionTree tree, int child) {
        return child < 0 ? tree.leafCount(~child) : tree.nodeCount(child);
    }

    private static double intervened(BoostingModel model, double[] row, double[] background, int set) {
        double sum = 0;
        int n = background.length / FEATURES;
        for (int b = 0; b < n; b++) {
            double[] mixed = Arrays.copyOfRange(background, b * FEATURES, (b + 1) * FEATURES);
            for (int f = 0; f < FEATURES; f++) if ((set >> f & 1) != 0) mixed[f] = row[f];
            sum += model.predictRaw(mixed) / n;
        }
        return sum;
    }

    private static double[] shapley(IntToDoubleFunction game) {
        double[] phi = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            for (int set = 0; set < 1 << FEATURES; set++) {
                if ((set >> i & 1) != 0) continue;
                int size = Integer.bitCount(set);
                phi[i] += factorial(size) * factorial(FEATURES - size - 1) / factorial(FEATURES)
                        * (game.applyAsDouble(set | 1 << i) - game.applyAsDouble(set));
            }
        }
        return phi;
    }

    private static double[] interaction(IntToDoubleFunction game) {
        double[] value = new double[1 << FEATURES];
        for (int set = 0; set < value.length; set++) value[set] = game.applyAsDouble(set);
        double[] phi = new double[FEATURES * FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            for (int j = 0; j < FEATURES; j++) {
                int both = 1 << i | 1 << j;
                for (int set = 0; set < value.length && i != j; set++) {
                    if ((set & both) != 0) continue;
                    int size = Integer.bitCount(set);
                    phi[i * FEATURES + j] += factorial(size) * factorial(FEATURES - size - 2)
                            / (2 * factorial(FEATURES - 1))
                            * (value[set | both] - value[set | 1 << i] - value[set | 1 << j] + value[set]);
                }
            }
        }
        return phi;
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }

    @Test
    void exactOnDeepPathsOfManyFeatures() {
        int n = 60; // a chain of 60 features: 30 points, degree 59
        RegressionTree.Builder chain = RegressionTree.builder(n + 1);
        for (int i = 0; i < n; i++) {
            chain.numeric(i, i, 0, false).children(i, ~i, i + 1 < n ? i + 1 : ~n)
                    .node(i, 1, 0, 2 * n - i, 2 * n - i).leaf(i, i % 7, 1, 1);
        }
        chain.leaf(n, 5, n, n);
        BoostingModel model = BoostingModel.builder("regression", org.lanewise.boosting.objective.Link.IDENTITY,
                java.util.stream.IntStream.range(0, n).mapToObj(j -> org.lanewise.boosting.FeatureBins
                        .numeric("x" + j, new double[] {Double.POSITIVE_INFINITY}, 0, 1)).toList(),
                0).trees(java.util.List.of(chain.build())).build();
        double[] row = new double[n];
        for (int j = 0; j < n; j++) row[j] = j == 50 ? -1 : 1;
        double[] phi = TreeShap.of(model).explain(row);
        assertEquals(model.predictRaw(row), Arrays.stream(phi).sum(), 1e-9);
        double[] other = new double[n];
        Arrays.fill(other, -1);
        double[] against = InterventionalShap.of(model, Features.ofColumns(
                java.util.stream.IntStream.range(0, n).mapToObj(j -> "x" + j).toList(),
                java.util.stream.IntStream.range(0, n).mapToObj(_ -> new double[] {-1}).toArray(double[][]::new)))
                .explain(row);
        assertEquals(model.predictRaw(row), Arrays.stream(against).sum(), 1e-9);
        assertEquals(model.predictRaw(other), against[n], 1e-12);
    }

    @Test
    void sameBitsForAnyNumberOfThreads() throws Exception {
        BoostingModel model = lightGbm("multiclass");
        double[] one;
        try (WorkerPool pool = WorkerPool.of(1)) {
            one = pool.call(() -> TreeShap.of(model).explain(ROWS));
        }
        try (WorkerPool pool = WorkerPool.of(3)) {
            assertArrayEquals(one, pool.call(() -> TreeShap.of(model).explain(ROWS)));
        }
    }

    @Test
    void linearLeavesAreRefused() {
        assertTrue(assertThrows(UnsupportedOperationException.class, () -> TreeShap.of(lightGbm("linear")))
                .getMessage().contains("linear"));
    }
}
