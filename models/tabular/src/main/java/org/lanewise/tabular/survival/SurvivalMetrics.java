package org.lanewise.tabular.survival;

import org.lanewise.tabular.metrics.MetricSet;

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
        MetricSet set = MetricSet.empty(data.size()).with("c_index", ConcordanceCounter.harrell(data, risk)::index);
        for (double horizon : horizons) {
            String at = "@"
                    + (horizon == Math.rint(horizon) ? Long.toString((long) horizon) : Double.toString(horizon));
            Survival cut = data.censoredAt(horizon);
            set = set.with("c_index" + at, ConcordanceCounter.harrell(cut, risk)::index)
                    .with("uno_c" + at, ConcordanceCounter.uno(cut, risk)::index);
        }
        return set;
    }
}
