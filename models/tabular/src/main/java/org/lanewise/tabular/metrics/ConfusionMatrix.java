package org.lanewise.tabular.metrics;

import java.util.Arrays;

/**
 * Weighted counts of rows by actual class (first index) and predicted class (second). Classes are 0 .. k - 1. A ratio with
 * nothing below its line is 0, as in scikit-learn. Immutable.
 *
 * <pre>{@code
 * ConfusionMatrix m = ConfusionMatrix.of(predicted, actual, 3, null);
 * double f1 = m.macroF1();
 * }</pre>
 */
public final class ConfusionMatrix {
    private final double[][] counts;

    private ConfusionMatrix(double[][] counts) {
        this.counts = counts;
    }

    /**
     * @param weights
     *            not negative, {@code null} for all ones
     */
    public static ConfusionMatrix of(int[] predicted, int[] actual, int classes, double[] weights) {
        if (predicted.length != actual.length) {
            throw new IllegalArgumentException(predicted.length + " predictions for " + actual.length + " rows");
        }
        Checks.weights(weights, actual.length);
        double[][] counts = new double[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            if (predicted[i] < 0 || predicted[i] >= classes || actual[i] < 0 || actual[i] >= classes) {
                throw new IllegalArgumentException("row " + (i + 1) + ": predicted " + predicted[i] + ", actual "
                        + actual[i] + " of " + classes + " classes");
            }
            counts[actual[i]][predicted[i]] += weights == null ? 1 : weights[i];
        }
        return new ConfusionMatrix(counts);
    }

    public int classes() {
        return counts.length;
    }

    public double count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** A copy: {@code [actual][predicted]}. */
    public double[][] counts() {
        return Arrays.stream(counts).map(double[]::clone).toArray(double[][]::new);
    }

    /** One class against all others. */
    public Confusion oneVsRest(int c) {
        double hit = counts[c][c];
        double actual = actual(c);
        double predicted = predicted(c);
        return new Confusion(hit, predicted - hit, actual - hit, total() - actual - predicted + hit);
    }

    public double total() {
        return Arrays.stream(counts).flatMapToDouble(Arrays::stream).sum();
    }

    private double actual(int c) {
        return Arrays.stream(counts[c]).sum();
    }

    private double predicted(int c) {
        return Arrays.stream(counts).mapToDouble(row -> row[c]).sum();
    }

    private double hits() {
        double hits = 0;
        for (int c = 0; c < counts.length; c++) {
            hits += counts[c][c];
        }
        return hits / total();
    }

    public double accuracy() {
        return hits();
    }

    /** The mean recall over the classes that occur. */
    public double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < counts.length; c++) {
            double actual = actual(c);
            if (actual > 0) {
                sum += counts[c][c] / actual;
                present++;
            }
        }
        return sum / present;
    }

    /** The plain mean of F1 over the classes that occur or are predicted. */
    public double macroF1() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < counts.length; c++) {
            if (actual(c) + predicted(c) > 0) {
                sum += oneVsRest(c).f1();
                present++;
            }
        }
        return sum / present;
    }

    /** The mean of F1 weighted by how often a class occurs. */
    public double weightedF1() {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += actual(c) * oneVsRest(c).f1();
        }
        return sum / total();
    }

    /** Matthews' correlation for several classes (Gorodkin 2004); 0 where one side is constant. */
    public double mcc() {
        double total = total();
        double both = 0;
        double pp = 0;
        double aa = 0;
        for (int c = 0; c < counts.length; c++) {
            both += actual(c) * predicted(c);
            pp += predicted(c) * predicted(c);
            aa += actual(c) * actual(c);
        }
        double below = Math.sqrt((total * total - pp) * (total * total - aa));
        return below == 0 ? 0 : (hits() * total * total - both) / below;
    }

    /**
     * Cohen's kappa with a penalty of (i - j)^2, for ordered classes: 1 for equal, 0 for no better than the margins. NaN if only
     * one class is there.
     */
    public double quadraticKappa() {
        double seen = 0;
        double chance = 0;
        double total = total();
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                double penalty = (double) (i - j) * (i - j);
                seen += penalty * counts[i][j];
                chance += penalty * actual(i) * predicted(j) / total;
            }
        }
        return chance == 0 ? Double.NaN : 1 - seen / chance;
    }
}
