package org.lanewise.boosting.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.Importance;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.RegressionTree.Missing;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;

/** Writes LightGBM's text, version v4. */
final class LightGbmWriter {
    private static final String FORBIDDEN = "[],:{}\"=";

    private LightGbmWriter() {}

    /** @throws BadInputException if the format cannot say what the model does */
    static String text(BoostingModel model) {
        try {
            return write(model);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("cannot be written in LightGBM's format: " + e.getMessage(), e);
        }
    }

    private static String write(BoostingModel model) {
        if (!Objectives.inLightGbm(model.objective(), model.link()))
            throw new IllegalArgumentException("it has no objective like '" + model.objective() + "'");
        List<String> names = Portable.names(model);
        for (String name : names) {
            if (name.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0))
                throw new IllegalArgumentException("column \"" + name + "\": names cannot hold any of " + FORBIDDEN);
        }
        List<String> trees = new ArrayList<>();
        for (RegressionTree tree : Portable.trees(model)) {
            try {
                trees.add("Tree=" + trees.size() + "\n" + tree(tree) + "\n\n");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tree " + trees.size() + ": " + e.getMessage(), e);
            }
        }
        StringBuilder out = new StringBuilder("tree\nversion=v4\n");
        out.append("num_class=").append(model.scores()).append("\nnum_tree_per_iteration=").append(model.scores())
                .append("\nlabel_index=0\nmax_feature_idx=").append(names.size() - 1);
        if (!model.objective().equals("custom")) out.append("\nobjective=").append(model.objective());
        if (model.averaged()) out.append("\naverage_output");
        out.append("\nfeature_names=").append(String.join(" ", names)).append("\nfeature_infos=")
                .append(model.features().stream().map(LightGbmWriter::info).collect(Collectors.joining(" ")))
                .append("\ntree_sizes=").append(trees.stream()
                        .map(t -> Integer.toString(t.getBytes(StandardCharsets.UTF_8).length))
                        .collect(Collectors.joining(" ")))
                .append("\n\n");
        trees.forEach(out::append);
        out.append("end of trees\n\nfeature_importances:\n");
        importances(model, names).forEach(line -> out.append(line).append('\n'));
        out.append("\nparameters:\nend of parameters\n\npandas_categorical:").append(levels(model)).append('\n');
        return out.toString();
    }

    private static String info(FeatureBins column) {
        if (column.categorical()) {
            return column.size() == 1
                    ? "none"
                    : IntStream.range(1, column.size()).mapToObj(b -> Integer.toString(column.category(b)))
                            .collect(Collectors.joining(":"));
        }
        return Double.isNaN(column.min()) || column.min() == column.max()
                ? "none"
                : "[" + real(column.min()) + ":" + real(column.max()) + "]";
    }

    private static List<String> importances(BoostingModel model, List<String> names) {
        double[] splits = model.importance(Importance.SPLIT);
        return IntStream.range(0, names.size()).boxed().filter(j -> splits[j] > 0)
                .sorted((a, b) -> Double.compare(splits[b], splits[a]))
                .map(j -> names.get(j) + "=" + (long) splits[j]).toList();
    }

    /** A list of levels for each column of categories, as LightGBM's Python package keeps those of data frames. */
    private static String levels(BoostingModel model) {
        List<FeatureBins> columns = model.features().stream().filter(FeatureBins::categorical).toList();
        if (columns.isEmpty() || columns.stream().anyMatch(c -> c.levels().isEmpty() || c.size() == 1)) return "null";
        return JsonFiles.text(columns.stream().map(FeatureBins::levels).toList()).replace("\n", "");
    }

    // --- one tree

    private static String tree(RegressionTree tree) {
        int n = tree.nodes();
        int leaves = tree.leaves();
        Map<Integer, Integer> sets = new TreeMap<>();
        for (int i = 0; i < n; i++) if (tree.categorical(i)) sets.put(i, sets.size());
        boolean[] swap = new boolean[n];
        for (int i = 0; i < n; i++) swap[i] = swapped(tree, i);
        StringBuilder out = new StringBuilder("num_leaves=" + leaves + "\nnum_cat=" + sets.size() + "\n");
        line(out, "split_feature", n, i -> Integer.toString(tree.feature(i)));
        line(out, "split_gain", n, i -> real(tree.gain(i)));
        line(out, "threshold", n, i -> sets.containsKey(i) ? Integer.toString(sets.get(i)) : real(bound(tree, i)));
        line(out, "decision_type", n, i -> Integer.toString(decision(tree, i)));
        line(out, "left_child", n, i -> Integer.toString(swap[i] ? tree.right(i) : tree.left(i)));
        line(out, "right_child", n, i -> Integer.toString(swap[i] ? tree.left(i) : tree.right(i)));
        line(out, "leaf_value", leaves, l -> real(tree.leafValue(l)));
        line(out, "leaf_weight", leaves, l -> real(tree.leafWeight(l)));
        line(out, "leaf_count", leaves, l -> Integer.toString(tree.leafCount(l)));
        line(out, "internal_value", n, i -> real(tree.nodeValue(i)));
        line(out, "internal_weight", n, i -> real(tree.nodeWeight(i)));
        line(out, "internal_count", n, i -> Integer.toString(tree.nodeCount(i)));
        if (!sets.isEmpty()) sets(out, tree, List.copyOf(sets.keySet()));
        out.append("is_linear=").append(tree.linear() ? 1 : 0).append('\n');
        if (tree.linear()) linear(out, tree);
        return out.append("shrinkage=1\n").toString();
    }

    private static void line(StringBuilder out, String name, int n, IntFunction<String> value) {
        out.append(name).append('=');
        for (int i = 0; i < n; i++) out.append(i == 0 ? "" : " ").append(value.apply(i));
        out.append('\n');
    }

    /** LightGBM's sets go left: a node whose set goes right has its children exchanged. */
    private static boolean swapped(RegressionTree tree, int i) {
        if (!tree.categorical(i) || !tree.setGoesRight(i)) return false;
        if (!tree.missingLeft(i)) {
            throw new IllegalArgumentException("node " + i + " sends missing values to the side of its set of "
                    + "categories; there they always go to the other");
        }
        return true;
    }

    private static double bound(RegressionTree tree, int i) {
        return tree.doubleBound(i);
    }

    private static int decision(RegressionTree tree, int i) {
        if (tree.categorical(i)) return 1 | 8;
        Missing missing = tree.missing(i);
        return (tree.missingLeft(i) ? 2 : 0) | (missing == Missing.NAN ? 8 : missing == Missing.ZERO ? 4 : 0);
    }

    private static void sets(StringBuilder out, RegressionTree tree, List<Integer> nodes) {
        StringJoiner bounds = new StringJoiner(" ");
        StringJoiner words = new StringJoiner(" ");
        int at = 0;
        bounds.add("0");
        for (int node : nodes) {
            int[] set = tree.categories(node);
            int[] bits = new int[set.length == 0 ? 1 : set[set.length - 1] / 32 + 1];
            for (int c : set) bits[c / 32] |= 1 << c % 32;
            at += bits.length;
            bounds.add(Integer.toString(at));
            for (int word : bits) words.add(Integer.toUnsignedString(word));
        }
        out.append("cat_boundaries=").append(bounds).append("\ncat_threshold=").append(words).append('\n');
    }

    private static void linear(StringBuilder out, RegressionTree tree) {
        int leaves = tree.leaves();
        line(out, "leaf_const", leaves, l -> real(tree.leafConstant(l)));
        line(out, "num_features", leaves, l -> Integer.toString(tree.leafFeatures(l).length));
        line(out, "leaf_features", leaves, l -> Arrays.stream(tree.leafFeatures(l)).mapToObj(Integer::toString)
                .collect(Collectors.joining(" ", "", tree.leafFeatures(l).length > 0 ? " " : "")));
        line(out, "leaf_coeff", leaves, l -> Arrays.stream(tree.leafCoefficients(l)).mapToObj(LightGbmWriter::real)
                .collect(Collectors.joining(" ", "", tree.leafFeatures(l).length > 0 ? " " : "")));
    }

    /** The shortest text that reads back to the same bits. */
    private static String real(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? integral(value) : Double.toString(value);
    }

    private static String integral(double value) {
        return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
}
