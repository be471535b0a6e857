package org.lanewise.boosting.objective;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.lanewise.tabular.metrics.Quantiles;

/** Quantiles of residuals, weighted ones interpolated as LightGBM does, so that renewed leaves agree. */
final class Percentile {
    private Percentile() {}

    /**
     * @param weight {@code null} for all ones
     * @return 0 without values
     */
    static double of(double[] value, double[] weight, double alpha) {
        if (value.length == 0) return 0;
        return weight == null ? Quantiles.of(value, alpha) : weighted(value, weight, alpha);
    }

    private static double weighted(double[] value, double[] weight, double alpha) {
        int n = value.length;
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> value[i])).mapToInt(i -> i)
                .toArray();
        double[] cumulative = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) cumulative[i] = sum += weight[order[i]];
        double wanted = sum * alpha;
        int position = 0;
        while (position < n - 1 && cumulative[position] <= wanted) position++;
        if (position == 0 || position == n - 1) return value[order[position]];
        double below = value[order[position - 1]];
        double above = value[order[position]];
        double step = cumulative[position + 1] - cumulative[position];
        return step >= 1 ? (wanted - cumulative[position]) / step * (above - below) + below : above;
    }
}
