package org.lanewise.bench;

import java.util.Arrays;
import org.lanewise.tabular.stats.Distributions;

/**
 * By how much two programs differ over the rounds of repeated cross-validation, with a 95 % interval that allows for the rounds
 * sharing most of their training rows:
 *
 * <pre>mean +- t sqrt((1/J + n2/n1) s^2)</pre>
 *
 * with J rounds of n1 rows for training and n2 for testing, s^2 the variance of the J differences and t Student's with J - 1
 * degrees of freedom (Nadeau and Bengio 2003, Machine Learning 52: the corrected resampled t-test). Without n2/n1 the
 * interval would shrink to nothing as rounds are repeated on the same rows.
 */
record PairedDifference(double mean, double lower, double upper) {
    private static final double OUTSIDE = 0.05;

    /**
     * @param differences of each round
     * @param testToTrain n2/n1: 1/4 for five folds
     */
    static PairedDifference of(double[] differences, double testToTrain) {
        int rounds = differences.length;
        if (rounds < 2) throw new IllegalArgumentException("at least 2 rounds are needed: " + rounds);
        double mean = Arrays.stream(differences).average().orElseThrow();
        double variance = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum() / (rounds - 1);
        double half = Distributions.studentTwoSidedQuantile(OUTSIDE, rounds - 1)
                * Math.sqrt((1.0 / rounds + testToTrain) * variance);
        return new PairedDifference(mean, mean - half, mean + half);
    }

    /** "same" if the interval holds 0, else how the first program, whose difference to the second this is, compares. */
    String verdict(boolean higherIsBetter) {
        if (lower <= 0 && upper >= 0) return "same";
        return lower > 0 == higherIsBetter ? "better" : "WORSE";
    }
}
