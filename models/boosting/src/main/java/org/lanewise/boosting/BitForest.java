package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Trees of numeric tests with up to 256 leaves, scored for 64 rows at a time with one bit for each row.
 *
 * <p>The answers to a test are a word; that of the rows up to a threshold contains that of the rows up to the threshold before.
 * So a block's rows are sorted between the thresholds of each feature, and a running OR makes the answers to all tests of the
 * forest at once ({@link Thresholds}). A tree then divides the word of all rows: a split whose answers are a leaves
 * {@code m & a} to its left child and {@code m & ~a} to its right one. A leaf's number keeps to the left and a new one goes
 * right, as in growing, so that the words of the leaves end up in order; {@link BitPlanes} turns them to a number for each row.
 * No step depends on where a row goes, so nothing is mispredicted, and no row waits for memory alone.
 *
 * <p>QuickScorer (Lucchese et al. 2015) has a bit for each leaf instead, and a word for each row.
 */
final class BitForest implements ForestKernel {
    static final int MOST_LEAVES = 1 << BitPlanes.PLANES;

    private final Thresholds[] thresholds;
    /** Where the answers of each of {@link #thresholds} begin. */
    private final int[] answersOf;
    /** The splits of tree t are from {@code first[t]}, its leaves from {@code first[t] + t}. */
    private final int[] first;
    /** Of each split: the leaf that it divides and the word of its answers. */
    private final int[] parent;
    private final int[] test;
    /** Of each leaf: its value and its number in the tree it is from. */
    private final double[] value;
    private final int[] leaf;

    BitForest(List<RegressionTree> trees) {
        Map<Reading, TreeSet<Long>> bounds = new LinkedHashMap<>();
        first = new int[trees.size() + 1];
        for (int t = 0; t < trees.size(); t++) {
            RegressionTree tree = trees.get(t);
            first[t + 1] = first[t] + tree.nodes();
            for (int i = 0; i < tree.nodes(); i++)
                bounds.computeIfAbsent(Reading.of(tree, i), _ -> new TreeSet<>()).add(Reading.bound(tree, i));
        }
        thresholds = bounds.entrySet().stream().map(e -> new Thresholds(e.getKey(), e.getValue()))
                .toArray(Thresholds[]::new);
        answersOf = new int[thresholds.length + 1];
        Map<Reading, Integer> number = new LinkedHashMap<>();
        for (int r = 0; r < thresholds.length; r++) {
            number.put(thresholds[r].reading, r);
            answersOf[r + 1] = answersOf[r] + 2 * thresholds[r].count() + 2;
        }
        parent = new int[first[trees.size()]];
        test = new int[parent.length];
        value = new double[parent.length + trees.size()];
        leaf = new int[value.length];
        for (int t = 0; t < trees.size(); t++) lay(trees.get(t), first[t], first[t] + t, number);
    }

    static boolean accepts(RegressionTree tree) {
        return tree.leaves() <= MOST_LEAVES && CursorForest.accepts(tree);
    }

    /** Level by level, so that a split seldom waits for the one before. */
    private void lay(RegressionTree tree, int splits, int leaves, Map<Reading, Integer> number) {
        List<int[]> open = new ArrayList<>();
        open.add(new int[] {tree.nodes() == 0 ? ~0 : 0, 0});
        int next = 0;
        for (int at = 0; at < open.size(); at++) {
            int node = open.get(at)[0];
            int mine = open.get(at)[1];
            if (node < 0) {
                value[leaves + mine] = tree.leafValue(~node);
                leaf[leaves + mine] = ~node;
                continue;
            }
            int r = number.get(Reading.of(tree, node));
            parent[splits + next] = mine;
            test[splits + next] = answersOf[r] + thresholds[r].indexOf(Reading.bound(tree, node))
                    + (tree.missingLeft(node) ? thresholds[r].count() + 1 : 0);
            open.add(new int[] {tree.left(node), mine});
            open.add(new int[] {tree.right(node), ++next});
        }
    }

    @Override
    public ForestKernel.Block block() {
        return new Block();
    }

    private final class Block implements ForestKernel.Block {
        private final double[] column = new double[ROWS];
        private final long[] answers = new long[answersOf[thresholds.length]];
        private final long[] rowsOf = new long[MOST_LEAVES];
        private final long[] planes = new long[BitPlanes.PLANES];
        private final long[] numbers = new long[ROWS / Long.BYTES];

        @Override
        public void read(Features data, int from, int n) {
            for (int r = 0; r < thresholds.length; r++) {
                Reading reading = thresholds[r].reading;
                data.copy(reading.feature(), from, n, column);
                reading.apply(column, n);
                thresholds[r].answer(column, n, answers, answersOf[r]);
            }
        }

        /** Rows that were not read go right everywhere. */
        private void number(int tree) {
            divide(first[tree], first[tree + 1] - first[tree]);
            BitPlanes.ofSets(rowsOf, first[tree + 1] - first[tree] + 1, planes);
            BitPlanes.transpose(planes, numbers);
        }

        private void divide(int from, int splits) {
            long[] m = rowsOf;
            long[] a = answers;
            m[0] = -1;
            for (int s = 0; s < splits; s++) {
                int p = parent[from + s];
                long rows = m[p];
                long left = rows & a[test[from + s]];
                m[p] = left;
                m[s + 1] = rows ^ left;
            }
        }

        @Override
        public void add(int tree, double[] sum, int at) {
            number(tree);
            long[] w = numbers;
            double[] v = value;
            int from = first[tree] + tree;
            for (int i = 0; i < ROWS; i++) sum[at + i] += v[from + BitPlanes.number(w, i)];
        }

        @Override
        public void leaves(int tree, int[] out) {
            number(tree);
            int from = first[tree] + tree;
            for (int i = 0; i < ROWS; i++) out[i] = leaf[from + BitPlanes.number(numbers, i)];
        }
    }
}
