package org.lanewise.boosting.shap;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.boosting.RegressionTree;

/**
 * Shapley interaction values, leaf by leaf: with the notation of {@link TreeShap},
 *
 * <pre>phi_ij = 1/2 v (o_i - z_i)(o_j - z_j) integral of product over l != i, j of (z_l (1 - t) + o_l t)</pre>
 */
final class Interactions {
    private final double[] t;
    private final double[] weight;
    /** Of each feature on the path: z and o. */
    private final Map<Integer, double[]> path = new LinkedHashMap<>();
    private ShapTree shap;
    private double[] row;
    private double factor;
    private double[] out;
    private int at;

    Interactions(GaussLegendre rule) {
        t = rule.node();
        weight = rule.weight();
    }

    /** Adds a tree's values off the diagonal to the square from {@code place} of {@code target}; modified. */
    void add(ShapTree tree, double[] values, double share, double[] target, int place) {
        shap = tree;
        row = values;
        factor = share;
        out = target;
        at = place;
        if (tree.tree.nodes() > 0) walk(0);
    }

    private void walk(int node) {
        RegressionTree tree = shap.tree;
        if (node < 0) {
            leaf(tree.leafValue(~node));
            return;
        }
        boolean left = tree.goesLeft(node, row[tree.feature(node)]);
        edge(node, tree.left(node), shap.leftShare[node], left);
        edge(node, tree.right(node), 1 - shap.leftShare[node], !left);
    }

    private void edge(int node, int child, double share, boolean taken) {
        int f = shap.tree.feature(node);
        double[] before = path.get(f);
        path.put(f, new double[] {(before == null ? 1 : before[0]) * share,
                taken && (before == null || before[1] == 1) ? 1 : 0});
        walk(child);
        if (before == null) path.remove(f);
        else path.put(f, before);
    }

    private void leaf(double value) {
        int d = path.size();
        int[] feature = new int[d];
        double[] difference = new double[d];
        double[][] factors = new double[d][t.length];
        double[] product = weight.clone();
        int n = 0;
        for (Map.Entry<Integer, double[]> entry : path.entrySet()) {
            double z = entry.getValue()[0];
            double o = entry.getValue()[1];
            feature[n] = entry.getKey();
            difference[n] = o - z;
            for (int k = 0; k < t.length; k++) {
                factors[n][k] = z * (1 - t[k]) + o * t[k];
                product[k] *= factors[n][k];
            }
            n++;
        }
        int width = row.length + 1;
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                double integral = 0;
                for (int k = 0; k < t.length; k++) integral += product[k] / (factors[i][k] * factors[j][k]);
                double half = 0.5 * factor * value * difference[i] * difference[j] * integral;
                out[at + feature[i] * width + feature[j]] += half;
                out[at + feature[j] * width + feature[i]] += half;
            }
        }
    }
}
