package org.lanewise.boosting;

import java.util.List;

/**
 * Finds the test that gains most over all leaves of a level together. A leaf for which a cut leaves too little on a side, or
 * would break a monotone constraint, is not split by it and neither gains nor loses.
 */
final class LevelFinder {
    private final BinnedTable table;
    private final SplitFinder finder;

    LevelFinder(BinnedTable table, SplitFinder finder) {
        this.table = table;
        this.finder = finder;
    }

    /**
     * Offers the best test of a feature.
     *
     * @param random chooses the one threshold of extra-trees; 0 allows all
     * @param best   modified if a test gains more
     */
    void find(List<Leaf> leaves, int feature, Gradients gradients, long random, SplitScan scan, LevelTest best) {
        FeatureBins bins = table.bins().get(feature);
        SplitScan.Settings s = finder.settings(feature);
        int n = bins.size();
        int only = random == 0 || n < 2 ? -1 : (int) Math.floorMod(random, (long) n - 1);
        double[] down = new double[n];
        double[] up = new double[n];
        boolean missing = false;
        for (Leaf leaf : leaves) {
            missing = finder.read(leaf, feature, leaf.histogram, gradients, scan);
            double now = finder.worth(leaf, s);
            if (bins.categorical()) {
                for (int b = 1; b < n; b++) {
                    double worth = only < 0 || only == b - 1
                            ? CategoricalSplitFinder.worth(leaf, b, s, scan)
                            : Double.NaN;
                    if (worth == worth) up[b] += worth - now;
                }
            } else {
                scan.addGains(leaf, n - 1, -1, n - 1, only < 0 ? -1 : n - 2 - only, s, now, down);
                if (missing) scan.addGains(leaf, 0, 1, n, only, s, now, up);
            }
        }
        for (int cut = 0; cut < n; cut++) best.offer(feature, LevelTest.Kind.DOWN, cut, down[cut]);
        LevelTest.Kind kind = bins.categorical() ? LevelTest.Kind.CATEGORY : LevelTest.Kind.UP;
        for (int cut = 0; cut < n; cut++) best.offer(feature, kind, cut, up[cut]);
    }

    /** Sets a leaf's best split to a level's test, to none if the leaf passes it by. */
    void apply(LevelTest test, Leaf leaf, Gradients gradients, SplitScan scan) {
        Split out = leaf.best;
        out.clear();
        SplitScan.Settings s = finder.settings(test.feature);
        finder.read(leaf, test.feature, leaf.histogram, gradients, scan);
        int n = table.bins().get(test.feature).size();
        double least = finder.least(leaf, s);
        if (test.kind == LevelTest.Kind.CATEGORY) {
            double worth = CategoricalSplitFinder.worth(leaf, test.cut, s, scan);
            if (worth != worth) return;
            out.gain = worth - least;
            CategoricalSplitFinder.set(out, leaf, test.cut, s, scan);
        } else {
            boolean down = test.kind == LevelTest.Kind.DOWN;
            int cut = down
                    ? scan.best(leaf, n - 1, -1, n - 1, test.cut, s, Double.NEGATIVE_INFINITY)
                    : scan.best(leaf, 0, 1, n, test.cut, s, Double.NEGATIVE_INFINITY);
            if (cut < 0) return;
            SplitFinder.set(out, leaf, scan, cut, down ? n - 2 - cut : cut, down, least, s);
        }
        out.feature = test.feature;
        out.monotone = s.monotone();
    }
}
