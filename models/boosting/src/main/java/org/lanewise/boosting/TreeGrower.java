package org.lanewise.boosting;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.lanewise.engine.WorkerPool;

/**
 * Grows trees on one table: takes the most promising leaf, divides its rows, builds the histogram of the child with fewer rows
 * and subtracts it from the parent's to get the other's, looks for splits of both. Holds the buffers, so it serves one thread
 * at a time; the work inside is shared out to the pool.
 */
final class TreeGrower {
    private static final long ROUNDING = 11;
    private static final long THRESHOLD = 12;
    /** Bins to look at below which handing out the search costs more than it saves. */
    private static final int WORTH_SHARING = 4_000;

    private final BoostingParams params;
    private final BinnedTable table;
    private final BinWords words;
    private final RowPartition partition;
    private final HistogramBuilder builder;
    private final SplitFinder finder;
    private final FeatureMasks masks;
    private final HistogramPool[] pools = new HistogramPool[2];
    private final ConcurrentLinkedDeque<SplitScan> scans = new ConcurrentLinkedDeque<>();
    private final int cells;

    private Gradients gradients;
    private HistogramPool pool;
    private boolean[] active;
    private GrownTree tree;
    private PriorityQueue<Leaf> queue;

    TreeGrower(BoostingParams params, BinnedTable table) {
        this.params = params;
        this.table = table;
        words = table.words();
        partition = new RowPartition(table.rows());
        builder = new HistogramBuilder(words);
        finder = new SplitFinder(params, table);
        masks = new FeatureMasks(params, table);
        int sum = 0;
        for (int w = 0; w < words.count(); w++) sum += words.lanes[w] << words.shift[w];
        cells = sum;
    }

    /** The rows of the leaves of the tree grown last. */
    RowPartition partition() {
        return partition;
    }

    /**
     * Grows a tree without leaf values.
     *
     * @param rows   the rows to grow it on, rising; {@code null} for all
     * @param count  how many
     * @param number of the tree, for random choices
     */
    GrownTree grow(Gradients of, int[] rows, int count, long number) {
        gradients = of;
        gradients.quantise(params.histogram(), table.rows(), count);
        gradients.entries(rows, count, Mix.key(params.seed(), ROUNDING, number), partition.reset(count));
        int kind = gradients.packed ? 0 : 1;
        if (pools[kind] == null) pools[kind] = new HistogramPool(words, gradients.packed, params.histogramMegabytes());
        pool = pools[kind];
        masks.startTree(number);
        active = masks.activeWords();
        queue = new PriorityQueue<>(order());
        Leaf root = root(count);
        tree = new GrownTree(table.bins(), root);
        if (words.count() > 0 && splittable(root)) {
            build(root);
            find(List.of(root), null);
            queue.add(root);
        }
        while (tree.leaves.size() < params.leaves()) {
            Leaf next = queue.poll();
            if (next == null || !next.best.found()) break;
            split(next);
        }
        for (Leaf leaf : tree.leaves) release(leaf);
        return tree;
    }

    private Comparator<Leaf> order() {
        Comparator<Leaf> byGain = (a, b) -> {
            if (a.best.found() != b.best.found()) return a.best.found() ? -1 : 1;
            int gain = Double.compare(b.best.gain, a.best.gain);
            return gain != 0 ? gain : Integer.compare(a.number, b.number);
        };
        if (params.growth() != Growth.DEPTH_WISE) return byGain;
        Comparator<Leaf> found = (a, b) -> Boolean.compare(b.best.found(), a.best.found());
        return found.thenComparingInt(leaf -> leaf.depth).thenComparing(byGain);
    }

    private Leaf root(int count) {
        Leaf root = new Leaf(0, -1, false);
        root.count = count;
        double[] sums = LeafSums.of(partition.rows(root), 0, count, gradients);
        root.gradient = sums[0];
        root.hessian = sums[1];
        root.l2 = params.l2();
        root.output = LeafValue.of(params).value(sums[0], sums[1], params.l2(), count,
                0);
        masks.startRoot(root);
        return root;
    }

    private boolean splittable(Leaf leaf) {
        return leaf.count >= Math.max(2, 2 * params.minDataInLeaf()) && leaf.hessian >= 2 * params.minSumHessian()
                && (params.maxDepth() < 0 || leaf.depth < params.maxDepth());
    }

    private void split(Leaf leaf) {
        Split s = leaf.best;
        FeatureBins bins = table.bins().get(s.feature);
        int leftCount = partition.divide(leaf, table.column(s.feature), s.goesLeft(bins.missingBin()));
        if (leftCount == 0 || leftCount == leaf.count) { // the hessians that promised rows were rounding
            release(leaf);
            return;
        }
        if (s.leftBins == null && !table.missing(s.feature)) s.missingLeft = 2 * leftCount >= leaf.count;
        int node = tree.nodes();
        Leaf left = child(leaf, node, true, leaf.begin, leftCount);
        Leaf right = child(leaf, node, false, leaf.begin + leftCount, leaf.count - leftCount);
        left.number = leaf.number;
        right.number = tree.leaves.size();
        bound(s, left, right);
        tree.split(leaf.number, left, right, s.gain + params.minGain());
        if (tree.leaves.size() < params.leaves()) {
            evaluate(leaf, left, right);
        } else {
            release(leaf);
        }
    }

