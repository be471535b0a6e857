package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tree as it grows: tests on bins. Node i is the i-th split made; the left child of a split keeps the number of the leaf
 * that was split and the right child gets the next free one, as in LightGBM. Child numbers are nodes from 0, or ~leaf.
 */
final class GrownTree {
    private final List<FeatureBins> bins;
    private Split[] splits = new Split[8];
    private int[] left = new int[8];
    private int[] right = new int[8];
    /** Sums at the node before it was split. */
    private double[] value = new double[8];
    private double[] hessian = new double[8];
    private int[] count = new int[8];
    /** The leaf that was split. */
    private int[] number = new int[8];
    private int nodes;
    final List<Leaf> leaves = new ArrayList<>();
    /** Final values, learning rate included; set once grown. */
    double[] leafValue;
    double[] leafHessian;
    /** Of linear leaves, {@code null} for constant ones; {@code null} if all are. */
    LinearFitter.Function[] functions;

    GrownTree(List<FeatureBins> bins, Leaf root) {
        this.bins = bins;
        leaves.add(root);
    }

    int nodes() {
        return nodes;
    }

    /** Replaces a leaf by a node over two new leaves. */
    int split(int leaf, Leaf leftLeaf, Leaf rightLeaf, double gain) {
        Leaf old = leaves.get(leaf);
        if (nodes == splits.length) grow();
        Split s = new Split();
        s.set(old.best);
        s.gain = gain;
        splits[nodes] = s;
        value[nodes] = old.output;
        hessian[nodes] = old.hessian;
        count[nodes] = old.count;
        if (old.parent >= 0) {
            if (old.isLeft) {
                left[old.parent] = nodes;
            } else {
                right[old.parent] = nodes;
            }
        }
        left[nodes] = ~leaf;
        number[nodes] = leaf;
        right[nodes] = ~leaves.size();
        leaves.set(leaf, leftLeaf);
        leaves.add(rightLeaf);
        return nodes++;
    }

    private void grow() {
        int n = 2 * nodes;
        splits = Arrays.copyOf(splits, n);
        left = Arrays.copyOf(left, n);
        right = Arrays.copyOf(right, n);
        value = Arrays.copyOf(value, n);
        hessian = Arrays.copyOf(hessian, n);
        count = Arrays.copyOf(count, n);
        number = Arrays.copyOf(number, n);
    }

    /** The tree with its tests on values. */
    RegressionTree toTree() {
        RegressionTree.Builder b = RegressionTree.builder(leaves.size());
        for (int i = 0; i < nodes; i++) {
            Split s = splits[i];
            FeatureBins f = bins.get(s.feature);
            b.children(i, left[i], right[i]).node(i, s.gain, value[i], hessian[i], count[i]);
            if (s.leftBins == null) {
                b.numeric(i, s.feature, f.bound(s.threshold), s.missingLeft);
            } else {
                b.categories(i, s.feature, categories(f, s.leftBins));
            }
        }
        for (int l = 0; l < leaves.size(); l++) {
            b.leaf(l, leafValue[l], leafHessian[l], leaves.get(l).count);
            LinearFitter.Function f = functions == null ? null : functions[l];
            if (f != null) b.linear(l, f.constant(), f.features(), f.coefficients());
        }
        return b.build();
    }

    /** The numeric features that are tested on the way to each leaf, rising. */
    int[][] numericPaths() {
        int[][] paths = new int[leaves.size()][];
        paths[0] = new int[0];
        for (int i = 0, next = 1; i < nodes; i++, next++) { // the split leaf's number goes left, the next one right
            int above = number[i];
            int feature = splits[i].feature;
            if (splits[i].leftBins == null)
                paths[above] = IntStream.concat(IntStream.of(feature), Arrays.stream(paths[above])).sorted().distinct()
                        .toArray();
            paths[next] = paths[above];
        }
        return paths;
    }

    private static int[] categories(FeatureBins f, long[] leftBins) {
        return IntStream.range(1, f.size()).filter(bin -> (leftBins[bin >> 6] >>> bin & 1) != 0).map(f::category)
                .sorted().toArray();
    }

}
