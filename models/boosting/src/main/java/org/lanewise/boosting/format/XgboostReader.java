package org.lanewise.boosting.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Makes a model of XGBoost's JSON or UBJSON tree. */
final class XgboostReader {
    /** The attribute with the levels of every column, a list of lists. */
    static final String LEVELS = "lanewise_levels";

    private XgboostReader() {}

    /** @throws IllegalArgumentException naming what is wrong or not supported */
    static BoostingModel model(JsonNode file) {
        JsonNode learner = at(file, "learner");
        JsonNode params = at(learner, "learner_model_param");
        int classes = whole(params, "num_class", 0);
        int scores = Math.max(1, classes);
        if (whole(params, "num_target", 1) > 1)
            throw new IllegalArgumentException("it has several targets, which is not supported");
        JsonNode booster = at(learner, "gradient_booster");
        String kind = text(booster, "name");
        double[] weight = null;
        if (kind.equals("dart")) {
            weight = numbers(at(booster, "weight_drop"), "weight_drop");
            booster = at(booster, "gbtree");
        } else if (!kind.equals("gbtree")) {
            throw new IllegalArgumentException("booster '" + kind + "' has no trees; gbtree and dart are supported");
        }
        JsonNode forest = at(booster, "model");
        JsonNode trees = at(forest, "trees");
        int[] info = wholes(at(forest, "tree_info"), "tree_info");
        if (info.length != trees.size() || weight != null && weight.length != trees.size())
            throw new IllegalArgumentException("tree_info or weight_drop do not fit " + trees.size() + " trees");
        List<List<RegressionTree>> perClass = new ArrayList<>();
        for (int c = 0; c < scores; c++) perClass.add(new ArrayList<>());
        SetBudget budget = new SetBudget();
        for (int t = 0; t < info.length; t++) {
            if (info[t] < 0 || info[t] >= scores)
                throw new IllegalArgumentException("tree " + t + " is of class " + info[t] + " of " + scores);
            RegressionTree tree = tree(trees.get(t), t, budget);
            perClass.get(info[t]).add(weight == null ? tree : tree.scaled((float) weight[t], 0));
        }
        JsonNode objective = at(learner, "objective");
        Objectives.Xgboost known = Objectives.ofXgboost(text(objective, "name"), classes, parameters(objective));
        double[] base = base(text(params, "base_score"), scores);
        for (int c = 0; c < scores; c++) base[c] = known.score(base[c]);
        return BoostingModel
                .builder(known.ours(), known.link(), columns(learner, whole(params, "num_feature", 0)), base)
                .trees(interleaved(perClass)).build();
    }

    /** Every round's trees, class after class; parallel trees of a round become rounds. */
    private static List<RegressionTree> interleaved(List<List<RegressionTree>> perClass) {
        int rounds = perClass.getFirst().size();
        for (List<RegressionTree> trees : perClass) {
            if (trees.size() != rounds)
                throw new IllegalArgumentException("classes have " + rounds + " and " + trees.size() + " trees");
        }
        List<RegressionTree> all = new ArrayList<>();
        for (int r = 0; r < rounds; r++) for (List<RegressionTree> trees : perClass) all.add(trees.get(r));
        return all;
    }

    /** A number, or from version 3.1 on a list in brackets: one, or one for each class. */
    private static double[] base(String text, int scores) {
        String[] words = text.strip().replaceAll("^\\[|]$", "").split(",");
        if (words.length != 1 && words.length != scores)
            throw new IllegalArgumentException("base_score has " + words.length + " numbers for " + scores + " scores");
        double[] base = new double[scores];
        for (int c = 0; c < scores; c++) {
            try {
                base[c] = Float.parseFloat(words[words.length == 1 ? 0 : c].strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("base_score " + text + " is not a number", e);
            }
        }
        return base;
    }

    /** All values below "*_param" keys of the objective. */
    private static Map<String, String> parameters(JsonNode objective) {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> group : objective.properties()) {
            if (!group.getValue().isObject()) continue;
            for (Map.Entry<String, JsonNode> value : group.getValue().properties())
                values.put(value.getKey(), value.getValue().asString(""));
        }
        return values;
    }

    private static List<FeatureBins> columns(JsonNode learner, int features) {
        JsonNode names = learner.path("feature_names");
        JsonNode types = learner.path("feature_types");
        if (!names.isEmpty() && names.size() != features || !types.isEmpty() && types.size() != features)
            throw new IllegalArgumentException("feature_names or feature_types do not fit num_feature " + features);
        if (features > 1 << 24) throw new IllegalArgumentException(features + " features");
        List<String> unnamed = names.isEmpty() ? Features.defaultNames(features) : List.of();
        JsonNode levels = learner.path("attributes").path(LEVELS);
        levels = levels.isString() ? JsonFiles.parse(LEVELS, levels.asString()) : levels;
        List<FeatureBins> columns = new ArrayList<>();
        for (int j = 0; j < features; j++) {
            String name = names.isEmpty() ? unnamed.get(j) : names.get(j).asString("");
            boolean categorical = !types.isEmpty() && types.get(j).asString("").equals("c");
            columns.add(categorical
                    ? FeatureBins.categorical(name, new int[0], levels(levels.path(j)))
                    : FeatureBins.numeric(name, new double[] {Double.POSITIVE_INFINITY}, Double.NaN, Double.NaN));
        }
        return columns;
    }

    private static List<String> levels(JsonNode column) {
        List<String> names = new ArrayList<>();
        column.forEach(level -> names.add(level.asString("")));
        return names;
    }

    // --- one tree

