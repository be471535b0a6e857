package org.lanewise.boosting;

/** Splits by a column of categories, see {@link CategoricalParams}. Bin 0 (missing, unseen, rare) always goes right. */
final class CategoricalSplitFinder {
    private final CategoricalParams params;

    CategoricalSplitFinder(CategoricalParams params) {
        this.params = params;
    }

    /** As {@link SplitFinder#find}, for the sums in {@code scan}. */
    void find(Leaf leaf, int bins, double least, SplitScan.Settings s, long random, SplitScan scan, Split out) {
        if (bins <= params.maxOneHot()) {
            oneAgainstRest(leaf, bins, least, s, random, scan, out);
        } else {
            sorted(leaf, bins, least, s.with(s.l2() + params.l2()), random, scan, out);
        }
    }

    private static void oneAgainstRest(Leaf leaf, int bins, double least, SplitScan.Settings s, long random,
            SplitScan scan, Split out) {
        int only = random == 0 || bins < 2 ? -1 : 1 + (int) Math.floorMod(random, (long) bins - 1);
        double most = least;
        for (int b = 1; b < bins; b++) {
            if (only >= 0 && b != only) continue;
            double worth = worth(leaf, b, s, scan);
            if (worth > most) {
                most = worth;
                out.gain = worth - least;
                set(out, leaf, b, s, scan);
            }
        }
    }

    /** What a leaf is worth with one category on the left; NaN if a side would be too small. */
    static double worth(Leaf leaf, int bin, SplitScan.Settings s, SplitScan scan) {
        double h = scan.hessian[bin] + SplitScan.EPSILON;
        double otherH = leaf.hessian + SplitScan.EPSILON - h + SplitScan.EPSILON;
        double n = scan.rows[bin];
        if (n < s.minRows() || scan.hessian[bin] < s.minHessian() || leaf.count - n < s.minRows()
                || otherH < s.minHessian())
            return Double.NaN;
        return worth(leaf, scan.gradient[bin], h, n, s);
    }

    /** Writes the split of one category. */
    static void set(Split out, Leaf leaf, int bin, SplitScan.Settings s, SplitScan scan) {
        out.leftBins = new long[4];
        out.leftBins[bin >> 6] = 1L << bin;
        set(out, leaf, scan.gradient[bin], scan.hessian[bin], scan.rows[bin], s);
    }

    private void sorted(Leaf leaf, int bins, double least, SplitScan.Settings s, long random, SplitScan scan,
            Split out) {
        int[] order = new int[bins];
        double[] key = new double[bins];
        int used = 0;
        for (int b = 1; b < bins; b++) {
            if (scan.rows[b] >= params.smooth()) {
                double k = scan.gradient[b] / (scan.hessian[b] + params.smooth());
                int at = used++;
                for (; at > 0 && key[at - 1] > k; at--) {
                    key[at] = key[at - 1];
                    order[at] = order[at - 1];
                }
                key[at] = k;
                order[at] = b;
            }
        }
        int longest = Math.min(params.maxThreshold(), (used + 1) / 2);
        int only = random == 0 || longest < 1 ? -1 : (int) Math.floorMod(random, (long) longest);
        double most = least;
        for (int direction = 1; direction >= -1; direction -= 2) {
            double g = 0;
            double h = SplitScan.EPSILON;
            double n = 0;
            double group = 0;
            for (int i = 0; i < longest; i++) {
                int b = order[direction > 0 ? i : used - 1 - i];
                g += scan.gradient[b];
                h += scan.hessian[b];
                n += scan.rows[b];
                group += scan.rows[b];
                if (n < s.minRows() || h < s.minHessian()) continue;
                double right = leaf.count - n;
                if (right < s.minRows() || right < params.minDataPerGroup()
                        || leaf.hessian + 2 * SplitScan.EPSILON - h < s.minHessian())
                    break;
                if (group < params.minDataPerGroup()) continue;
                group = 0;
                if (only >= 0 && i != only) continue;
                double worth = worth(leaf, g, h, n, s);
                if (worth > most) {
                    most = worth;
                    out.gain = worth - least;
                    out.leftBins = new long[4];
                    for (int j = 0; j <= i; j++) {
                        int left = order[direction > 0 ? j : used - 1 - j];
                        out.leftBins[left >> 6] |= 1L << left;
                    }
                    set(out, leaf, g, h - SplitScan.EPSILON, n, s);
                }
            }
        }
    }

    private static double worth(Leaf leaf, double g, double h, double n, SplitScan.Settings s) {
        double farG = leaf.gradient - g;
        double farH = leaf.hessian + 2 * SplitScan.EPSILON - h;
        LeafValue value = s.value();
        if (!s.bounded() && value.pathSmooth() == 0) return value.worth(g, h, s.l2()) + value.worth(farG, farH, s.l2());
        return value.worth(g, h, s.l2(), s.held(leaf, g, h, n))
                + value.worth(farG, farH, s.l2(), s.held(leaf, farG, farH, leaf.count - n));
    }

    private static void set(Split out, Leaf leaf, double g, double h, double n, SplitScan.Settings s) {
        out.l2 = s.l2();
        out.missingLeft = false;
        out.leftGradient = g;
        out.leftHessian = h;
        out.rightGradient = leaf.gradient - g;
        out.rightHessian = leaf.hessian - h;
        out.leftOutput = s.held(leaf, g, h, n);
        out.rightOutput = s.held(leaf, leaf.gradient - g, leaf.hessian - h, leaf.count - n);
    }
}
