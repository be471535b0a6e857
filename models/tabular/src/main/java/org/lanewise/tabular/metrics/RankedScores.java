package org.lanewise.tabular.metrics;

import java.util.Arrays;

/**
 * Scores of two classes, sorted once, so that areas under curves can be computed again and again under different weights in one
 * pass each. Immutable and thread-safe.
 *
 * <pre>{@code
 * RankedScores ranked = RankedScores.of(probability, sick);
 * Interval auc = Bootstrap.rows(n).interval(ranked::rocAuc);
 * }</pre>
 */
public final class RankedScores {
    private final int[] row;
    private final boolean[] positive;
    /** Whether a position ends a run of equal scores. */
    private final boolean[] last;

    private RankedScores(int[] row, boolean[] positive, boolean[] last) {
        this.row = row;
        this.positive = positive;
        this.last = last;
    }

    /**
     * @param score
     *            higher means more likely positive; only the order matters
     */
    public static RankedScores of(double[] score, boolean[] positive) {
        if (score.length != positive.length) {
            throw new IllegalArgumentException(score.length + " scores for " + positive.length + " rows");
        }
        Integer[] order = new Integer[score.length];
        for (int i = 0; i < score.length; i++) {
            order[i] = i;
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException("the score of row " + (i + 1) + " is NaN");
            }
        }
        Arrays.sort(order, (a, b) -> score[a] > score[b] ? -1 : score[a] < score[b] ? 1 : 0);
        int[] row = Arrays.stream(order).mapToInt(i -> i).toArray();
        boolean[] sorted = new boolean[row.length];
        boolean[] last = new boolean[row.length];
        for (int i = 0; i < row.length; i++) {
            sorted[i] = positive[row[i]];
            last[i] = i + 1 == row.length || score[row[i]] != score[row[i + 1]];
        }
        return new RankedScores(row, sorted, last);
    }

    /** The chance that a positive scores above a negative, ties counting one half; NaN without both classes. */
    public double rocAuc() {
        return rocAuc(ones());
    }

    /** As if row i were there {@code counts[i]} times. */
    public double rocAuc(int[] counts) {
        return rocAuc(Arrays.stream(counts).asDoubleStream().toArray());
    }

    /** With a weight, not negative, for each row. */
    public double rocAuc(double[] weights) {
        double above = 0; // Positives with a higher score than the run.
        double positives = 0;
        double negatives = 0;
        double area = 0;
        double runPositive = 0;
        double runNegative = 0;
        for (int i = 0; i < row.length; i++) {
            double w = weights[row[i]];
            runPositive += positive[i] ? w : 0;
            runNegative += positive[i] ? 0 : w;
            if (last[i]) {
                area += runNegative * (above + runPositive / 2);
                above += runPositive;
                positives += runPositive;
                negatives += runNegative;
                runPositive = 0;
                runNegative = 0;
            }
        }
        return area / (positives * negatives);
    }

    /**
     * Average precision: the sum over falling thresholds of precision times the gain in recall, without interpolation, as
     * scikit-learn's {@code average_precision_score}; NaN without positives.
     */
    public double prAuc() {
        return prAuc(ones());
    }

    /** As if row i were there {@code counts[i]} times. */
    public double prAuc(int[] counts) {
        return prAuc(Arrays.stream(counts).asDoubleStream().toArray());
    }

    /** With a weight, not negative, for each row. */
    public double prAuc(double[] weights) {
        double taken = 0;
        double hits = 0;
        double runHits = 0;
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            double w = weights[row[i]];
            taken += w;
            runHits += positive[i] ? w : 0;
            if (last[i]) {
                hits += runHits;
                sum += runHits == 0 ? 0 : runHits * hits / taken;
                runHits = 0;
            }
        }
        return sum / hits;
    }

    private double[] ones() {
        double[] ones = new double[row.length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
