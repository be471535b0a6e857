package org.lanewise.boosting;

import java.util.Arrays;

/** Bounds between bins of about equally many rows. */
final class EqualCounts {
    private EqualCounts() {}

    /**
     * @param distinct rising values, the first {@code d} count
     * @param count    rows of each
     * @param total    rows of all
     * @return at most {@code maxBins} rising bounds, the last +Infinity
     */
    static double[] bounds(double[] distinct, int[] count, int d, int total, int maxBins, int minDataInBin) {
        double[] bounds = new double[maxBins];
        int made = d <= maxBins
                ? oneEach(distinct, count, d, minDataInBin, bounds)
                : greedy(distinct, count, d, total, Math.max(1, Math.min(maxBins, total / minDataInBin)), bounds);
        bounds[made] = Double.POSITIVE_INFINITY;
        return Arrays.copyOf(bounds, made + 1);
    }

    private static int oneEach(double[] distinct, int[] count, int d, int minDataInBin, double[] bounds) {
        int made = 0;
        int inBin = 0;
        for (int i = 0; i + 1 < d; i++) {
            inBin += count[i];
            if (inBin >= minDataInBin) {
                bounds[made++] = between(distinct[i], distinct[i + 1]);
                inBin = 0;
            }
        }
        return made;
    }

    /**
     * A bin ends when it holds the mean of what is left for the remaining bins. Values that fill a bin by themselves are set
     * aside first, so that the others' mean is not theirs, and a bin that is half full ends before one.
     */
    private static int greedy(double[] distinct, int[] count, int d, int total, int bins, double[] bounds) {
        double mean = (double) total / bins;
        int restBins = bins;
        int restRows = total;
        boolean[] big = new boolean[d];
        for (int i = 0; i < d; i++) {
            big[i] = count[i] >= mean;
            if (big[i]) {
                restBins--;
                restRows -= count[i];
            }
        }
        mean = restBins > 0 ? (double) restRows / restBins : Double.POSITIVE_INFINITY;
        int made = 0;
        int inBin = 0;
        for (int i = 0; i + 1 < d && made < bins - 1; i++) {
            if (!big[i]) restRows -= count[i];
            inBin += count[i];
            if (big[i] || inBin >= mean || big[i + 1] && inBin >= Math.max(1, mean / 2)) {
                bounds[made++] = between(distinct[i], distinct[i + 1]);
                inBin = 0;
                if (!big[i]) {
                    restBins--;
                    mean = restBins > 0 ? (double) restRows / restBins : Double.POSITIVE_INFINITY;
                }
            }
        }
        return made;
    }

    /** A number from a, included, to b, excluded: halfway if both are finite. */
    static double between(double a, double b) {
        if (a == Double.NEGATIVE_INFINITY) return -Double.MAX_VALUE;
        if (b == Double.POSITIVE_INFINITY) return a;
        double middle = a / 2 + b / 2;
        return middle >= a && middle < b ? middle : a;
    }
}
