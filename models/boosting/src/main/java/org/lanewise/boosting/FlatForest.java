package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.WorkerPool;

/**
 * A model's trees laid out for scoring many rows.
 *
 * <p>Every numeric test becomes one comparison of integers, {@code key of x <= key of threshold}. How a test treats missing
 * values, zeros and float rounding goes into the key: a row is turned into one key per kind of test that some node makes of a
 * feature. Two children are neighbours, a leaf leads to itself, so a step is the same few instructions wherever a row is, and
 * eight rows go down a tree together, each hiding the others' waiting. A block of rows passes all trees while it is in the
 * first-level cache. Trees with tests of categories or linear leaves are walked one row at a time.
 */
final class FlatForest {
    /** Rows of a task: their keys should fit the first-level cache. */
    private static final int BLOCK = 128;
    /** Rows walked together. */
    private static final int GROUP = 8;
    private static final int VIEW_BITS = 31;
    private static final long VIEW_MASK = (1L << VIEW_BITS) - 1;

    /** A way to read a feature. */
    private record View(int feature, RegressionTree.Missing missing, boolean missingLeft, boolean rounded) {
        long key(double x) {
            double v = rounded ? (float) x : x;
            boolean isMissing = v != v;
            if (isMissing && missing == RegressionTree.Missing.NONE) return SortableBits.of(0);
            if (isMissing && missing == RegressionTree.Missing.ZERO) v = 0;
            isMissing = v != v
                    || missing == RegressionTree.Missing.ZERO && Math.abs(v) <= RegressionTree.ZERO_THRESHOLD;
            if (isMissing) return missingLeft ? SortableBits.BELOW_ALL : SortableBits.ABOVE_ALL;
            return SortableBits.of(v);
        }
    }

    private final RegressionTree[] trees;
    private final double[] base;
    private final boolean averaged;
    private final int features;
    private final View[] views;
    /** First node of each tree, -1 if it is walked row by row. */
    private final int[] root;
    private final int[] depth;
    /** Left child in the high half; 1 in bit 31 of a leaf; the view in the low bits. */
    private final long[] meta;
    private final long[] threshold;
    /** Of leaves. */
    private final double[] value;

    FlatForest(BoostingModel model) {
        trees = model.trees().toArray(RegressionTree[]::new);
        base = model.base();
        averaged = model.averaged();
        features = model.features().size();
        root = new int[trees.length];
        depth = new int[trees.length];
        int nodes = 0;
        for (int t = 0; t < trees.length; t++) {
            root[t] = flat(trees[t]) ? nodes : -1;
            if (root[t] >= 0) nodes += 2 * trees[t].leaves() - 1;
        }
        meta = new long[nodes];
        threshold = new long[nodes];
        value = new double[nodes];
        Map<View, Integer> found = new LinkedHashMap<>();
        for (int t = 0; t < trees.length; t++) {
            if (root[t] >= 0) depth[t] = lay(trees[t], root[t], found);
        }
        views = found.keySet().toArray(View[]::new);
    }

    private static boolean flat(RegressionTree tree) {
        for (int i = 0; i < tree.nodes(); i++) {
            if (tree.categorical(i) || Double.isNaN(tree.threshold(i))) return false;
        }
        return !tree.linear();
    }

    /** Writes a tree level by level, siblings together; returns its depth. */
    private int lay(RegressionTree tree, int first, Map<View, Integer> found) {
        List<Integer> level = List.of(tree.nodes() == 0 ? ~0 : 0);
        int at = first;
        int free = first + 1;
        int levels = 0;
        while (!level.isEmpty()) {
            List<Integer> next = new ArrayList<>();
            for (int node : level) {
                if (node < 0) {
                    meta[at] = (long) at << 32 | 1L << VIEW_BITS;
                    threshold[at] = Long.MAX_VALUE;
                    value[at++] = tree.leafValue(~node);
                } else {
                    boolean floats = tree.comparesFloats(node);
                    View view = new View(tree.feature(node), tree.missing(node), tree.missingLeft(node), floats);
                    int number = found.computeIfAbsent(view, v -> found.size());
                    meta[at] = (long) free << 32 | number;
                    threshold[at++] = bound(tree.threshold(node), floats);
                    next.add(tree.left(node));
                    next.add(tree.right(node));
                    free += 2;
                }
            }
            level = next;
            levels++;
        }
        return levels - 1;
    }

    /** {@code x < t} between floats is {@code x <=} the float before t, which -Infinity has not. */
    private static long bound(double t, boolean floats) {
        if (!floats) return SortableBits.of(t);
        return (float) t == Float.NEGATIVE_INFINITY
                ? SortableBits.BELOW_ALL
                : SortableBits.of(Math.nextDown((float) t));
    }

    double[] raw(Features data, int rounds) {
        int k = base.length;
        double[] out = new double[Math.multiplyExact(data.rows(), k)];
        WorkerPool.current().forEach((data.rows() + BLOCK - 1) / BLOCK, b -> {
            int from = b * BLOCK;
            block(data, from, Math.min(BLOCK, data.rows() - from), rounds, out);
        });
        return out;
    }

