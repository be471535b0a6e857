package org.lanewise.boosting.shap;

import org.lanewise.boosting.RegressionTree;

/**
 * What SHAP needs of a tree besides its tests: how likely training rows take each way at a node, and how many distinct
 * features a path has at most.
 */
final class ShapTree {
    /** Recursion and the cost grow with depth; no trained tree comes near. */
    static final int DEEPEST = 2000;
    /** A way no training row takes would make quotients of zeros. */
    private static final double LEAST = 1e-12;

    final RegressionTree tree;
    /** Share of a node's rows that go left. */
    final double[] leftShare;
    final double expected;
    final int distinct;

    /** @throws UnsupportedOperationException if leaves are functions, whose values have no expectation here */
    ShapTree(RegressionTree tree) {
        if (tree.linear()) throw new UnsupportedOperationException("linear leaves have no SHAP values");
        this.tree = tree;
        leftShare = new double[tree.nodes()];
        boolean counted = tree.nodes() > 0 && tree.nodeCount(0) > 0;
        for (int i = 0; i < tree.nodes(); i++) {
            double left = cover(tree.left(i), counted);
            double right = cover(tree.right(i), counted);
            double share = left + right > 0 ? left / (left + right) : 0.5;
            leftShare[i] = Math.clamp(share, LEAST, 1 - LEAST);
        }
        Walk walk = new Walk();
        expected = tree.nodes() == 0 ? tree.leafValue(0) : walk.from(0, 0);
        distinct = walk.most;
    }

    /** Rows, as LightGBM counts; the sum of hessians where rows are not known, as in XGBoost's files. */
    private double cover(int child, boolean counted) {
        return child >= 0
                ? counted ? tree.nodeCount(child) : tree.nodeWeight(child)
                : counted ? tree.leafCount(~child) : tree.leafWeight(~child);
    }

    /** The expected value, and the most distinct features of any path. */
    private final class Walk {
        private final java.util.Map<Integer, Integer> onPath = new java.util.HashMap<>();
        private int most;

        double from(int node, int depth) {
            if (node < 0) {
                most = Math.max(most, onPath.size());
                return tree.leafValue(~node);
            }
            if (depth > DEEPEST)
                throw new UnsupportedOperationException("a tree is deeper than " + DEEPEST + " levels");
            onPath.merge(tree.feature(node), 1, Integer::sum);
            double mean = leftShare[node] * from(tree.left(node), depth + 1)
                    + (1 - leftShare[node]) * from(tree.right(node), depth + 1);
            onPath.computeIfPresent(tree.feature(node), (_, n) -> n == 1 ? null : n - 1);
            return mean;
        }
    }
}
