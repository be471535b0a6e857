package org.lanewise.tabular.metrics;

import java.util.Arrays;

/**
 * How close predictions are to numbers. The error of a row is predicted - actual.
 *
 * @param rows
 *            rows counted
 * @param mae
 *            mean absolute error
 * @param rmse
 *            root of the mean squared error
 * @param r
 *            Pearson's correlation; NaN if either side is constant
 * @param r2
 *            1 - sum of squared errors / sum of squares about the mean; NaN if the actual values are constant
 * @param meanError
 *            mean of predicted - actual, the bias
 * @param medianGuessMae
 *            the MAE of always saying the median of the actual values: what {@code mae} has to beat
 */
public record RegressionMetrics(int rows, double mae, double rmse, double r, double r2, double meanError,
        double medianGuessMae) {

    public static RegressionMetrics of(double[] predicted, double[] actual) {
        int[] once = new int[actual.length];
        Arrays.fill(once, 1);
        return of(predicted, actual, once);
    }

    /**
     * As if row i were there {@code counts[i]} times.
     *
     * @throws IllegalArgumentException
     *             if lengths differ, nothing is counted, or a counted value is NaN
     */
    public static RegressionMetrics of(double[] predicted, double[] actual, int[] counts) {
        Checks.sameLength(predicted, actual, counts);
        long n = 0;
        double absolute = 0;
        double squares = 0;
        double errors = 0;
        double sumP = 0;
        double sumA = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                continue;
            }
            double error = predicted[i] - actual[i];
            if (Double.isNaN(error)) {
                throw new IllegalArgumentException(
                        "row " + (i + 1) + ": predicted " + predicted[i] + ", actual " + actual[i]);
            }
            n += counts[i];
            absolute += counts[i] * Math.abs(error);
            squares += counts[i] * error * error;
            errors += counts[i] * error;
            sumP += counts[i] * predicted[i];
            sumA += counts[i] * actual[i];
        }
        if (n == 0) {
            throw new IllegalArgumentException("no rows");
        }
        double meanP = sumP / n;
        double meanA = sumA / n;
        double pp = 0;
        double aa = 0;
        double pa = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                double p = predicted[i] - meanP;
                double a = actual[i] - meanA;
                pp += counts[i] * p * p;
                aa += counts[i] * a * a;
                pa += counts[i] * p * a;
            }
        }
        double r = pp > 0 && aa > 0 ? pa / Math.sqrt(pp * aa) : Double.NaN;
        double r2 = aa > 0 ? 1 - squares / aa : Double.NaN;
        return new RegressionMetrics(Math.toIntExact(n), absolute / n, Math.sqrt(squares / n), r, r2, errors / n,
                medianGuess(actual, counts, n));
    }

    private static double medianGuess(double[] actual, int[] counts, long n) {
        double[] repeated = new double[Math.toIntExact(n)];
        int at = 0;
        for (int i = 0; i < counts.length; i++) {
            Arrays.fill(repeated, at, at += counts[i], actual[i]);
        }
        double median = Quantiles.median(repeated);
        double sum = 0;
        for (double value : repeated) {
            sum += Math.abs(value - median);
        }
        return sum / n;
    }
}