    private void block(Features data, int from, int n, int rounds, double[] out) {
        int k = base.length;
        double[] column = new double[BLOCK];
        double[] rows = new double[BLOCK * features];
        rowMajor(data, from, n, column, rows);
        long[] keys = new long[BLOCK * views.length + 1];
        for (int v = 0; v < views.length; v++) {
            View view = views[v];
            for (int i = 0; i < n; i++) keys[i * views.length + v] = view.key(rows[i * features + view.feature]);
        }
        for (int t = 0; t < rounds * k; t++) {
            if (root[t] < 0) {
                for (int i = 0; i < n; i++) out[(from + i) * k + t % k] += trees[t].predict(rows, i * features);
            } else {
                // A last group that is not full walks rows of zeros besides, whose results are not used.
                for (int i = 0; i < n; i += GROUP)
                    group(t, keys, i * views.length, out, (from + i) * k + t % k, k, Math.min(GROUP, n - i));
            }
        }
        for (int i = from * k; i < (from + n) * k; i++)
            out[i] = base[i % k] + (averaged && rounds > 0 ? out[i] / rounds : out[i]);
    }

    /** Adds a tree's values for eight rows of keys; the first {@code n} results count. */
    private void group(int tree, long[] keys, int at, double[] out, int to, int k, int n) {
        long[] m = meta;
        long[] t = threshold;
        int s = views.length;
        int n0 = root[tree];
        int n1 = n0;
        int n2 = n0;
        int n3 = n0;
        int n4 = n0;
        int n5 = n0;
        int n6 = n0;
        int n7 = n0;
        for (int d = depth[tree]; d > 0; d--) {
            long m0 = m[n0];
            long m1 = m[n1];
            long m2 = m[n2];
            long m3 = m[n3];
            long m4 = m[n4];
            long m5 = m[n5];
            long m6 = m[n6];
            long m7 = m[n7];
            if ((m0 & m1 & m2 & m3 & m4 & m5 & m6 & m7 & 1L << VIEW_BITS) != 0) break;
            n0 = (int) (m0 >>> 32) + SortableBits.less(t[n0], keys[at + (int) (m0 & VIEW_MASK)]);
            n1 = (int) (m1 >>> 32) + SortableBits.less(t[n1], keys[at + s + (int) (m1 & VIEW_MASK)]);
            n2 = (int) (m2 >>> 32) + SortableBits.less(t[n2], keys[at + 2 * s + (int) (m2 & VIEW_MASK)]);
            n3 = (int) (m3 >>> 32) + SortableBits.less(t[n3], keys[at + 3 * s + (int) (m3 & VIEW_MASK)]);
            n4 = (int) (m4 >>> 32) + SortableBits.less(t[n4], keys[at + 4 * s + (int) (m4 & VIEW_MASK)]);
            n5 = (int) (m5 >>> 32) + SortableBits.less(t[n5], keys[at + 5 * s + (int) (m5 & VIEW_MASK)]);
            n6 = (int) (m6 >>> 32) + SortableBits.less(t[n6], keys[at + 6 * s + (int) (m6 & VIEW_MASK)]);
            n7 = (int) (m7 >>> 32) + SortableBits.less(t[n7], keys[at + 7 * s + (int) (m7 & VIEW_MASK)]);
        }
        double[] v = value;
        out[to] += v[n0];
        if (n > 1) out[to + k] += v[n1];
        if (n > 2) out[to + 2 * k] += v[n2];
        if (n > 3) out[to + 3 * k] += v[n3];
        if (n > 4) out[to + 4 * k] += v[n4];
        if (n > 5) out[to + 5 * k] += v[n5];
        if (n > 6) out[to + 6 * k] += v[n6];
        if (n > 7) out[to + 7 * k] += v[n7];
    }

    /** Rows as {@code features} numbers each. */
    private static void rowMajor(Features data, int from, int n, double[] column, double[] rows) {
        int columns = data.columns();
        for (int j = 0; j < columns; j++) {
            data.copy(j, from, n, column);
            for (int i = 0; i < n; i++) rows[i * columns + j] = column[i];
        }
    }

    void raw(double[] row, int rounds, double[] out) {
        int k = base.length;
        for (int c = 0; c < k; c++) out[c] = 0;
        for (int t = 0; t < rounds * k; t++) out[t % k] += trees[t].predict(row, 0);
        for (int c = 0; c < k; c++) out[c] = base[c] + (averaged && rounds > 0 ? out[c] / rounds : out[c]);
    }

    double raw(double[] row, int rounds) {
        double sum = 0;
        for (int t = 0; t < rounds; t++) sum += trees[t].predict(row, 0);
        return base[0] + (averaged && rounds > 0 ? sum / rounds : sum);
    }

    int[] leaves(Features data, int rounds) {
        int n = rounds * base.length;
        int[] out = new int[Math.multiplyExact(data.rows(), n)];
        WorkerPool.current().forEach((data.rows() + BLOCK - 1) / BLOCK, b -> {
            int from = b * BLOCK;
            int count = Math.min(BLOCK, data.rows() - from);
            double[] column = new double[count];
            double[] rows = new double[count * features];
            rowMajor(data, from, count, column, rows);
            for (int i = 0; i < count; i++) {
                for (int t = 0; t < n; t++) out[(from + i) * n + t] = trees[t].leafOf(rows, i * features);
            }
        });
        return out;
    }
}
