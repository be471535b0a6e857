package org.lanewise.tabular.survival;

import java.util.Arrays;

/**
 * For each distinct time, in rising order: the weight at risk just before it, and the weight of events and of censorings at it.
 *
 * @param times
 *            distinct times
 * @param atRisk
 *            sum of weights of those with a time of at least this
 * @param events
 *            sum of weights of the events at this time
 * @param censored
 *            sum of weights of those censored at this time
 */
record RiskTable(double[] times, double[] atRisk, double[] events, double[] censored) {

    /** {@code weights} may be null for all ones. */
    static RiskTable of(Survival data, double[] weights) {
        int n = data.size();
        if (weights != null) {
            checkWeights(weights, n);
        }
        int[] order = data.order();
        double[] times = new double[n];
        double[] events = new double[n];
        double[] censored = new double[n];
        int count = 0;
        for (int row : order) {
            double t = data.time(row);
            if (count == 0 || t > times[count - 1]) {
                times[count++] = t;
            }
            (data.event(row) ? events : censored)[count - 1] += weights == null ? 1 : weights[row];
        }
        double[] atRisk = new double[count];
        double sum = 0;
        for (int i = count - 1; i >= 0; i--) {
            sum += events[i] + censored[i];
            atRisk[i] = sum;
        }
        return new RiskTable(Arrays.copyOf(times, count), atRisk, Arrays.copyOf(events, count),
                Arrays.copyOf(censored, count));
    }

    static void checkWeights(double[] weights, int rows) {
        if (weights.length != rows) {
            throw new IllegalArgumentException(weights.length + " weights for " + rows + " rows");
        }
        for (double w : weights) {
            if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a weight must be finite and not negative: " + w);
            }
        }
    }
}
