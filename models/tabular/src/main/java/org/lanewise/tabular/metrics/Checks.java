package org.lanewise.tabular.metrics;

/** Shared argument checks. */
final class Checks {
    private Checks() {
    }

    static void sameLength(double[] predicted, double[] actual) {
        if (predicted.length != actual.length) {
            throw new IllegalArgumentException(predicted.length + " predictions for " + actual.length + " rows");
        }
    }

    static void sameLength(double[] predicted, double[] actual, int[] counts) {
        sameLength(predicted, actual);
        if (counts.length != actual.length) {
            throw new IllegalArgumentException(counts.length + " counts for " + actual.length + " rows");
        }
    }

    /** {@code null} stands for all ones. */
    static void weights(double[] weights, int rows) {
        if (weights == null) {
            return;
        }
        if (weights.length != rows) {
            throw new IllegalArgumentException(weights.length + " weights for " + rows + " rows");
        }
        for (int i = 0; i < rows; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException("row " + (i + 1) + ": weight " + weights[i]);
            }
        }
    }

    static double probability(double p, int row) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("row " + (row + 1) + ": " + p + " is not a probability");
        }
        return p;
    }
}