    private Leaf child(Leaf parent, int node, boolean isLeft, int begin, int count) {
        Split s = parent.best;
        Leaf leaf = new Leaf(parent.depth + 1, node, isLeft);
        leaf.begin = begin;
        leaf.count = count;
        leaf.buffer = parent.buffer;
        leaf.gradient = isLeft ? s.leftGradient : s.rightGradient;
        leaf.hessian = isLeft ? s.leftHessian : s.rightHessian;
        leaf.output = isLeft ? s.leftOutput : s.rightOutput;
        leaf.above = parent.output;
        leaf.l2 = s.l2;
        leaf.lowest = parent.lowest;
        leaf.highest = parent.highest;
        leaf.sets = masks.below(parent, s.feature);
        return leaf;
    }

    /** A monotone split bounds all that follows on either side by the middle of the two values. */
    private static void bound(Split s, Leaf left, Leaf right) {
        if (s.monotone == 0) return;
        double middle = (s.leftOutput + s.rightOutput) / 2;
        Leaf low = s.monotone > 0 ? left : right;
        Leaf high = s.monotone > 0 ? right : left;
        low.highest = Math.min(low.highest, middle);
        high.lowest = Math.max(high.lowest, middle);
    }

    private void evaluate(Leaf parent, Leaf left, Leaf right) {
        Leaf small = left.count < right.count ? left : right;
        Leaf large = small == left ? right : left;
        boolean smallToo = splittable(small);
        if (!splittable(large)) {
            release(parent);
            if (smallToo) {
                build(small);
                find(List.of(small), null);
            }
        } else if (parent.histogram == null) {
            build(large);
            if (smallToo) build(small);
            find(smallToo ? List.of(large, small) : List.of(large), null);
        } else {
            large.histogram = parent.histogram;
            parent.histogram = null;
            build(small);
            find(smallToo ? List.of(large, small) : List.of(large), small.histogram);
            if (!smallToo) release(small);
        }
        if (large.best.found()) queue.add(large);
        if (small.best.found()) queue.add(small);
    }

    private void build(Leaf leaf) {
        leaf.histogram = pool.take();
        if (leaf.histogram == null) {
            // The leaf least likely to be split soon loses its histogram; its children's will be built from their rows.
            Leaf poorest = queue.stream().filter(l -> l.histogram != null).max(order()).orElseThrow();
            leaf.histogram = poorest.histogram;
            poorest.histogram = null;
        }
        builder.build(partition, leaf, gradients, active, leaf.histogram);
    }

    private void release(Leaf leaf) {
        pool.give(leaf.histogram);
        leaf.histogram = null;
    }

    /**
     * Finds the best splits of leaves.
     *
     * @param taken if not {@code null}, subtracted from the first leaf's histogram before
     */
    private void find(List<Leaf> leaves, Histogram taken) {
        int n = words.count();
        boolean[][] allowed = new boolean[leaves.size()][];
        for (int i = 0; i < allowed.length; i++) allowed[i] = masks.of(leaves.get(i));
        Split[][] best = new Split[leaves.size()][n];
        if (leaves.size() * cells < WORTH_SHARING) {
            for (int w = 0; w < n; w++) word(w, leaves, taken, allowed, best);
        } else {
            WorkerPool.current().forEach(n, w -> word(w, leaves, taken, allowed, best));
        }
        for (int i = 0; i < allowed.length; i++) {
            Leaf leaf = leaves.get(i);
            for (Split s : best[i]) {
                if (s != null && s.betterThan(leaf.best)) leaf.best.set(s);
            }
            if (!leaf.best.found()) release(leaf);
        }
    }

    private void word(int w, List<Leaf> leaves, Histogram taken, boolean[][] allowed, Split[][] best) {
        if (!active[w]) return;
        if (taken != null) leaves.getFirst().histogram.subtract(taken, w);
        SplitScan scan = scans.poll();
        if (scan == null) scan = new SplitScan();
        Split candidate = new Split();
        for (int i = 0; i < allowed.length; i++) {
            Leaf leaf = leaves.get(i);
            best[i][w] = new Split();
            for (int feature : words.features[w]) {
                if (!allowed[i][feature]) continue;
                long random = params.extraTrees() ? Mix.hash(masks.random(leaf, THRESHOLD) + feature) | 1 : 0;
                finder.find(leaf, feature, leaf.histogram, gradients, random, scan, candidate);
                if (candidate.betterThan(best[i][w])) best[i][w].set(candidate);
            }
        }
        scans.push(scan);
    }
}
