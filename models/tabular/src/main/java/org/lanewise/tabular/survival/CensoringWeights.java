package org.lanewise.tabular.survival;

/**
 * Inverse-probability-of-censoring weights: each subject whose state at time t is known stands also for those who were lost
 * before. Weight 1/G(T-) if the event came at T &lt;= t, 1/G(t) if still under observation after t, 0 if censored at or before
 * t. G is the Kaplan-Meier estimate of the censoring time. (Graf et al. 1999.)
 */
public final class CensoringWeights {
    private CensoringWeights() {
    }

    /** Estimates G from the data themselves. */
    public static double[] at(Survival data, double t) {
        return at(data, t, KaplanMeier.ofCensoring(data));
    }

    /**
     * @throws IllegalArgumentException
     *             if a weight would be infinite, since nobody could still be under observation by then
     */
    public static double[] at(Survival data, double t, KaplanMeier censoring) {
        double[] weights = new double[data.size()];
        double later = censoring.at(t);
        for (int i = 0; i < weights.length; i++) {
            double g = data.time(i) > t
                    ? later
                    : data.event(i) ? censoring.before(data.time(i)) : Double.POSITIVE_INFINITY;
            if (g == 0) {
                throw new IllegalArgumentException(
                        "nobody is still under observation at time " + Math.min(t, data.time(i)));
            }
            weights[i] = 1 / g;
        }
        return weights;
    }

    /** Whether the event came at or before t. */
    static boolean[] eventBy(Survival data, double t) {
        boolean[] by = new boolean[data.size()];
        for (int i = 0; i < by.length; i++) {
            by[i] = data.event(i) && data.time(i) <= t;
        }
        return by;
    }

    static void checkRisks(double[] risk, int rows) {
        if (risk.length != rows) {
            throw new IllegalArgumentException(risk.length + " risks for " + rows + " rows");
        }
        for (int i = 0; i < rows; i++) {
            if (!(risk[i] >= 0 && risk[i] <= 1)) {
                throw new IllegalArgumentException(
                        "row " + (i + 1) + ": " + risk[i] + " is not a risk between 0 and 1");
            }
        }
    }
}
