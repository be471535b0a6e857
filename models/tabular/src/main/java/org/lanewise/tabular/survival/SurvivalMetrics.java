package org.lanewise.tabular.survival;

import java.util.Arrays;
import org.lanewise.tabular.metrics.MetricSet;
import org.lanewise.tabular.metrics.RowStatistic;

/** The measures of a risk score as a {@link MetricSet}, so that they come with bootstrap intervals. */
public final class SurvivalMetrics {
    private SurvivalMetrics() {
    }

    /**
     * c_index (Harrell), and for each horizon c_index@t and uno_c@t: both over the follow-up up to it, the second weighted against
     * censoring by the weights of the rows as they are.
     *
     * <pre>{@code
     * Map<String, Interval> shown = SurvivalMetrics.of(outcomes, risk, 5, 10).intervals(Bootstrap.rows(n));
     * }</pre>
     *
     * @param risk
     *            higher means an earlier event
     * @param horizons
     *            in the unit of the times
     */
    public static MetricSet of(Survival data, double[] risk, double... horizons) {
        return weighted(data, risk, null, horizons);
    }

    /** As {@link #of} with a weight for each row, or null. */
    public static MetricSet weighted(Survival data, double[] risk, double[] weight, double... horizons) {
        MetricSet set = MetricSet.empty(data.size()).with("c_index",
                index(ConcordanceCounter.harrell(data, risk), weight));
        for (double horizon : horizons) {
            String at = "@"
                    + (horizon == Math.rint(horizon) ? Long.toString((long) horizon) : Double.toString(horizon));
            Survival cut = data.censoredAt(horizon);
            set = set.with("c_index" + at, index(ConcordanceCounter.harrell(cut, risk), weight))
                    .with("uno_c" + at, index(ConcordanceCounter.uno(cut, risk), weight));
        }
        return set;
    }

    private static RowStatistic index(ConcordanceCounter counter, double[] weight) {
        return weight == null ? counter::index : counts -> {
            double[] w = new double[counts.length];
            Arrays.setAll(w, i -> weight[i] * counts[i]);
            return counter.count(w).index();
        };
    }
}
