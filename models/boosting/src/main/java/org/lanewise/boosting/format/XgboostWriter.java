package org.lanewise.boosting.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.RegressionTree.Missing;
import org.lanewise.tabular.JsonFiles;

/** Makes XGBoost's tree of JSON values of a model, with the keys its version 1.7 writes, which later ones read. */
final class XgboostWriter {
    private static final int NO_PARENT = Integer.MAX_VALUE;

    private XgboostWriter() {}

    /** @throws IllegalArgumentException if the format cannot say what the model does */
    static Map<String, Object> tree(BoostingModel model) {
        int k = model.scores();
        Objectives.Xgboost objective = Objectives.toXgboost(model.objective(), model.link(), k);
        List<String> names = Portable.names(model);
        for (String name : names) {
            if (name.matches(".*[\\[\\]<].*"))
                throw new IllegalArgumentException("column \"" + name + "\": names cannot hold [, ] or <");
        }
        List<Object> trees = new ArrayList<>();
        for (RegressionTree tree : summed(model)) {
            try {
                trees.add(new Nodes(tree, model.link().slope(), trees.size(), names.size()).tree());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tree " + trees.size() + ": " + e.getMessage(), e);
            }
        }
        List<Integer> info = IntStream.range(0, trees.size()).mapToObj(t -> t % k).toList();

        Map<String, Object> forest = new LinkedHashMap<>();
        forest.put("gbtree_model_param", texts("num_parallel_tree", "1", "num_trees", trees.size(),
                "size_leaf_vector", "0"));
        forest.put("tree_info", info);
        forest.put("trees", trees);
        Map<String, Object> booster = new LinkedHashMap<>();
        booster.put("model", forest);
        booster.put("name", "gbtree");
        Map<String, Object> goal = new LinkedHashMap<>();
        goal.put("name", objective.name());
        if (!objective.parameter().isEmpty()) goal.put(objective.parameter(), objective.values());
        Map<String, Object> learner = new LinkedHashMap<>();
        learner.put("attributes", levels(model));
        learner.put("feature_names", names);
        learner.put("feature_types", model.features().stream().map(f -> f.categorical() ? "c" : "float").toList());
        learner.put("gradient_booster", booster);
        learner.put("learner_model_param", texts("base_score", Float.toString(objective.neutral()),
                "boost_from_average", "1", "num_class", k == 1 ? 0 : k, "num_feature", names.size(), "num_target",
                "1"));
        learner.put("objective", goal);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("learner", learner);
        file.put("version", List.of(1, 7, 4));
        return file;
    }

    /** XGBoost keeps no names of categories but carries attributes along; ours are in one of them. */
    private static Map<String, Object> levels(BoostingModel model) {
        if (model.features().stream().allMatch(f -> f.levels().isEmpty())) return Map.of();
        return Map.of(XgboostReader.LEVELS,
                JsonFiles.text(model.features().stream().map(FeatureBins::levels).toList()).replace("\n", ""));
    }

