package org.lanewise.tabular.metrics;

/**
 * How good forecast probabilities of a yes-or-no outcome are.
 *
 * @param rows
 *            rows
 * @param positives
 *            rows with the outcome
 * @param rocAuc
 *            see {@link RankedScores#rocAuc()}
 * @param prAuc
 *            average precision, see {@link RankedScores#prAuc()}; a useless forecast has positives / rows
 * @param logLoss
 *            mean of -log of the probability given to what happened, probabilities held within 1e-15 of 0 and 1
 * @param brier
 *            mean squared difference of probability and outcome
 * @param expectedCalibrationError
 *            ten equally wide bins of the probability: the mean, weighted by bin size, of |mean probability - share positive|
 * @param calibration
 *            slope and intercept
 */
public record BinaryMetrics(int rows, int positives, double rocAuc, double prAuc, double logLoss, double brier,
        double expectedCalibrationError, LogisticCalibration calibration) {
    private static final int BINS = 10;

    /**
     * @throws IllegalArgumentException
     *             if lengths differ, there are no rows, or a probability lies outside 0..1
     */
    public static BinaryMetrics of(double[] probability, boolean[] outcome) {
        if (outcome.length == 0) {
            throw new IllegalArgumentException("no rows");
        }
        RankedScores ranked = RankedScores.of(probability, outcome);
        int positives = 0;
        for (boolean o : outcome) {
            positives += o ? 1 : 0;
        }
        return new BinaryMetrics(outcome.length, positives, ranked.rocAuc(), ranked.prAuc(),
                logLoss(probability, outcome),
                brier(probability, outcome), expectedCalibrationError(probability, outcome, BINS),
                LogisticCalibration.of(probability, outcome, null));
    }

    public static double logLoss(double[] probability, boolean[] outcome) {
        return logLoss(probability, outcome, null);
    }

    /**
     * @param weights
     *            not negative, {@code null} for all ones
     */
    public static double logLoss(double[] probability, boolean[] outcome, double[] weights) {
        double[] target = targets(probability, outcome);
        return RegressionLosses.mean(probability, target, weights, (given, y) -> {
            double p = Math.clamp(given, 1e-15, 1 - 1e-15);
            return y == 1 ? -Math.log(p) : -Math.log1p(-p);
        });
    }

    public static double brier(double[] probability, boolean[] outcome) {
        return brier(probability, outcome, null);
    }

    /**
     * @param weights
     *            not negative, {@code null} for all ones
     */
    public static double brier(double[] probability, boolean[] outcome, double[] weights) {
        return RegressionLosses.meanSquaredError(probability, targets(probability, outcome), weights);
    }

    /** With any number of equally wide bins; see {@link Reliability#uniform}. */
    public static double expectedCalibrationError(double[] probability, boolean[] outcome, int bins) {
        return Reliability.uniform(probability, outcome, bins, null).expectedCalibrationError();
    }

    /** 1 and 0 for the outcomes, after a check of the probabilities. */
    private static double[] targets(double[] probability, boolean[] outcome) {
        if (probability.length != outcome.length) {
            throw new IllegalArgumentException(probability.length + " probabilities for " + outcome.length + " rows");
        }
        double[] target = new double[outcome.length];
        for (int i = 0; i < target.length; i++) {
            Checks.probability(probability[i], i);
            target[i] = outcome[i] ? 1 : 0;
        }
        return target;
    }
}
