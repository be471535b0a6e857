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
        double sum = 0;
        for (int i = 0; i < outcome.length; i++) {
            double p = Math.clamp(Checks.probability(probability[i], i), 1e-15, 1 - 1e-15);
            sum -= outcome[i] ? Math.log(p) : Math.log1p(-p);
        }
        return sum / outcome.length;
    }

    public static double brier(double[] probability, boolean[] outcome) {
        double sum = 0;
        for (int i = 0; i < outcome.length; i++) {
            double error = Checks.probability(probability[i], i) - (outcome[i] ? 1 : 0);
            sum += error * error;
        }
        return sum / outcome.length;
    }

    /** With any number of equally wide bins; a probability on an edge belongs to the upper bin, 1 to the last. */
    public static double expectedCalibrationError(double[] probability, boolean[] outcome, int bins) {
        double[] gap = new double[bins];
        for (int i = 0; i < outcome.length; i++) {
            int bin = Math.min(bins - 1, (int) (Checks.probability(probability[i], i) * bins));
            gap[bin] += probability[i] - (outcome[i] ? 1 : 0);
        }
        double sum = 0;
        for (double g : gap) {
            sum += Math.abs(g);
        }
        return sum / outcome.length;
    }
}
