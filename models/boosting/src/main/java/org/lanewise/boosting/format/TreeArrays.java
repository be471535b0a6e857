package org.lanewise.boosting.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.RegressionTree.Missing;

/**
 * Trees as a few long arrays, tree after tree, and back. All are doubles: thresholds and leaves keep every bit, and whole
 * numbers below 2^53 are exact.
 */
final class TreeArrays {
    private static final int CATEGORICAL = 1;
    private static final int MISSING_LEFT = 2;
    private static final int MISSING_ZERO = 4;
    private static final int MISSING_NAN = 8;
    private static final int FLOAT = 16;
    private static final int SET_RIGHT = 32;

    private static final String[] NODE = {"node.feature", "node.test", "node.threshold", "node.left", "node.right",
            "node.gain", "node.value", "node.weight", "node.count"};
    private static final String[] LEAF = {"leaf.value", "leaf.weight", "leaf.count"};

    private TreeArrays() {}

    static Map<String, double[]> of(List<RegressionTree> trees) {
        int nodes = trees.stream().mapToInt(RegressionTree::nodes).reduce(0, Math::addExact);
        int leaves = trees.stream().mapToInt(RegressionTree::leaves).reduce(0, Math::addExact);
        double[][] node = new double[NODE.length][nodes];
        double[][] leaf = new double[LEAF.length][leaves];
        double[] categories = new double[nodes];
        boolean anyCategorical = false;
        List<Integer> sets = new ArrayList<>();
        double[] terms = new double[leaves];
        double[] constants = new double[leaves];
        List<Double> linear = new ArrayList<>();
        int n = 0;
        int l = 0;
        for (RegressionTree tree : trees) {
            for (int i = 0; i < tree.nodes(); i++, n++) {
                double[] row = {tree.feature(i), test(tree, i), tree.threshold(i), tree.left(i), tree.right(i),
                        tree.gain(i), tree.nodeValue(i), tree.nodeWeight(i), tree.nodeCount(i)};
                for (int k = 0; k < row.length; k++) node[k][n] = row[k];
                anyCategorical |= tree.categorical(i);
                if (tree.categorical(i)) {
                    int[] set = tree.categories(i);
                    categories[n] = set.length;
                    for (int c : set) sets.add(c);
                }
            }
            for (int i = 0; i < tree.leaves(); i++, l++) {
                leaf[0][l] = tree.leafValue(i);
                leaf[1][l] = tree.leafWeight(i);
                leaf[2][l] = tree.leafCount(i);
                int[] features = tree.leafFeatures(i);
                double[] coefficients = tree.leafCoefficients(i);
                terms[l] = features.length;
                constants[l] = tree.leafConstant(i);
                for (int k = 0; k < features.length; k++) {
                    linear.add((double) features[k]);
                    linear.add(coefficients[k]);
                }
            }
        }
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put("tree.leaves", trees.stream().mapToDouble(RegressionTree::leaves).toArray());
        for (int k = 0; k < NODE.length; k++) arrays.put(NODE[k], node[k]);
        for (int k = 0; k < LEAF.length; k++) arrays.put(LEAF[k], leaf[k]);
        if (anyCategorical) {
            arrays.put("set.size", categories);
            arrays.put("set.category", sets.stream().mapToDouble(c -> c).toArray());
        }
        if (!linear.isEmpty() || !Arrays.equals(constants, leaf[0])) {
            arrays.put("linear.terms", terms);
            arrays.put("linear.constant", constants);
            arrays.put("linear.feature.coefficient", linear.stream().mapToDouble(d -> d).toArray());
        }
        return arrays;
    }

    private static int test(RegressionTree tree, int i) {
        Missing missing = tree.missing(i);
        return (tree.categorical(i) ? CATEGORICAL : 0) | (tree.missingLeft(i) ? MISSING_LEFT : 0)
                | (missing == Missing.ZERO ? MISSING_ZERO : 0) | (missing == Missing.NAN ? MISSING_NAN : 0)
                | (tree.comparesFloats(i) ? FLOAT : 0) | (tree.setGoesRight(i) ? SET_RIGHT : 0);
    }

    /** @throws IllegalArgumentException if they are not what {@link #of} makes */
    static List<RegressionTree> trees(Map<String, double[]> arrays) {
        return new Reader(arrays).trees();
    }

    /** Takes the arrays apart; their lengths are compared before anything of their size is made. */
    private static final class Reader {
        private final double[] treeLeaves;
        private final double[][] node = new double[NODE.length][];
        private final double[][] leaf = new double[LEAF.length][];
        private final double[] setSize;
        private final double[] sets;
        private final double[] terms;
        private final double[] constants;
        private final double[] linear;
        private int nextNode;
        private int nextLeaf;
        private int nextSet;
        private int nextTerm;
        private final SetBudget budget = new SetBudget();