    private static Map<String, Object> texts(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i].toString(), pairs[i + 1].toString());
        return map;
    }

    /** XGBoost only sums: averaged trees are divided by their number here. */
    private static List<RegressionTree> summed(BoostingModel model) {
        List<RegressionTree> trees = Portable.trees(model);
        if (!model.averaged()) return trees;
        double share = 1.0 / Math.max(1, model.bestRound());
        return trees.stream().map(tree -> tree.scaled(share, 0)).toList();
    }

    /**
     * One tree's arrays. Nodes are numbered level by level: XGBoost never reads a right child's number when it predicts but
     * takes the left one's plus 1.
     */
    private static final class Nodes {
        private final RegressionTree tree;
        private final double slope;
        private final int number;
        private final int features;
        private final int[] left;
        private final int[] right;
        private final int[] parent;
        private final int[] feature;
        private final float[] condition;
        private final byte[] defaultLeft;
        private final byte[] type;
        private final float[] gain;
        private final float[] weight;
        private final float[] hessian;
        private final List<Integer> categories = new ArrayList<>();
        private final List<Integer> setNode = new ArrayList<>();
        private final List<Integer> setFrom = new ArrayList<>();
        private final List<Integer> setSize = new ArrayList<>();

        Nodes(RegressionTree tree, double slope, int number, int features) {
            if (tree.linear()) throw new IllegalArgumentException("linear functions at leaves");
            this.tree = tree;
            this.slope = slope;
            this.number = number;
            this.features = features;
            int n = tree.nodes() + tree.leaves();
            left = new int[n];
            right = new int[n];
            parent = new int[n];
            feature = new int[n];
            condition = new float[n];
            defaultLeft = new byte[n];
            type = new byte[n];
            gain = new float[n];
            weight = new float[n];
            hessian = new float[n];
            parent[0] = NO_PARENT;
            int[] order = new int[n]; // our number of theirs, ~leaf for leaves
            order[0] = tree.nodes() > 0 ? 0 : ~0;
            int next = 1;
            for (int id = 0; id < n; id++) {
                int i = order[id];
                if (i < 0) {
                    leaf(id, ~i);
                    continue;
                }
                boolean swapped = tree.categorical(i) && !tree.setGoesRight(i); // their sets go right
                order[next] = swapped ? tree.right(i) : tree.left(i);
                order[next + 1] = swapped ? tree.left(i) : tree.right(i);
                left[id] = next++;
                right[id] = next++;
                parent[left[id]] = id;
                parent[right[id]] = id;
                node(id, i, swapped);
            }
        }

        private void node(int id, int i, boolean swapped) {
            feature[id] = tree.feature(i);
            boolean missingLeft = tree.missingLeft(i) != swapped;
            if (tree.categorical(i)) {
                int[] set = tree.categories(i);
                if (set.length == 0) throw new IllegalArgumentException("node " + i + " tests an empty set");
                type[id] = 1;
                setNode.add(id);
                setFrom.add(categories.size());
                setSize.add(set.length);
                for (int c : set) categories.add(c);
            } else if (tree.comparesFloats(i)) {
                condition[id] = (float) tree.threshold(i);
            } else {
                condition[id] = Portable.floatBound(tree.threshold(i));
                missingLeft = missingLeft(i);
            }
            defaultLeft[id] = (byte) (missingLeft ? 1 : 0);
            gain[id] = (float) tree.gain(i);
            weight[id] = (float) (tree.nodeValue(i) * slope);
            hessian[id] = (float) tree.nodeWeight(i);
        }

        /** Where NaN goes, for all that LightGBM may take it for. */
        private boolean missingLeft(int i) {
            boolean zeroLeft = 0 <= tree.threshold(i);
            Missing missing = tree.missing(i);
            if (missing == Missing.NAN) return tree.missingLeft(i);
            if (missing == Missing.ZERO && zeroLeft != tree.missingLeft(i)) {
                throw new IllegalArgumentException("node " + i
                        + " treats zero as missing, against its threshold; XGBoost cannot");
            }
            return zeroLeft;
        }

        private void leaf(int id, int l) {
            left[id] = -1;
            right[id] = -1;
            condition[id] = (float) (tree.leafValue(l) * slope);
            weight[id] = condition[id];
            hessian[id] = (float) tree.leafWeight(l);
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(i -> i).toArray();
        }

        private static long[] longs(List<Integer> list) {
            return list.stream().mapToLong(i -> i).toArray();
        }

        Map<String, Object> tree() {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("base_weights", weight);
            node.put("categories", ints(categories));
            node.put("categories_nodes", ints(setNode));
            node.put("categories_segments", longs(setFrom));
            node.put("categories_sizes", longs(setSize));
            node.put("default_left", defaultLeft);
            node.put("id", number);
            node.put("left_children", left);
            node.put("loss_changes", gain);
            node.put("parents", parent);
            node.put("right_children", right);
            node.put("split_conditions", condition);
            node.put("split_indices", feature);
            node.put("split_type", type);
            node.put("sum_hessian", hessian);
            node.put("tree_param", texts("num_deleted", "0", "num_feature", features, "num_nodes", left.length,
                    "size_leaf_vector", "0"));
            return node;
        }
    }
}
