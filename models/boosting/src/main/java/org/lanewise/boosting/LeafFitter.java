package org.lanewise.boosting;

import java.util.List;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.engine.WorkerPool;

/** Gives the leaves of a grown tree their values, from the gradients themselves whatever the histograms were made of. */
final class LeafFitter {
    private final BoostingParams params;
    private final LeafValue value;
    private final Objective.Bound objective;

    LeafFitter(BoostingParams params, Objective.Bound objective, BinnedTable table) {
        this.params = params;
        this.objective = objective;
        value = LeafValue.of(params);
    }

    /**
     * Sets the values of {@code tree}.
     *
     * @param score before the tree, for objectives that need it
     * @param rate  factor on every value
     */
    void fit(GrownTree tree, RowPartition partition, Gradients gradients, double[] score, double rate) {
        List<Leaf> leaves = tree.leaves;
        tree.leafValue = new double[leaves.size()];
        tree.leafHessian = new double[leaves.size()];
        WorkerPool.current().forEach(leaves.size(), l -> {
            Leaf leaf = leaves.get(l);
            long[] rows = partition.rows(leaf);
            double[] sums = LeafSums.exact(rows, leaf.begin, leaf.count, gradients);
            tree.leafHessian[l] = sums[1];
            double v = objective.renewsLeaves()
                    ? objective.leafValue(rows, leaf.begin, leaf.begin + leaf.count, score)
                    : value.value(sums[0], sums[1], leaf.l2, leaf.count, leaf.above);
            tree.leafValue[l] = rate * Math.max(leaf.lowest, Math.min(leaf.highest, v));
        });
    }

    /** Adds each leaf's value to the scores of its rows; {@code score} is modified. */
    void add(GrownTree tree, RowPartition partition, double[] score) {
        WorkerPool.current().forEach(tree.leaves.size(), l -> {
            Leaf leaf = tree.leaves.get(l);
            long[] rows = partition.rows(leaf);
            double v = tree.leafValue[l];
            for (int i = leaf.begin; i < leaf.begin + leaf.count; i++) score[(int) rows[i]] += v;
        });
    }
}
