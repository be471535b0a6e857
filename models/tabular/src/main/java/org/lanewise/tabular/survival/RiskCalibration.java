package org.lanewise.tabular.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.metrics.LogisticCalibration;

/**
 * Whether forecast absolute risks by a horizon come true.
 *
 * @param horizon
 *            time by which the event was forecast
 * @param groups
 *            by rising forecast, of nearly equal size
 * @param expectedOverObserved
 *            mean forecast over the Kaplan-Meier risk of all; above 1 means too much was forecast
 * @param line
 *            slope and intercept of the logit of the outcome on the logit of the forecast, weighted for censoring
 *            ({@link CensoringWeights})
 */
public record RiskCalibration(double horizon, List<Group> groups, double expectedOverObserved,
        LogisticCalibration line) {
    private static final double LEVEL = 0.95;

    public RiskCalibration {
        groups = List.copyOf(groups);
    }

    /**
     * Subjects with similar forecasts.
     *
     * @param size
     *            subjects
     * @param events
     *            events seen by the horizon
     * @param forecast
     *            mean forecast risk
     * @param observed
     *            1 - Kaplan-Meier at the horizon, with its 95 % interval
     */
    public record Group(int size, int events, double forecast, Interval observed) {
    }

    /** In tenths of the forecast. */
    public static RiskCalibration of(Survival data, double[] risk, double horizon) {
        return of(data, risk, horizon, 10);
    }

    /**
     * @param risk
     *            the forecast probability of the event by {@code horizon}
     * @param groups
     *            how many; subjects with equal forecasts are never parted, so there may be fewer
     */
    public static RiskCalibration of(Survival data, double[] risk, double horizon, int groups) {
        CensoringWeights.checkRisks(risk, data.size());
        if (data.size() == 0 || groups < 1) {
            throw new IllegalArgumentException(data.size() + " subjects, " + groups + " groups");
        }
        int[] order = Order.ascending(risk);
        List<Group> made = new ArrayList<>();
        int from = 0;
        for (int g = 1; g <= groups; g++) {
            int to = Math.toIntExact((long) data.size() * g / groups);
            while (to > from && to < order.length && risk[order[to]] == risk[order[to - 1]]) {
                to++;
            }
            if (to > from) {
                made.add(group(data, risk, horizon, Arrays.copyOfRange(order, from, to)));
                from = to;
            }
        }
        double expected = Arrays.stream(risk).average().orElseThrow();
        double observed = 1 - KaplanMeier.of(data).at(horizon);
        LogisticCalibration line = LogisticCalibration.of(risk, CensoringWeights.eventBy(data, horizon),
                CensoringWeights.at(data, horizon));
        return new RiskCalibration(horizon, made, expected / observed, line);
    }

    private static Group group(Survival data, double[] risk, double horizon, int[] rows) {
        Survival part = data.take(rows).censoredAt(horizon);
        Interval survival = KaplanMeier.of(part).interval(horizon, LEVEL);
        double forecast = Arrays.stream(rows).mapToDouble(i -> risk[i]).average().orElseThrow();
        Interval observed = new Interval(1 - survival.estimate(), 1 - survival.upper(), 1 - survival.lower(), LEVEL);
        return new Group(rows.length, part.eventCount(), forecast, observed);
    }
}
