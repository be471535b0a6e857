package org.lanewise.tabular.survival;

import java.util.Arrays;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.stats.Normal;

/**
 * The product-limit estimate of the survival function, S(t) = prod over event times u &lt;= t of (1 - d(u)/n(u)), where n counts
 * who is at risk just before u and d the events at u; one who is censored at u is still at risk at u. Its variance is
 * Greenwood's. (Kaplan and Meier 1958.)
 *
 * <pre>{@code
 * KaplanMeier curve = KaplanMeier.of(Survival.of(years, died));
 * double tenYearRisk = 1 - curve.at(10);
 * }</pre>
 */
public final class KaplanMeier {
    private final StepFunction survival;
    private final StepFunction greenwood;

    private KaplanMeier(StepFunction survival, StepFunction greenwood) {
        this.survival = survival;
        this.greenwood = greenwood;
    }

    public static KaplanMeier of(Survival data) {
        return of(data, null);
    }

    /** With case weights, one per row; {@code null} means all ones. */
    public static KaplanMeier of(Survival data, double[] weights) {
        RiskTable table = RiskTable.of(data, weights);
        return product(table.times(), table.events(), table.atRisk());
    }

    /**
     * The survival function of the censoring time, G(t): censoring is the event and the event censors. Where both happen at one
     * time the events come first, so they are not at risk of being censored.
     */
    public static KaplanMeier ofCensoring(Survival data) {
        RiskTable table = RiskTable.of(data, null);
        double[] atRisk = table.atRisk().clone();
        for (int i = 0; i < atRisk.length; i++) {
            atRisk[i] -= table.events()[i];
        }
        return product(table.times(), table.censored(), atRisk);
    }

    private static KaplanMeier product(double[] times, double[] leaving, double[] atRisk) {
        double[] at = new double[times.length];
        double[] values = new double[times.length];
        double[] variances = new double[times.length];
        double value = 1;
        double variance = 0;
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            if (leaving[i] > 0) {
                value *= 1 - leaving[i] / atRisk[i];
                variance += leaving[i] / (atRisk[i] * (atRisk[i] - leaving[i]));
                at[count] = times[i];
                values[count] = value;
                variances[count++] = variance;
            }
        }
        at = Arrays.copyOf(at, count);
        return new KaplanMeier(StepFunction.of(1, at, Arrays.copyOf(values, count)),
                StepFunction.of(0, at, Arrays.copyOf(variances, count)));
    }

    /** S(t). */
    public double at(double t) {
        return survival.at(t);
    }

    /** S(t-), just before {@code t}. */
    public double before(double t) {
        return survival.before(t);
    }

    /** Greenwood's standard error of S(t). */
    public double standardError(double t) {
        double s = at(t);
        return s == 0 ? 0 : s * Math.sqrt(greenwood.at(t));
    }

    /**
     * A confidence interval of S(t), symmetric on the scale of log S (R's default), cut at 1.
     *
     * @param level
     *            e.g. 0.95
     */
    public Interval interval(double t, double level) {
        double s = at(t);
        if (s == 0) {
            return new Interval(0, Double.NaN, Double.NaN, level);
        }
        double spread = Normal.quantile(0.5 + level / 2) * Math.sqrt(greenwood.at(t));
        return new Interval(s, s * Math.exp(-spread), Math.min(1, s * Math.exp(spread)), level);
    }

    /** The first time at which S is at most one half; NaN if it stays above. */
    public double median() {
        double[] values = survival.values();
        for (int i = 0; i < values.length; i++) {
            if (values[i] <= 0.5) {
                return survival.times()[i];
            }
        }
        return Double.NaN;
    }

    /** The area under S from 0 to {@code horizon}: the mean time lived until then. */
    public double restrictedMean(double horizon) {
        return survival.integral(0, horizon);
    }

    /** S as a function. */
    public StepFunction curve() {
        return survival;
    }
}