    private static RegressionTree tree(JsonNode node, int number, SetBudget budget) {
        try {
            if (whole(at(node, "tree_param"), "size_leaf_vector", 0) > 1)
                throw new IllegalArgumentException("vectors at leaves are not supported");
            return new NodeArrays(node).build(budget);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tree " + number + ": " + e.getMessage(), e);
        }
    }

    /** One tree's arrays, all of one length, and the walk from its root that numbers nodes and leaves. */
    private static final class NodeArrays {
        private final int[] left;
        private final int[] right;
        private final int[] feature;
        private final double[] condition;
        private final int[] defaultLeft;
        private final int[] type;
        private final double[] gain;
        private final double[] weight;
        private final double[] hessian;
        private final Map<Integer, int[]> sets = new HashMap<>();

        NodeArrays(JsonNode tree) {
            left = wholes(at(tree, "left_children"), "left_children");
            int n = left.length;
            right = sized(wholes(at(tree, "right_children"), "right_children"), n);
            feature = sized(wholes(at(tree, "split_indices"), "split_indices"), n);
            condition = numbers(at(tree, "split_conditions"), "split_conditions");
            defaultLeft = sized(wholes(at(tree, "default_left"), "default_left"), n);
            type = tree.has("split_type") ? sized(wholes(tree.get("split_type"), "split_type"), n) : new int[n];
            gain = optional(tree, "loss_changes", n);
            weight = optional(tree, "base_weights", n);
            hessian = optional(tree, "sum_hessian", n);
            if (n == 0 || condition.length != n) throw new IllegalArgumentException("its arrays differ in length");
            if (tree.has("categories_nodes")) readSets(tree, n);
        }

        private static int[] sized(int[] array, int n) {
            if (array.length != n) throw new IllegalArgumentException("its arrays differ in length");
            return array;
        }

        private static double[] optional(JsonNode tree, String name, int n) {
            if (!tree.has(name)) return new double[n];
            double[] values = numbers(tree.get(name), name);
            if (values.length != n) throw new IllegalArgumentException(name + " differs in length");
            return values;
        }

        private void readSets(JsonNode tree, int n) {
            int[] nodes = wholes(tree.get("categories_nodes"), "categories_nodes");
            int[] from = sized(wholes(at(tree, "categories_segments"), "categories_segments"), nodes.length);
            int[] size = sized(wholes(at(tree, "categories_sizes"), "categories_sizes"), nodes.length);
            int[] all = wholes(at(tree, "categories"), "categories");
            for (int s = 0; s < nodes.length; s++) {
                if (nodes[s] < 0 || nodes[s] >= n || from[s] < 0 || size[s] < 0 || from[s] > all.length - size[s])
                    throw new IllegalArgumentException("categories_segments do not fit categories");
                sets.put(nodes[s], Arrays.copyOfRange(all, from[s], from[s] + size[s]));
            }
        }

        RegressionTree build(SetBudget budget) {
            int n = left.length;
            int[] place = new int[n]; // node number, or ~leaf
            int[] order = new int[n];
            boolean[] seen = new boolean[n];
            int size = 1;
            int leaves = 0;
            int nodes = 0;
            seen[0] = true;
            for (int next = 0; next < size; next++) {
                int i = order[next];
                if (left[i] == -1) {
                    place[i] = ~leaves++;
                    continue;
                }
                place[i] = nodes++;
                for (int child : new int[] {left[i], right[i]}) {
                    if (child < 0 || child >= n || seen[child])
                        throw new IllegalArgumentException("node " + i + ": child " + child
                                + " is out of range or has another parent");
                    seen[child] = true;
                    order[size++] = child;
                }
            }
            RegressionTree.Builder tree = RegressionTree.builder(leaves);
            for (int k = 0; k < size; k++) {
                int i = order[k];
                if (place[i] < 0) tree.leaf(~place[i], (float) condition[i], hessian[i], 0);
                else node(tree, place[i], i, budget).children(place[i], place[left[i]], place[right[i]]);
            }
            return tree.build();
        }

        private RegressionTree.Builder node(RegressionTree.Builder tree, int at, int i, SetBudget budget) {
            tree.node(at, gain[i], weight[i], hessian[i], 0);
            boolean missingLeft = defaultLeft[i] != 0;
            return type[i] == 0
                    ? tree.floats(at, feature[i], (float) condition[i], missingLeft)
                    : tree.categoriesRight(at, feature[i], missingLeft,
                            budget.take(sets.getOrDefault(i, new int[0])));
        }
    }

    // --- values

    private static JsonNode at(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) throw new IllegalArgumentException("not a model of XGBoost: '" + name + "' is missing");
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = at(node, name);
        if (value.isContainer()) throw new IllegalArgumentException("'" + name + "' is not a single value");
        return value.asString("");
    }

    /** XGBoost writes the numbers of its parameters as text. */
    private static int whole(JsonNode node, String name, int otherwise) {
        if (!node.has(name)) return otherwise;
        String word = text(node, name);
        try {
            int value = Integer.parseInt(word.strip());
            if (value >= 0 && value <= 1 << 24) return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "' is '" + word + "'", e);
        }
        throw new IllegalArgumentException("'" + name + "' is " + word);
    }

    private static double[] numbers(JsonNode array, String name) {
        if (!array.isArray()) throw new IllegalArgumentException("'" + name + "' is not a list");
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isNumber() && !value.isBoolean())
                throw new IllegalArgumentException("'" + name + "' holds " + value);
            values[i] = value.isBoolean() ? value.asBoolean() ? 1 : 0 : value.doubleValue();
        }
        return values;
    }

    private static int[] wholes(JsonNode array, String name) {
        double[] values = numbers(array, name);
        int[] wholes = new int[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (int) values[i];
            if (wholes[i] != values[i]) throw new IllegalArgumentException("'" + name + "' holds " + values[i]);
        }
        return wholes;
    }
}
