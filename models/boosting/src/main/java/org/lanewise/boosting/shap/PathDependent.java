package org.lanewise.boosting.shap;

import java.util.Arrays;
import org.lanewise.boosting.RegressionTree;

/** The walk behind {@link TreeShap}; one per thread, keeps its arrays between rows. */
final class PathDependent {
    private final int m;
    private final double[] t;
    private final double[] weight;
    /** Of each feature on the current path: the share of training rows that pass its tests, and whether the row does. */
    private final double[] zero;
    private final boolean[] one;
    private final boolean[] onPath;
    private double[][] down = new double[16][];
    private double[][] up = new double[16][];

    private RegressionTree tree;
    private double[] leftShare;
    private double[] row;
    private double[] out;
    private int at;
    private double factor;

    PathDependent(GaussLegendre rule, int features) {
        m = rule.node().length;
        t = rule.node();
        weight = rule.weight();
        zero = new double[features];
        one = new boolean[features];
        onPath = new boolean[features];
    }

    /** Adds a row's contributions and the expected values to {@code out} from {@code place}; modified. */
    void add(TreeShap shap, double[] values, double[] target, int place) {
        int width = values.length + 1;
        double[] expected = shap.expected();
        row = values;
        out = target;
        factor = shap.share();
        for (int i = 0; i < shap.trees().size(); i++) {
            ShapTree s = shap.trees().get(i);
            if (s.tree.nodes() == 0) continue;
            tree = s.tree;
            leftShare = s.leftShare;
            at = place + i % shap.scores() * width;
            Arrays.fill(slice(down, 0), 1);
            walk(0, 0);
        }
        for (int c = 0; c < shap.scores(); c++) out[place + c * width + values.length] += expected[c];
    }

    private double[] slice(double[][] levels, int depth) {
        if (levels[depth] == null) levels[depth] = new double[m];
        return levels[depth];
    }

    /** Leaves in up[depth] the sum over the leaves below of value x product over the path's features, at each t. */
    private void walk(int node, int depth) {
        double[] sum = slice(up, depth);
        if (node < 0) {
            double value = tree.leafValue(~node);
            double[] product = down[depth];
            for (int k = 0; k < m; k++) sum[k] = value * product[k];
            return;
        }
        if (depth + 2 > down.length) {
            down = Arrays.copyOf(down, 2 * down.length);
            up = Arrays.copyOf(up, 2 * up.length);
        }
        Arrays.fill(sum, 0);
        boolean left = tree.goesLeft(node, row[tree.feature(node)]);
        child(node, tree.left(node), leftShare[node], left, depth, sum);
        child(node, tree.right(node), 1 - leftShare[node], !left, depth, sum);
    }

    /**
     * Follows one edge. Its feature's factor z (1 - t) + o t replaces the one it had above (1 if none). The feature's part is
     * decided by its last edge on a path, so each edge takes back what the one above is going to add for the same leaves.
     */
    private void child(int node, int child, double share, boolean taken, int depth, double[] sum) {
        int f = tree.feature(node);
        boolean seen = onPath[f];
        double z0 = seen ? zero[f] : 1;
        boolean o0 = !seen || one[f];
        double z = z0 * share;
        boolean o = o0 && taken;
        double oneNow = o ? 1 : 0;
        double oneBefore = o0 ? 1 : 0;
        double[] from = down[depth];
        double[] to = slice(down, depth + 1);
        for (int k = 0; k < m; k++) {
            double before = seen ? z0 * (1 - t[k]) + oneBefore * t[k] : 1;
            to[k] = from[k] / before * (z * (1 - t[k]) + oneNow * t[k]);
        }
        zero[f] = z;
        one[f] = o;
        onPath[f] = true;
        walk(child, depth + 1);
        zero[f] = z0;
        one[f] = o0;
        onPath[f] = seen;
        double[] below = up[depth + 1];
        double mine = 0;
        double above = 0;
        for (int k = 0; k < m; k++) {
            double weighted = weight[k] * below[k];
            mine += weighted / (z * (1 - t[k]) + oneNow * t[k]);
            if (seen) above += weighted / (z0 * (1 - t[k]) + oneBefore * t[k]);
            sum[k] += below[k];
        }
        out[at + f] += factor * ((oneNow - z) * mine - (oneBefore - z0) * above);
    }
}
