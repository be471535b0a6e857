package org.lanewise.boosting;

/**
 * The best split of a leaf by one feature. Rules and order of the scans are LightGBM's, so that equal sums give equal splits:
 * from the highest bin down with missing values on the left, then, if some are missing, from the lowest up with them on the
 * right; of equal gains the first counts.
 */
final class SplitFinder {
    private final BoostingParams params;
    private final BinnedTable table;
    private final LeafValue value;
    private final SplitScan.Settings[] settings;
    private final CategoricalSplitFinder categorical;

    SplitFinder(BoostingParams params, BinnedTable table) {
        this.params = params;
        this.table = table;
        value = LeafValue.of(params);
        settings = new SplitScan.Settings[table.features()];
        boolean bounded = params.constraints().monotone().values().stream().anyMatch(s -> s != 0);
        for (int j = 0; j < settings.length; j++) {
            int monotone = params.constraints().monotone().getOrDefault(table.bins().get(j).name(), 0);
            settings[j] = new SplitScan.Settings(value, params.minDataInLeaf(), params.minSumHessian(), params.l2(),
                    bounded, monotone);
        }
        categorical = new CategoricalSplitFinder(params.categorical());
    }

    /**
     * Writes the best split to {@code out}, which is left without a feature if none gains {@code enough}.
     *
     * @param least  what {@link #least(Leaf)} says of the leaf
     * @param random chooses the one threshold of extra-trees
     */
    void find(Leaf leaf, double least, double enough, int feature, Gradients gradients, long random, SplitScan scan,
            Split out) {
        out.clear();
        FeatureBins bins = table.bins().get(feature);
        boolean missing = sums(leaf, feature, leaf.histogram, gradients, scan);
        SplitScan.Settings s = settings[feature];
        if (bins.size() == 2 && !missing && !bins.categorical()) {
            int cut = scan.bestOfTwo(leaf, gradients.constantHessian, s, least);
            if (cut == 0 && scan.gainOf(0) - least >= enough) set(out, leaf, scan, 0, 0, true, least, s);
            finish(out, feature, s);
            return;
        }
        scan.estimateRows(cells(feature), leaf, gradients.constantHessian);
        if (bins.categorical()) {
            categorical.find(leaf, bins.size(), least, s, params.extraTrees() ? random : 0, scan, out);
        } else {
            numeric(leaf, bins.size(), missing, least, enough, s, params.extraTrees() ? random : 0, scan, out);
        }
        finish(out, feature, s);
    }

    /** Whether {@link #findFlag} serves for these features, a bundle. */
    boolean flags(int... features) {
        if (!value.plain() || settings[features[0]].bounded()) return false;
        for (int j : features) {
            if (!table.words().isFlag(j) || missing(j) || table.bins().get(j).categorical()) return false;
        }
        return true;
    }

    /** As {@link #find} for the best of a bundle of flags: one pass over arrays instead of a call for each. */
    void findFlag(Leaf leaf, double least, double enough, int[] features, boolean[] allowed, Gradients gradients,
            SplitScan scan, Split out) {
        out.clear();
        table.words().readFlags(leaf.histogram, features, gradients, scan);
        SplitScan.Settings s = settings[features[0]];
        int best = scan.bestFlag(leaf, gradients.constantHessian, features, allowed, s, least, enough);
        if (best < 0) return;
        set(out, leaf, scan, best, 0, true, least, s);
        finish(out, features[best], s);
    }

    private static void finish(Split out, int feature, SplitScan.Settings s) {
        if (out.gain > 0) {
            out.feature = feature;
            out.monotone = s.monotone();
        } else {
            out.clear();
        }
    }

    /** Reads a feature's sums; whether rows may be missing there, whose sums are then behind those of the bins. */
    boolean read(Leaf leaf, int feature, Histogram histogram, Gradients gradients, SplitScan scan) {
        boolean missing = sums(leaf, feature, histogram, gradients, scan);
        scan.estimateRows(cells(feature), leaf, gradients.constantHessian);
        return missing;
    }

    private boolean sums(Leaf leaf, int feature, Histogram histogram, Gradients gradients, SplitScan scan) {
        table.words().read(histogram, feature, cells(feature), leaf, gradients, scan);
        return missing(feature);
    }

    private boolean missing(int feature) {
        return table.missing(feature) && !table.bins().get(feature).categorical();
    }

    private int cells(int feature) {
        return table.bins().get(feature).size() + (missing(feature) ? 1 : 0);
    }

    /** Limits of the leaves of a feature's splits. */
    SplitScan.Settings settings(int feature) {
        return settings[feature];
    }

    /** What the leaf is worth unsplit. */
    double worth(Leaf leaf, SplitScan.Settings s) {
        double h = leaf.hessian + 2 * SplitScan.EPSILON;
        return value.pathSmooth() > 0
                ? value.worth(leaf.gradient, h, s.l2(), value.value(leaf.gradient, h, s.l2(), leaf.count, leaf.output))
                : value.worth(leaf.gradient, h, s.l2());
    }

    /** The worth that a split by whichever feature must exceed. */
    double least(Leaf leaf) {
        return least(leaf, settings[0]);
    }

    /** The worth that a split must exceed. */
    double least(Leaf leaf, SplitScan.Settings s) {
        return worth(leaf, s) + params.minGain();
    }

    private void numeric(Leaf leaf, int bins, boolean missing, double least, double enough, SplitScan.Settings s,
            long random, SplitScan scan, Split out) {
        int threshold = random == 0 || bins < 2 ? -1 : (int) Math.floorMod(random, (long) bins - 1);
        int cut = scan.best(leaf, bins - 1, -1, bins - 1, threshold < 0 ? -1 : bins - 2 - threshold, s, least);
        if (cut >= 0 && scan.gainOf(cut) - least >= enough)
            set(out, leaf, scan, cut, bins - 2 - cut, true, least, s);
        // Without missing rows here the other direction would gain the same.
        if (!missing || scan.hessian[bins] == 0 && scan.gradient[bins] == 0) return;
        double known = out.gain > 0 ? Math.max(least, out.gain + least) : least;
        cut = scan.best(leaf, 0, 1, bins, threshold, s, known);
        if (cut >= 0 && scan.gainOf(cut) - least >= enough) set(out, leaf, scan, cut, cut, false, least, s);
    }

    /** Writes the split of a cut that was just scanned. */
    static void set(Split out, Leaf leaf, SplitScan scan, int cut, int threshold, boolean nearIsRight, double least,
            SplitScan.Settings s) {
        out.threshold = threshold;
        out.missingLeft = nearIsRight;
        out.gain = scan.gainOf(cut) - least;
        out.l2 = s.l2();
        sides(out, leaf, scan, cut, nearIsRight, s);
    }

    /** Writes sums and values of both sides. */
    static void sides(Split out, Leaf leaf, SplitScan scan, int cut, boolean nearIsRight, SplitScan.Settings s) {
        double g = scan.nearGradient(cut);
        double h = scan.nearHessian(cut);
        double n = scan.nearRows(cut);
        double near = s.held(leaf, g, h, n);
        double far = s.held(leaf, leaf.gradient - g, leaf.hessian - h, leaf.count - n);
        out.leftGradient = nearIsRight ? leaf.gradient - g : g;
        out.leftHessian = nearIsRight ? leaf.hessian - h : h;
        out.rightGradient = nearIsRight ? g : leaf.gradient - g;
        out.rightHessian = nearIsRight ? h : leaf.hessian - h;
        out.leftOutput = nearIsRight ? far : near;
        out.rightOutput = nearIsRight ? near : far;
    }
}
