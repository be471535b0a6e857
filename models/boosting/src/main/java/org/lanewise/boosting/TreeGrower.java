package org.lanewise.boosting;

import java.util.ArrayList;
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
    /** Of oblivious trees without a limit. */
    private static final int OBLIVIOUS_DEPTH = 6;
    /** Bins that another thread would look at below which handing out the search costs more than it saves. */
    private static final int WORTH_SHARING = 2_000;

    private final BoostingParams params;
    private final BinnedTable table;
    private final BinWords words;
    private final RowPartition partition;
    private final HistogramBuilder builder;
    private final SplitFinder finder;
    private final LevelFinder levels;
    private final FeatureMasks masks;
    private final MonotoneBounds bounds;
    private final HistogramPool[] pools = new HistogramPool[2];
    private final ConcurrentLinkedDeque<SplitScan> scans = new ConcurrentLinkedDeque<>();
    /** Whether the features of each bundle of each word are all flags. */
    private final boolean[][] flags;
    /** Cells that a second thread can take off the first. */
    private final int shareable;

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
        levels = new LevelFinder(table, finder);
        masks = new FeatureMasks(params, table);
        bounds = new MonotoneBounds(params.constraints(), table.bins());
        int sum = 0;
        int largest = 0;
        flags = new boolean[words.count()][];
        for (int w = 0; w < words.count(); w++) {
            int of = words.lanes[w] << words.shift[w];
            sum += of;
            largest = Math.max(largest, of);
            flags[w] = new boolean[words.bundled[w].length];
            for (int b = 0; b < flags[w].length; b++) flags[w][b] = finder.flags(words.bundled[w][b]);
        }
        shareable = Math.min(sum - largest, sum / 2);
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
        if (pools[kind] == null) pools[kind] = new HistogramPool(words, gradients.packed, megabytes());
        pool = pools[kind];
        masks.startTree(number);
        active = masks.activeWords();
        queue = new PriorityQueue<>(order());
        Leaf root = root(count);
        tree = new GrownTree(table.bins(), root);
        if (words.count() > 0 && splittable(root)) {
            build(root);
            if (params.growth() == Growth.OBLIVIOUS) {
                growLevels(root);
            } else {
                growLeaves(root);
            }
        }
        for (Leaf leaf : tree.leaves) release(leaf);
        bounds.finish(tree.leaves);
        return tree;
    }

    private void growLeaves(Leaf root) {
        find(List.of(root), null);
        queue.add(root);
        while (tree.leaves.size() < params.leaves()) {
            Leaf next = queue.poll();
            if (next == null || !next.best.found()) break;
            split(next);
        }
    }

    /** Histograms of a whole level are needed at once, whatever the bound. */
    private int megabytes() {
        return params.growth() == Growth.OBLIVIOUS ? Integer.MAX_VALUE : params.histogramMegabytes();
    }

    private int maxDepth() {
        return params.maxDepth() < 0 && params.growth() == Growth.OBLIVIOUS ? OBLIVIOUS_DEPTH : params.maxDepth();
    }

    /** Splits all leaves of a level by one test until none gains or the tree is deep enough. */
    private void growLevels(Leaf root) {
        List<Leaf> level = List.of(root);
        List<Leaf[]> taken = List.of();
        for (int depth = 0; depth < maxDepth() && !level.isEmpty(); depth++) {
            LevelTest test = findLevel(level, taken);
            if (!test.found()) return;
            SplitScan scan = new SplitScan();
            List<Leaf> next = new ArrayList<>();
            taken = new ArrayList<>();
            for (Leaf leaf : level) {
                levels.apply(test, leaf, gradients, scan);
                Leaf[] children = leaf.best.found() ? divide(leaf) : null;
                if (children == null) {
                    next.add(leaf);
                } else {
                    Leaf small = children[0].count < children[1].count ? children[0] : children[1];
                    Leaf large = small == children[0] ? children[1] : children[0];
                    large.histogram = leaf.histogram;
                    leaf.histogram = null;
                    build(small);
                    taken.add(new Leaf[] {large, small});
                    next.add(children[0]);
                    next.add(children[1]);
                }
            }
            level = next;
        }
    }

    /** @param taken pairs of leaves: from the first one's histogram, its parent's, the other's is to be subtracted */
    private LevelTest findLevel(List<Leaf> level, List<Leaf[]> taken) {
        int n = words.count();
        Leaf deepest = level.stream().max(Comparator.comparingInt(leaf -> leaf.depth)).orElseThrow();
        boolean[] allowed = masks.of(deepest);
        LevelTest[] best = new LevelTest[n];
        WorkerPool.current().forEach(n, w -> {
            best[w] = new LevelTest();
            if (!active[w]) return;
            for (Leaf[] pair : taken) pair[0].histogram.subtract(pair[1].histogram, w);
            SplitScan scan = scan();
            for (int feature : words.features[w]) {
                long random = params.extraTrees() ? Mix.hash(masks.random(deepest, THRESHOLD) + feature) | 1 : 0;
                if (allowed[feature]) levels.find(level, feature, gradients, random, scan, best[w]);
            }
            scans.push(scan);
        });
        LevelTest test = new LevelTest();
        test.gain = params.minGain();
        for (LevelTest t : best) {
            if (t.found() && (t.gain > test.gain || t.gain == test.gain && t.feature < test.feature)) test = t;
        }
        return test;
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
        bounds.startRoot(root);
        return root;
    }

    private boolean splittable(Leaf leaf) {
        return leaf.count >= Math.max(2, 2 * params.minDataInLeaf()) && leaf.hessian >= 2 * params.minSumHessian()
                && (maxDepth() < 0 || leaf.depth < maxDepth());
    }

    private void split(Leaf leaf) {
        Leaf[] children = divide(leaf);
        if (children == null) {
            release(leaf);
        } else if (tree.leaves.size() < params.leaves()) {
            evaluate(leaf, children[0], children[1]);
        } else {
            release(leaf);
        }
    }

    /** Makes a leaf's best split; {@code null} if the hessians that promised rows on both sides were rounding. */
    private Leaf[] divide(Leaf leaf) {
        Split s = leaf.best;
        FeatureBins bins = table.bins().get(s.feature);
        int leftCount = partition.divide(leaf, table.column(s.feature), s.goesLeft(bins.missingBin()));
        if (leftCount == 0 || leftCount == leaf.count) return null;
        if (s.leftBins == null && !table.missing(s.feature) && params.growth() != Growth.OBLIVIOUS)
            s.missingLeft = 2 * leftCount >= leaf.count;
        int node = tree.nodes();
        Leaf left = child(leaf, node, true, leaf.begin, leftCount);
        Leaf right = child(leaf, node, false, leaf.begin + leftCount, leaf.count - leftCount);
        left.number = leaf.number;
        right.number = tree.leaves.size();
        List<Leaf> changed = bounds.split(leaf, left, right);
        tree.split(leaf.number, left, right, s.gain + params.minGain());
        if (tree.leaves.size() < params.leaves()) changed.forEach(this::findAgain);
        return new Leaf[] {left, right};
    }

    /** A leaf whose bounds have changed may have another best split, or none. */
    private void findAgain(Leaf leaf) {
        if (!queue.remove(leaf)) return;
        if (leaf.histogram == null) build(leaf);
        leaf.best.clear();
        find(List.of(leaf), null);
        if (leaf.best.found()) queue.add(leaf);
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
        if (leaves.size() * shareable < WORTH_SHARING) {
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

    private SplitScan scan() {
        SplitScan scan = scans.poll();
        if (scan == null) return new SplitScan();
        scan.forget();
        return scan;
    }

    private void word(int w, List<Leaf> leaves, Histogram taken, boolean[][] allowed, Split[][] best) {
        if (!active[w]) return;
        if (taken != null) leaves.getFirst().histogram.subtract(taken, w);
        SplitScan scan = scan();
        Split candidate = new Split();
        for (int i = 0; i < allowed.length; i++) {
            Leaf leaf = leaves.get(i);
            best[i][w] = new Split();
            double least = finder.least(leaf);
            for (int b = 0; b < words.bundled[w].length; b++) {
                int[] features = words.bundled[w][b];
                if (flags[w][b]) {
                    finder.findFlag(leaf, least, best[i][w].gain, features, allowed[i], gradients, scan, candidate);
                    if (candidate.betterThan(best[i][w])) best[i][w].set(candidate);
                    continue;
                }
                for (int feature : features) {
                    if (!allowed[i][feature]) continue;
                    long random = params.extraTrees() ? Mix.hash(masks.random(leaf, THRESHOLD) + feature) | 1 : 0;
                    finder.find(leaf, least, best[i][w].gain, feature, gradients, random, scan, candidate);
                    if (candidate.betterThan(best[i][w])) best[i][w].set(candidate);
                }
            }
        }
        scans.push(scan);
    }
}
