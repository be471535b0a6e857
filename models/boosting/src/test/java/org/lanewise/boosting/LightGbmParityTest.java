package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** With double sums, trees equal LightGBM's node for node: feature, threshold, directions, children, counts, values, gains. */
class LightGbmParityTest {
    private static final JsonNode GOLDEN = JsonFiles.read(Path.of("../../src-test-data/boosting/trees.json"));

    static Stream<String> cases() {
        return GOLDEN.get("cases").propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void treesAreEqual(String name) {
        JsonNode golden = GOLDEN.get("cases").get(name);
        double[][] columns = new double[6][];
        for (int j = 0; j < 6; j++) columns[j] = numbers(GOLDEN.get("x").get(j));
        Features x = Features.ofColumns(Features.defaultNames(6), columns);
        for (JsonNode c : golden.get("categories")) x = x.withCategorical("Column_" + c.asInt());
        Target y = Target.of(numbers(GOLDEN.get("labels").get(golden.get("label").asString())));
        if (golden.get("weighted").asBoolean()) y = y.withWeights(numbers(GOLDEN.get("weight")));
        BoostingModel model = new GradientBoosting(params(golden)).fit(Binning.builder().minDataInBin(1).build().bin(x),
                y);

        JsonNode trees = golden.get("trees");
        assertThat(model.trees()).hasSize(trees.size());
        for (int t = 0; t < trees.size(); t++) {
            double shift = t < model.scores() ? model.base()[t] : 0; // LightGBM adds it to the leaves of the first round
            compare(name + ", tree " + t, model.trees().get(t), trees.get(t), shift, columns);
        }
        double[] raw = model.predictRaw(x);
        double[] expected = numbers(
                golden.get("raw").isArray() && golden.get("raw").get(0).isArray() ? null : golden.get("raw"));
        for (int i = 0; i < expected.length; i++)
            assertThat(raw[i]).as(name + ", row " + i).isCloseTo(expected[i], within(1e-6));
    }

    private static BoostingParams params(JsonNode golden) {
        JsonNode given = golden.get("parameters");
        String objective = text(given, "objective", golden.get("label").asString());
        for (String word : List.of("num_class", "alpha", "tweedie_variance_power")) {
            if (given.has(word)) objective += " " + word + ":" + given.get(word).asString();
        }
        BoostingParams.Builder b = BoostingParams.builder(Objective.parse(objective)).trees(3).leaves(15)
                .histogram(HistogramPrecision.FLOAT64)
                .categorical(new CategoricalParams(4, 10, 10, 32, 30));
        b.l1(number(given, "lambda_l1", 0)).l2(number(given, "lambda_l2", 0))
                .minGain(number(given, "min_gain_to_split", 0))
                .minDataInLeaf((int) number(given, "min_data_in_leaf", 20))
                .minSumHessian(number(given, "min_sum_hessian_in_leaf", 1e-3))
                .pathSmooth(number(given, "path_smooth", 0))
                .maxDeltaStep(number(given, "max_delta_step", 0)).maxDepth((int) number(given, "max_depth", -1));
        JsonNode monotone = given.get("monotone_constraints");
        for (int j = 0; monotone != null && j < monotone.size(); j++)
            b.monotone("Column_" + j, monotone.get(j).asInt())
                    .monotoneMethod(MonotoneMethod
                            .valueOf(text(given, "monotone_constraints_method", "basic").toUpperCase(Locale.ROOT)));
        return b.build();
    }

    private static void compare(String what, RegressionTree tree, JsonNode golden, double shift, double[][] x) {
        assertThat(features(tree)).as(what + ": features").isEqualTo(ints(golden.get("split_feature")));
        int[] decision = ints(golden.get("decision_type"));
        double[] threshold = numbers(golden.get("threshold"));
        for (int i = 0; i < tree.nodes(); i++) {
            String node = what + ", node " + i;
            assertThat(tree.categorical(i)).as(node).isEqualTo((decision[i] & 1) != 0);
            if (tree.categorical(i)) {
                assertThat(tree.categories(i)).as(node).isEqualTo(set(golden, (int) threshold[i]));
            } else {
                assertThat(tree.threshold(i)).as(node).isCloseTo(Math.min(threshold[i], Double.MAX_VALUE),
                        within(1e-9 * threshold[i]));
                // Without missing rows at the node both directions gain the same, and rounding chooses.
                if (decision[i] >> 2 == 2 && missingAt(tree, i, x))
                    assertThat(tree.missingLeft(i)).as(node).isEqualTo((decision[i] & 2) != 0);
            }
            assertThat(tree.left(i)).as(node).isEqualTo(ints(golden.get("left_child"))[i]);
            assertThat(tree.right(i)).as(node).isEqualTo(ints(golden.get("right_child"))[i]);
            assertThat(tree.nodeCount(i)).as(node).isEqualTo(ints(golden.get("internal_count"))[i]);
            double gain = numbers(golden.get("split_gain"))[i];
            assertThat(tree.gain(i)).as(node + ": gain").isCloseTo(gain, within(2e-5 * gain + 1e-5));
        }
        double[] value = numbers(golden.get("leaf_value"));
        int[] count = ints(golden.get("leaf_count"));
        for (int l = 0; l < tree.leaves(); l++) {
            assertThat(tree.leafCount(l)).as(what + ", leaf " + l).isEqualTo(count[l]);
            assertThat(tree.leafValue(l) + shift).as(what + ", leaf " + l).isCloseTo(value[l],
                    within(2e-6 * (Math.abs(value[l]) + 1e-2)));
        }
    }

    private static boolean missingAt(RegressionTree tree, int node, double[][] x) {
        for (int row = 0; row < x[0].length; row++) {
            int at = 0;
            while (at >= 0 && at != node)
                at = tree.goesLeft(at, x[tree.feature(at)][row]) ? tree.left(at) : tree.right(at);
            if (at == node && Double.isNaN(x[tree.feature(node)][row])) return true;
        }
        return false;
    }

    private static int[] features(RegressionTree tree) {
        return IntStream.range(0, tree.nodes()).map(tree::feature).toArray();
    }

    private static int[] set(JsonNode golden, int index) {
        int[] boundaries = ints(golden.get("cat_boundaries"));
        double[] words = numbers(golden.get("cat_threshold"));
        return IntStream.range(0, 32 * (boundaries[index + 1] - boundaries[index]))
                .filter(c -> ((long) words[boundaries[index] + c / 32] >>> c % 32 & 1) != 0).toArray();
    }

    private static int[] ints(JsonNode array) {
        return Arrays.stream(numbers(array)).mapToInt(v -> (int) v).toArray();
    }

    /** {@code null} is NaN; no array is no numbers. */
    private static double[] numbers(JsonNode array) {
        if (array == null) return new double[0];
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).isNull() ? Double.NaN : array.get(i).asDouble()).toArray();
    }

    private static double number(JsonNode given, String name, double otherwise) {
        return given.has(name) ? given.get(name).asDouble() : otherwise;
    }

    private static String text(JsonNode given, String name, String otherwise) {
        return given.has(name) ? given.get(name).asString() : otherwise;
    }
}
