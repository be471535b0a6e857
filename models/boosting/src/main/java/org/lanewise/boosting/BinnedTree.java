package org.lanewise.boosting;

import java.util.List;
import org.lanewise.engine.Parallel;

/**
 * A tree whose tests have been looked up for every bin, so that rows need not be unbinned. Immutable.
 */
final class BinnedTree {
    private static final int BINS = 256;

    private final RegressionTree tree;
    /** By node and bin: 1 goes left. */
    private final byte[][] goesLeft;

    BinnedTree(RegressionTree tree, List<FeatureBins> bins) {
        this.tree = tree;
        goesLeft = new byte[tree.nodes()][BINS];
        for (int i = 0; i < goesLeft.length; i++) {
            FeatureBins f = bins.get(tree.feature(i));
            for (int b = 0; b <= f.missingBin() || b < f.size(); b++)
                goesLeft[i][b] = (byte) (tree.goesLeft(i, value(f, b)) ? 1 : 0);
        }
    }

    /** A value of the bin; the bins of numbers end with their bound, and a tree only cuts there. */
    private static double value(FeatureBins f, int bin) {
        if (bin == f.missingBin()) return Double.NaN;
        return f.categorical() ? f.category(bin) : f.bound(bin);
    }

    /** {@code score[offset + i] += factor * value} of the leaf that row i of the table falls in; {@code score} is modified. */
    void addTo(BinnedTable table, double[] score, int offset, double factor) {
        int nodes = tree.nodes();
        byte[][] column = new byte[nodes][];
        int[] left = new int[nodes];
        int[] right = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            column[i] = table.column(tree.feature(i));
            left[i] = tree.left(i);
            right[i] = tree.right(i);
        }
        double[][] values = tree.linear() ? table.values() : null;
        double[] value = new double[tree.leaves()];
        for (int l = 0; l < value.length; l++) value[l] = factor * tree.leafValue(l);
        Parallel.chunks(table.rows(), Parallel.COSTLY, (from, n) -> {
            for (int row = from; row < from + n; row++) {
                int node = nodes == 0 ? -1 : 0;
                while (node >= 0) node = goesLeft[node][column[node][row] & 0xFF] != 0 ? left[node] : right[node];
                score[offset + row] += values == null ? value[~node] : factor * tree.valueAt(~node, values, row);
            }
        });
    }
}
