package org.lanewise.tabular.survival;

import java.util.Arrays;

/** The cumulative hazard, H(t) = sum over event times u &lt;= t of d(u)/n(u), with variance sum of d/n^2. */
public final class NelsonAalen {
    private final StepFunction hazard;
    private final StepFunction variance;

    private NelsonAalen(StepFunction hazard, StepFunction variance) {
        this.hazard = hazard;
        this.variance = variance;
    }

    public static NelsonAalen of(Survival data) {
        return of(data, null);
    }

    /** With case weights, one per row; {@code null} means all ones. */
    public static NelsonAalen of(Survival data, double[] weights) {
        RiskTable table = RiskTable.of(data, weights);
        double[] times = new double[table.times().length];
        double[] hazards = new double[times.length];
        double[] variances = new double[times.length];
        double hazard = 0;
        double variance = 0;
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            double events = table.events()[i];
            if (events > 0) {
                double atRisk = table.atRisk()[i];
                hazard += events / atRisk;
                variance += events / (atRisk * atRisk);
                times[count] = table.times()[i];
                hazards[count] = hazard;
                variances[count++] = variance;
            }
        }
        times = Arrays.copyOf(times, count);
        return new NelsonAalen(StepFunction.of(0, times, Arrays.copyOf(hazards, count)),
                StepFunction.of(0, times, Arrays.copyOf(variances, count)));
    }

    /** H(t). */
    public double at(double t) {
        return hazard.at(t);
    }

    public double standardError(double t) {
        return Math.sqrt(variance.at(t));
    }

    /** H as a function. */
    public StepFunction curve() {
        return hazard;
    }
}
