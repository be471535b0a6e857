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
}
