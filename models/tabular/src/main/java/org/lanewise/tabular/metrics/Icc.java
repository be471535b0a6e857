package org.lanewise.tabular.metrics;

import org.lanewise.tabular.stats.Distributions;

/**
 * Intraclass correlation: how much of the variance of repeated measurements lies between subjects.
 *
 * @param value
 *            the coefficient of a single measurement, with its interval
 * @param subjects
 *            n
 * @param measurements
 *            k per subject
 * @param meanSquareSubjects
 *            MSR, between the rows
 * @param meanSquareMeasurements
 *            MSC, between the columns
 * @param meanSquareError
 *            MSE, the residual
 */
public record Icc(Interval value, int subjects, int measurements, double meanSquareSubjects,
        double meanSquareMeasurements,
        double meanSquareError) {

    /**
     * ICC(2,1) of Shrout and Fleiss (1979), ICC(A,1) of McGraw and Wong (1996): two-way random effects, absolute agreement, one
     * measurement:
     *
     * <pre>(MSR - MSE) / (MSR + (k - 1) MSE + k (MSC - MSE) / n)</pre>
     *
     * with their interval from the F distribution with Satterthwaite's degrees of freedom.
     *
     * @param ratings
     *            {@code [subject][measurement]}, complete, at least two of each
     * @param level
     *            of the interval, e.g. 0.95
     *
     * @throws IllegalArgumentException
     *             if ratings are ragged, missing or too few
     */
    public static Icc twoWayRandomAbsolute(double[][] ratings, double level) {
        int n = ratings.length;
        int k = n == 0 ? 0 : ratings[0].length;
        if (n < 2 || k < 2) {
            throw new IllegalArgumentException("need two subjects and two measurements, got " + n + " x " + k);
        }
        double[] columnSum = new double[k];
        double[] rowSum = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            if (ratings[i].length != k) {
                throw new IllegalArgumentException(
                        "subject " + (i + 1) + " has " + ratings[i].length + " measurements, not " + k);
            }
            for (int j = 0; j < k; j++) {
                if (!Double.isFinite(ratings[i][j])) {
                    throw new IllegalArgumentException(
                            "subject " + (i + 1) + ", measurement " + (j + 1) + ": " + ratings[i][j]);
                }
                rowSum[i] += ratings[i][j];
                columnSum[j] += ratings[i][j];
            }
            total += rowSum[i];
        }
        double mean = total / ((double) n * k);
        double rows = 0;
        double columns = 0;
        double residual = 0;
        for (int i = 0; i < n; i++) {
            double r = rowSum[i] / k - mean;
            rows += k * r * r;
            for (int j = 0; j < k; j++) {
                double e = ratings[i][j] - rowSum[i] / k - columnSum[j] / n + mean;
                residual += e * e;
            }
        }
        for (int j = 0; j < k; j++) {
            double c = columnSum[j] / n - mean;
            columns += n * c * c;
        }
        double msr = rows / (n - 1);
        double msc = columns / (k - 1);
        double mse = residual / ((n - 1.0) * (k - 1));
        return new Icc(interval(n, k, msr, msc, mse, level), n, k, msr, msc, mse);
    }

    private static Interval interval(int n, int k, double msr, double msc, double mse, double level) {
        double icc = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n);
        double a = k * icc / (n * (1 - icc));
        double b = 1 + k * icc * (n - 1) / (n * (1 - icc));
        double columns = a * msc;
        double error = b * mse;
        double df = (columns + error) * (columns + error)
                / (columns * columns / (k - 1) + error * error / ((n - 1.0) * (k - 1)));
        if (!(df > 0)) { // Perfect or no agreement: the interval has no width, or is not defined.
            return new Interval(icc, icc == 1 ? 1 : Double.NaN, icc == 1 ? 1 : Double.NaN, level);
        }
        double p = 0.5 + level / 2;
        double fLower = Distributions.fQuantile(p, n - 1, df);
        double fUpper = Distributions.fQuantile(p, df, n - 1);
        double spread = k * msc + ((double) k * n - k - n) * mse;
        double lower = n * (msr - fLower * mse) / (fLower * spread + n * msr);
        double upper = n * (fUpper * msr - mse) / (spread + n * fUpper * msr);
        return new Interval(icc, lower, upper, level);
    }

    /** The standard error of measurement that the residual and the measurements' own variance amount to: sqrt(MSE + (MSC - MSE)/n), never below sqrt(MSE). */
    public double standardErrorOfMeasurement() {
        return Math.sqrt(meanSquareError + Math.max(0, (meanSquareMeasurements - meanSquareError) / subjects));
    }
}