        Reader(Map<String, double[]> arrays) {
            treeLeaves = array(arrays, "tree.leaves");
            for (int k = 0; k < NODE.length; k++) node[k] = array(arrays, NODE[k]);
            for (int k = 0; k < LEAF.length; k++) leaf[k] = array(arrays, LEAF[k]);
            setSize = arrays.get("set.size");
            sets = setSize == null ? new double[0] : array(arrays, "set.category");
            terms = arrays.get("linear.terms");
            constants = terms == null ? null : array(arrays, "linear.constant");
            linear = terms == null ? new double[0] : array(arrays, "linear.feature.coefficient");
            long leaves = 0;
            for (double l : treeLeaves) leaves += whole(l, 1, Integer.MAX_VALUE, "leaves of a tree");
            long nodes = leaves - treeLeaves.length;
            for (int k = 0; k < NODE.length; k++) sized(NODE[k], node[k], nodes);
            for (int k = 0; k < LEAF.length; k++) sized(LEAF[k], leaf[k], leaves);
            sized("set.size", setSize, nodes);
            sized("linear.terms", terms, leaves);
            sized("linear.constant", constants, leaves);
            if (setSize == null && arrays.containsKey("set.category")
                    || terms == null && arrays.containsKey("linear.constant"))
                throw new IllegalArgumentException("the array set.size or linear.terms is missing");
        }

        private static double[] array(Map<String, double[]> arrays, String name) {
            double[] array = arrays.get(name);
            if (array == null) throw new IllegalArgumentException("the array " + name + " is missing");
            return array;
        }

        private static void sized(String name, double[] array, long wanted) {
            if (array != null && array.length != wanted)
                throw new IllegalArgumentException(name + " has " + array.length + " numbers, not " + wanted);
        }

        private static int whole(double value, int least, int most, String what) {
            if (!(value >= least && value <= most && value == Math.rint(value)))
                throw new IllegalArgumentException(value + " " + what);
            return (int) value;
        }

        List<RegressionTree> trees() {
            List<RegressionTree> trees = new ArrayList<>();
            for (int t = 0; t < treeLeaves.length; t++) {
                try {
                    trees.add(tree((int) treeLeaves[t]));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("tree " + t + ": " + e.getMessage(), e);
                }
            }
            if (nextSet != sets.length || nextTerm != linear.length)
                throw new IllegalArgumentException("there are more categories or coefficients than trees use");
            return trees;
        }

        private RegressionTree tree(int leaves) {
            RegressionTree.Builder tree = RegressionTree.builder(leaves);
            for (int i = 0; i < leaves - 1; i++, nextNode++) node(tree, i, nextNode);
            for (int i = 0; i < leaves; i++, nextLeaf++) {
                tree.leaf(i, leaf[0][nextLeaf], leaf[1][nextLeaf],
                        whole(leaf[2][nextLeaf], 0, Integer.MAX_VALUE, "rows of a leaf"));
                int k = terms == null ? 0 : whole(terms[nextLeaf], 0, (linear.length - nextTerm) / 2, "terms");
                if (terms == null || k == 0 && constants[nextLeaf] == leaf[0][nextLeaf]) continue;
                int[] features = new int[k];
                double[] coefficients = new double[k];
                for (int j = 0; j < k; j++) {
                    features[j] = whole(linear[nextTerm++], 0, Integer.MAX_VALUE, "feature of a leaf");
                    coefficients[j] = linear[nextTerm++];
                }
                tree.linear(i, constants[nextLeaf], features, coefficients);
            }
            return tree.build();
        }

        private void node(RegressionTree.Builder tree, int i, int n) {
            int feature = whole(node[0][n], 0, Integer.MAX_VALUE, "feature");
            int test = whole(node[1][n], 0, 63, "test");
            boolean left = (test & MISSING_LEFT) != 0;
            if ((test & CATEGORICAL) != 0) {
                if (setSize == null) throw new IllegalArgumentException("the array set.size is missing");
                int size = whole(setSize[n], 0, sets.length - nextSet, "categories of a set");
                int[] set = new int[size];
                for (int j = 0; j < size; j++)
                    set[j] = whole(sets[nextSet++], 0, RegressionTree.MOST_CATEGORIES, "category");
                if ((test & SET_RIGHT) != 0) tree.categoriesRight(i, feature, left, budget.take(set));
                else tree.categories(i, feature, budget.take(set));
            } else if ((test & FLOAT) != 0) {
                tree.floats(i, feature, (float) node[2][n], left);
            } else {
                tree.numeric(i, feature, node[2][n], left,
                        (test & MISSING_NAN) != 0
                                ? Missing.NAN
                                : (test & MISSING_ZERO) != 0 ? Missing.ZERO : Missing.NONE);
            }
            tree.children(i, whole(node[3][n], Integer.MIN_VALUE, Integer.MAX_VALUE, "child"),
                    whole(node[4][n], Integer.MIN_VALUE, Integer.MAX_VALUE, "child"));
            tree.node(i, node[5][n], node[6][n], node[7][n],
                    whole(node[8][n], 0, Integer.MAX_VALUE, "rows of a node"));
        }
    }

    /** The first array in which two trees differ in any bit; empty if they are the same. */
    static String difference(RegressionTree a, RegressionTree b) {
        Map<String, double[]> first = of(List.of(a));
        Map<String, double[]> second = of(List.of(b));
        if (!first.keySet().equals(second.keySet())) return first.keySet() + " against " + second.keySet();
        return first.keySet().stream().filter(k -> !Arrays.equals(first.get(k), second.get(k))).findFirst().orElse("");
    }
}
