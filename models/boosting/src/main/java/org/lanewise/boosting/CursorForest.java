package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trees of numeric tests, walked by eight rows together.
 *
 * <p>Every test is one comparison of integers ({@link Reading}). Two children are neighbours, a leaf leads to itself, so a step
 * is the same few instructions wherever a row is, and each row hides the others' waiting. For trees of many leaves, where rows
 * pass few of the tests.
 */
final class CursorForest implements ForestKernel {
    /** Rows walked together. */
    private static final int GROUP = 8;
    private static final int VIEW_BITS = 31;
    private static final long VIEW_MASK = (1L << VIEW_BITS) - 1;

    /** A way to read a feature, and the side of what is missing. */
    private record View(Reading reading, boolean missingLeft) {
        long key(double x) {
            if (x != x) return missingLeft ? SortableBits.BELOW_ALL : SortableBits.ABOVE_ALL;
            return SortableBits.of(x);
        }
    }

    private final View[] views;
    /** The nodes of tree t are from {@code root[t]}. */
    private final int[] root;
    private final int[] depth;
    /** Left child in the high half; 1 in bit 31 of a leaf; the view in the low bits. */
    private final long[] meta;
    private final long[] threshold;
    /** Of leaves: the value, and the number in the tree. */
    private final double[] value;
    private final int[] leaf;

    CursorForest(List<RegressionTree> trees) {
        root = new int[trees.size() + 1];
        for (int t = 0; t < trees.size(); t++) root[t + 1] = root[t] + 2 * trees.get(t).leaves() - 1;
        int nodes = root[trees.size()];
        depth = new int[trees.size()];
        meta = new long[nodes];
        threshold = new long[nodes];
        value = new double[nodes];
        leaf = new int[nodes];
        Map<View, Integer> found = new LinkedHashMap<>();
        for (int t = 0; t < trees.size(); t++) depth[t] = lay(trees.get(t), root[t], found);
        views = found.keySet().toArray(View[]::new);
    }

    /** Tests of categories, thresholds that are no numbers and linear leaves are left to {@link RowWalk}. */
    static boolean accepts(RegressionTree tree) {
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
                    leaf[at] = ~node;
                    value[at++] = tree.leafValue(~node);
                } else {
                    View view = new View(Reading.of(tree, node), tree.missingLeft(node));
                    int number = found.computeIfAbsent(view, _ -> found.size());
                    meta[at] = (long) free << 32 | number;
                    threshold[at++] = Reading.bound(tree, node);
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

    @Override
    public ForestKernel.Block block() {
        return new Block();
    }

    private final class Block implements ForestKernel.Block {
        private final double[] column = new double[ROWS];
        /** One for each view, row after row; rows that were not read have others' keys. */
        private final long[] keys = new long[ROWS * views.length + 1];
        private final int[] end = new int[ROWS];

        @Override
        public void read(Features data, int from, int n) {
            for (int v = 0; v < views.length; v++) {
                View view = views[v];
                data.copy(view.reading.feature(), from, n, column);
                view.reading.apply(column, n);
                for (int i = 0; i < n; i++) keys[i * views.length + v] = view.key(column[i]);
            }
        }

        private void walk(int tree) {
            for (int i = 0; i < ROWS; i += GROUP) group(tree, i * views.length, i);
        }

        @Override
        public void add(int tree, double[] sum, int at) {
            walk(tree);
            for (int i = 0; i < ROWS; i++) sum[at + i] += value[end[i]];
        }

        @Override
        public void leaves(int tree, int[] out) {
            walk(tree);
            for (int i = 0; i < ROWS; i++) out[i] = leaf[end[i]];
        }

        /** Writes the nodes where eight rows of keys end. */
        private void group(int tree, int at, int to) {
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
            end[to] = n0;
            end[to + 1] = n1;
            end[to + 2] = n2;
            end[to + 3] = n3;
            end[to + 4] = n4;
            end[to + 5] = n5;
            end[to + 6] = n6;
            end[to + 7] = n7;
        }
    }
}
