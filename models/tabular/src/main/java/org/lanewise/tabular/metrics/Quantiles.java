package org.lanewise.tabular.metrics;

import java.util.Arrays;

/** Sample quantiles by linear interpolation between order statistics (type 7 of Hyndman and Fan, the default of R and numpy). */
public final class Quantiles {
    private Quantiles() {
    }

    /** NaN for no values; the values are not modified. */
    public static double of(double[] values, double probability) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, probability);
    }

    /** As {@link #of}, of values already in rising order. */
    public static double ofSorted(double[] sorted, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability must lie in 0..1: " + probability);
        }
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        double fraction = position - below;
        return fraction == 0 ? sorted[below] : sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
    }

    public static double median(double[] values) {
        return of(values, 0.5);
    }
}
