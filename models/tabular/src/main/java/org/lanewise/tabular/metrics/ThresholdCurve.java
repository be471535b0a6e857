package org.lanewise.tabular.metrics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The four counts of a decision at every threshold that makes a difference, from the highest, where all are said no, to the lowest,
 * where all are said yes: the points of ROC and precision-recall curves.
 *
 * <pre>{@code
 * ThresholdCurve curve = ThresholdCurve.of(probability, sick, null);
 * double threshold = curve.best(Confusion::f1); // on validation rows, never on test rows
 * }</pre>
 */
public final class ThresholdCurve {
    private final double[] thresholds;
    private final double[] positives;
    private final double[] negatives;

    private ThresholdCurve(double[] thresholds, double[] positives, double[] negatives) {
        this.thresholds = thresholds;
        this.positives = positives;
        this.negatives = negatives;
    }

    /**
     * @param score
     *            higher means more likely positive
     * @param weights
     *            not negative, {@code null} for all ones
     */
    public static ThresholdCurve of(double[] score, boolean[] outcome, double[] weights) {
        if (score.length != outcome.length) {
            throw new IllegalArgumentException(score.length + " scores for " + outcome.length + " rows");
        }
        Checks.weights(weights, score.length);
        Integer[] order = new Integer[score.length];
        for (int i = 0; i < score.length; i++) {
            order[i] = i;
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException("the score of row " + (i + 1) + " is NaN");
            }
        }
        Arrays.sort(order, (a, b) -> Double.compare(score[b], score[a]));
        double[] thresholds = new double[score.length + 1];
        double[] positives = new double[score.length + 1];
        double[] negatives = new double[score.length + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        int points = 1;
        double yes = 0;
        double no = 0;
        for (int i = 0; i < order.length; i++) {
            double w = weights == null ? 1 : weights[order[i]];
            yes += outcome[order[i]] ? w : 0;
            no += outcome[order[i]] ? 0 : w;
            if (i + 1 == order.length || score[order[i]] != score[order[i + 1]]) {
                thresholds[points] = score[order[i]];
                positives[points] = yes;
                negatives[points++] = no;
            }
        }
        return new ThresholdCurve(Arrays.copyOf(thresholds, points), Arrays.copyOf(positives, points),
                Arrays.copyOf(negatives, points));
    }

    /** How many points there are: one more than different scores. */
    public int size() {
        return thresholds.length;
    }

    /** Yes is said at or above it; infinite at the first point. */
    public double threshold(int point) {
        return thresholds[point];
    }

    public Confusion confusion(int point) {
        int last = thresholds.length - 1;
        return new Confusion(positives[point], negatives[point], positives[last] - positives[point],
                negatives[last] - negatives[point]);
    }

    /** Said yes of those that were no, at every point; NaN if none was. */
    public double[] falsePositiveRates() {
        return rates(negatives);
    }

    /** Said yes of those that were yes, at every point; NaN if none was. */
    public double[] truePositiveRates() {
        return rates(positives);
    }

    private static double[] rates(double[] counts) {
        return Arrays.stream(counts).map(c -> c / counts[counts.length - 1]).toArray();
    }

    /** The threshold at which the measure is largest, the highest among equals. */
    public double best(ToDoubleFunction<Confusion> measure) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int point = 0; point < thresholds.length; point++) {
            double value = measure.applyAsDouble(confusion(point));
            if (value > most) {
                most = value;
                best = point;
            }
        }
        return thresholds[best];
    }
}
