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
     * Writes the best split to {@code out}, which is left without a feature if there is none.
     *
     * @param random chooses the one threshold of extra-trees
     */
    void find(Leaf leaf, int feature, Histogram histogram, Gradients gradients, long random, SplitScan scan,
            Split out) {
        out.clear();
        FeatureBins bins = table.bins().get(feature);
        boolean missing = read(leaf, feature, histogram, gradients, scan);
        SplitScan.Settings s = settings[feature];
        double least = least(leaf, s);
        if (bins.categorical()) {
            categorical.find(leaf, bins.size(), least, s, params.extraTrees() ? random : 0, scan, out);
        } else {
            numeric(leaf, bins.size(), missing, least, s, params.extraTrees() ? random : 0, scan, out);
        }
        if (out.gain > 0) {
            out.feature = feature;
            out.monotone = s.monotone();
        } else {
            out.clear();
        }
    }

    /** Reads a feature's sums; whether rows may be missing there, whose sums are then behind those of the bins. */
    boolean read(Leaf leaf, int feature, Histogram histogram, Gradients gradients, SplitScan scan) {
        FeatureBins bins = table.bins().get(feature);
        boolean missing = table.missing(feature) && !bins.categorical();
        int cells = bins.size() + (missing ? 1 : 0);
        table.words().read(histogram, feature, cells, leaf, gradients, scan.gradient, scan.hessian);
        scan.estimateRows(cells, leaf, gradients.constantHessian);
        return missing;
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

    /** The worth that a split must exceed. */
    double least(Leaf leaf, SplitScan.Settings s) {
        return worth(leaf, s) + params.minGain();
    }

    private void numeric(Leaf leaf, int bins, boolean missing, double least, SplitScan.Settings s, long random,
            SplitScan scan, Split out) {
        int threshold = random == 0 || bins < 2 ? -1 : (int) Math.floorMod(random, (long) bins - 1);
        int cut = scan.best(leaf, bins - 1, -1, bins - 1, threshold < 0 ? -1 : bins - 2 - threshold, s, least);
        if (cut >= 0) set(out, leaf, scan, cut, bins - 2 - cut, true, least, s);
        // Without missing rows here the other direction would gain the same.
        if (!missing || scan.hessian[bins] == 0 && scan.gradient[bins] == 0) return;
        double known = cut >= 0 ? Math.max(least, out.gain + least) : least;
        cut = scan.best(leaf, 0, 1, bins, threshold, s, known);
        if (cut >= 0) set(out, leaf, scan, cut, cut, false, least, s);
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
