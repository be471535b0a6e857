package org.lanewise.boosting;

/**
 * Work space of one thread while it looks for splits, and the scan over the bins of one feature. The prefix sums are made one
 * after the other; the gains of all cuts are then computed in one loop over arrays, which the compiler turns into vector
 * instructions without changing any result.
 */
final class SplitScan {
    /** LightGBM's guard against empty sides; keeps the arithmetic comparable. */
    static final double EPSILON = 1e-15;
    private static final int MOST = 257;

    final double[] gradient = new double[MOST];
    final double[] hessian = new double[MOST];
    /** Rows of each bin; estimated from hessians unless those count rows. */
    final double[] rows = new double[MOST];
    /** What {@link #bundleGradient} and {@link #bundleHessian} are the sums of; {@code null} for nothing. */
    private Histogram summed;
    private int summedBundle;
    final double[] bundleGradient = new double[MOST];
    final double[] bundleHessian = new double[MOST];
    final long[] whole = new long[MOST];
    private final double[] nearG = new double[MOST];
    private final double[] nearH = new double[MOST];
    private final double[] nearRows = new double[MOST];
    private final double[] gain = new double[MOST];
    /** The cuts that are allowed. */
    private int from;
    private int to;

    /** To be called before a histogram may have changed. */
    void forget() {
        summed = null;
    }

    /** Whether a bundle's sums are still to be made. */
    boolean lacks(Histogram histogram, int bundle) {
        boolean has = summed == histogram && summedBundle == bundle;
        summed = histogram;
        summedBundle = bundle;
        return !has;
    }

    /** Writes {@link #rows} of {@code n} bins. */
    void estimateRows(int n, Leaf leaf, boolean exact) {
        double factor = leaf.count / (leaf.hessian + 2 * EPSILON);
        if (exact) {
            System.arraycopy(hessian, 0, rows, 0, n);
        } else {
            for (int b = 0; b < n; b++) rows[b] = (int) (hessian[b] * factor + 0.5);
        }
    }

    /**
     * Cuts of one direction. In the order of the scan the near side grows by a bin each time.
     *
     * @param first     the first bin of the near side
     * @param step      +1 to scan upwards, -1 downwards
     * @param cuts      number of cuts
     * @param only      the only cut allowed, counted in the order of the scan; -1 for all
     * @param settings  limits of leaves
     * @param least     worth that must be exceeded
     * @return the best cut in the order of the scan, the first of equals; -1 if none exceeds {@code least}
     */
    int best(Leaf leaf, int first, int step, int cuts, int only, Settings settings, double least) {
        worths(leaf, first, step, cuts, only, settings);
        int best = -1;
        double most = least;
        for (int j = from; j < to; j++) {
            if (gain[j] > most) {
                most = gain[j];
                best = j;
            }
        }
        return best;
    }

    /**
     * Adds what each cut that the leaf allows gains to {@code sum}, which is modified.
     *
     * @param now what the leaf is worth unsplit
     */
    void addGains(Leaf leaf, int first, int step, int cuts, int only, Settings settings, double now, double[] sum) {
        worths(leaf, first, step, cuts, only, settings);
        for (int j = from; j < to; j++) {
            if (gain[j] > Double.NEGATIVE_INFINITY) sum[j] += gain[j] - now;
        }
    }

    /** Writes the worths of the cuts that leave enough on both sides, {@link #from} up to {@link #to}. */
    private void worths(Leaf leaf, int first, int step, int cuts, int only, Settings settings) {
        double g = 0;
        double h = EPSILON;
        double n = 0;
        for (int j = 0, b = first; j < cuts; j++, b += step) {
            g += gradient[b];
            h += hessian[b];
            n += rows[b];
            nearG[j] = g;
            nearH[j] = h;
            nearRows[j] = n;
        }
        double totalH = leaf.hessian + 2 * EPSILON;
        from = 0;
        while (from < cuts && (nearRows[from] < settings.minRows || nearH[from] < settings.minHessian)) from++;
        to = cuts;
        while (to > from
                && (leaf.count - nearRows[to - 1] < settings.minRows || totalH - nearH[to - 1] < settings.minHessian))
            to--;
        if (only >= 0) {
            from = Math.max(from, only);
            to = Math.min(to, only + 1);
        }
        if (from >= to) return;
        if (settings.value.plain() && !settings.bounded) {
            plainGains(from, to, leaf.gradient, totalH, settings.l2);
        } else {
            boolean nearIsLeft = step > 0;
            for (int j = from; j < to; j++) gain[j] = gain(leaf, j, nearIsLeft, totalH, settings);
        }
    }

