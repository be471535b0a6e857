package org.lanewise.boosting.shap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Features;
import org.lanewise.engine.Parallel;

/**
 * Path-dependent Shapley values of raw scores (Lundberg et al. 2020), exact. The game: features in the set S follow the row;
 * at a test of another feature both ways are taken, weighted by the training rows that took them. With z_j the product of
 * these weights over a leaf's tests of feature j and o_j = 1 if the row passes them all, else 0, a leaf of value v adds
 *
 * <pre>phi_i += v (o_i - z_i) integral over t in [0, 1] of product over j != i of (z_j (1 - t) + o_j t)</pre>
 *
 * which is a polynomial in t of degree one less than the distinct features of the path, so Gauss-Legendre quadrature with half
 * as many nodes is exact. Products go down the tree and sums of leaves up, so a row costs nodes x quadrature points.
 *
 * <pre>{@code
 * double[] phi = TreeShap.of(model).explain(row);   // features, then the expected value; they sum to predictRaw(row)
 * }</pre>
 *
 * <p>Immutable and thread-safe. A model of several scores has one block of {@code features + 1} numbers for each.
 */
public final class TreeShap {
    private static final int BLOCK = 16;

    private final BoostingModel model;
    private final List<ShapTree> trees = new ArrayList<>();
    private final double[] expected;
    private final GaussLegendre rule;
    private final double share;

    private TreeShap(BoostingModel model) {
        this.model = model;
        int k = model.scores();
        share = model.averaged() && model.bestRound() > 0 ? 1.0 / model.bestRound() : 1;
        expected = model.base();
        int distinct = 1;
        for (int t = 0; t < model.bestRound() * k; t++) {
            ShapTree tree = new ShapTree(model.trees().get(t));
            trees.add(tree);
            expected[t % k] += share * tree.expected;
            distinct = Math.max(distinct, tree.distinct);
        }
        rule = GaussLegendre.of((distinct + 1) / 2);
    }

    /**
     * Prepares a model.
     *
     * @throws UnsupportedOperationException if it has linear leaves, or a tree deeper than 2000 levels
     */
    public static TreeShap of(BoostingModel model) {
        return new TreeShap(model);
    }

    /** The expected raw score, one per class: the part of every prediction that no feature explains. A copy. */
    public double[] expected() {
        return expected.clone();
    }

    /**
     * One row's contributions, scores x (features + 1); each block sums to its raw score.
     *
     * @param row as for {@link BoostingModel#predictRaw(double[])}
     */
    public double[] explain(double[] row) {
        if (row.length != model.features().size()) {
            throw new IllegalArgumentException(
                    "a row of " + row.length + " values for " + model.features().size() + " features");
        }
        double[] out = new double[model.scores() * (row.length + 1)];
        new PathDependent(rule, row.length).add(this, row, out, 0);
        return out;
    }

    /** As {@link #explain(double[])} for every row, row after row. Columns are found by name. */
    public double[] explain(Features data) {
        double[] rows = model.rows(data);
        int features = model.features().size();
        int width = model.scores() * (features + 1);
        double[] out = new double[Math.multiplyExact(data.rows(), width)];
        Parallel.chunks(data.rows(), BLOCK, (from, count) -> {
            PathDependent walk = new PathDependent(rule, features);
            for (int i = from; i < from + count; i++) {
                walk.add(this, Arrays.copyOfRange(rows, i * features, (i + 1) * features), out, i * width);
            }
        });
        return out;
    }

    /**
     * One row's interaction values, scores x (features + 1) x (features + 1): half the joint effect of i and j at (i, j) and
     * (j, i), what is left of i's contribution at (i, i), the expected value in the last corner. Rows sum to {@link #explain}.
     */
    public double[] interactions(double[] row) {
        double[] phi = explain(row);
        int m = row.length + 1;
        double[] out = new double[model.scores() * m * m];
        Interactions walk = new Interactions(rule);
        for (int t = 0; t < trees.size(); t++) {
            walk.add(trees.get(t), row, share, out, t % model.scores() * m * m);
        }
        for (int c = 0; c < model.scores(); c++) {
            for (int i = 0; i < m; i++) {
                double rest = phi[c * m + i];
                for (int j = 0; j < m; j++) if (j != i) rest -= out[(c * m + i) * m + j];
                out[(c * m + i) * m + i] = rest;
            }
        }
        return out;
    }

    int scores() {
        return model.scores();
    }

    List<ShapTree> trees() {
        return trees;
    }

    double share() {
        return share;
    }
}
