package org.lanewise.tabular.metrics;

/**
 * How good prediction intervals are.
 *
 * @param coverage
 *            share of the actual values inside their interval, bounds included
 * @param meanWidth
 *            mean of upper - lower
 * @param meanScore
 *            mean interval score (Winkler 1972): width + 2/(1 - level) times the distance of an actual value outside; a proper
 *            score, smaller is better
 */
public record IntervalMetrics(double coverage, double meanWidth, double meanScore) {

    /**
     * @param level
     *            the coverage the intervals were made for, e.g. 0.9
     */
    public static IntervalMetrics of(double[] lower, double[] upper, double[] actual, double level) {
        Checks.sameLength(lower, actual);
        Checks.sameLength(upper, actual);
        double covered = 0;
        double width = 0;
        double score = 0;
        for (int i = 0; i < actual.length; i++) {
            if (!(lower[i] <= upper[i]) || Double.isNaN(actual[i])) {
                throw new IllegalArgumentException(
                        "row " + (i + 1) + ": interval " + lower[i] + ".." + upper[i] + ", actual " + actual[i]);
            }
            double outside = Math.max(0, Math.max(lower[i] - actual[i], actual[i] - upper[i]));
            covered += outside == 0 ? 1 : 0;
            width += upper[i] - lower[i];
            score += upper[i] - lower[i] + 2 / (1 - level) * outside;
        }
        return new IntervalMetrics(covered / actual.length, width / actual.length, score / actual.length);
    }

    /** Mean negative log likelihood of N(mean, sd^2): log sd + log(2 pi)/2 + (actual - mean)^2 / (2 sd^2). */
    public static double gaussianNll(double[] mean, double[] sd, double[] actual) {
        Checks.sameLength(mean, actual);
        Checks.sameLength(sd, actual);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            if (!(sd[i] > 0)) {
                throw new IllegalArgumentException("row " + (i + 1) + ": standard deviation " + sd[i]);
            }
            double z = (actual[i] - mean[i]) / sd[i];
            sum += Math.log(sd[i]) + 0.5 * Math.log(2 * Math.PI) + z * z / 2;
        }
        return sum / actual.length;
    }
}