    /** As {@link #best} for two bins, of which the second is the near side: a plain {@code if} instead of loops. */
    int bestOfTwo(Leaf leaf, boolean exact, Settings settings, double least) {
        double totalH = leaf.hessian + 2 * EPSILON;
        double h = EPSILON + hessian[1];
        double n = exact ? hessian[1] : (int) (hessian[1] * (leaf.count / totalH) + 0.5);
        if (n < settings.minRows || h < settings.minHessian || leaf.count - n < settings.minRows
                || totalH - h < settings.minHessian)
            return -1;
        nearG[0] = gradient[1];
        nearH[0] = h;
        nearRows[0] = n;
        if (settings.value.plain() && !settings.bounded) {
            plainGains(0, 1, leaf.gradient, totalH, settings.l2);
        } else {
            gain[0] = gain(leaf, 0, false, totalH, settings);
        }
        return gain[0] > least ? 0 : -1;
    }

    /**
     * The best of splits that each take one flag's rows away from the rest, by plain worths.
     *
     * @param features of the sums in {@link #gradient} and {@link #hessian}
     * @param allowed  by feature
     * @param enough   gain that is needed
     * @return its index, that of the lowest feature among equals; -1 if none gains enough, more than nothing
     */
    int bestFlag(Leaf leaf, boolean exact, int[] features, boolean[] allowed, Settings settings, double least,
            double enough) {
        int n = features.length;
        double totalH = leaf.hessian + 2 * EPSILON;
        double factor = leaf.count / totalH;
        for (int j = 0; j < n; j++) {
            nearG[j] = gradient[j];
            nearH[j] = EPSILON + hessian[j];
            nearRows[j] = exact ? hessian[j] : (int) (hessian[j] * factor + 0.5);
        }
        plainGains(0, n, leaf.gradient, totalH, settings.l2);
        int best = -1;
        double most = Math.max(enough, Double.MIN_VALUE);
        for (int j = 0; j < n; j++) {
            double more = gain[j] - least;
            if (!(more >= most) || !allowed[features[j]] || best >= 0 && more == most && features[j] > features[best])
                continue;
            if (nearRows[j] < settings.minRows || nearH[j] < settings.minHessian
                    || leaf.count - nearRows[j] < settings.minRows || totalH - nearH[j] < settings.minHessian)
                continue;
            best = j;
            most = more;
        }
        return best;
    }

    private void plainGains(int from, int to, double totalG, double totalH, double l2) {
        double[] ng = nearG;
        double[] nh = nearH;
        double[] out = gain;
        for (int j = from; j < to; j++) {
            double far = totalG - ng[j];
            double nearH2 = nh[j] + l2;
            double farH2 = totalH - nh[j] + l2;
            out[j] = (ng[j] * ng[j] * farH2 + far * far * nearH2) / (nearH2 * farH2); // one division for the two worths
        }
    }

    private double gain(Leaf leaf, int j, boolean nearIsLeft, double totalH, Settings s) {
        double farG = leaf.gradient - nearG[j];
        double farH = totalH - nearH[j];
        if (!s.bounded && s.value.pathSmooth() == 0)
            return s.value.worth(nearG[j], nearH[j], s.l2) + s.value.worth(farG, farH, s.l2);
        double near = s.held(leaf, nearG[j], nearH[j], nearRows[j]);
        double far = s.held(leaf, farG, farH, leaf.count - nearRows[j]);
        if (s.monotone != 0 && (near - far) * (nearIsLeft ? s.monotone : -s.monotone) > 0)
            return Double.NEGATIVE_INFINITY;
        return s.value.worth(nearG[j], nearH[j], s.l2, near) + s.value.worth(farG, farH, s.l2, far);
    }

    double gainOf(int cut) {
        return gain[cut];
    }

    double nearGradient(int cut) {
        return nearG[cut];
    }

    double nearHessian(int cut) {
        return nearH[cut] - EPSILON;
    }

    double nearRows(int cut) {
        return nearRows[cut];
    }

    /**
     * What limits the leaves of a split.
     *
     * @param value    how leaves get their values
     * @param l2       penalty for the split's feature
     * @param bounded  whether values are held between the leaf's bounds
     * @param monotone the feature's constraint
     */
    record Settings(LeafValue value, double minRows, double minHessian, double l2, boolean bounded, int monotone) {
        /** A child's value, within the bounds. */
        double held(Leaf leaf, double g, double h, double rows) {
            double v = value.value(g, h, l2, rows, leaf.output);
            return bounded ? Math.max(leaf.lowest, Math.min(leaf.highest, v)) : v;
        }

        Settings with(double otherL2) {
            return new Settings(value, minRows, minHessian, otherL2, bounded, monotone);
        }
    }
}
