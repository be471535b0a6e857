package org.lanewise.tabular.metrics;

/**
 * The four counts of a yes-or-no decision, possibly weighted, and what is made of them. A ratio with nothing below its line is
 * 0, as in scikit-learn, where it is the score of a class; NaN where no class is there at all.
 *
 * @param truePositives
 *            said yes, was yes
 * @param falsePositives
 *            said yes, was no
 * @param falseNegatives
 *            said no, was yes
 * @param trueNegatives
 *            said no, was no
 */
public record Confusion(double truePositives, double falsePositives, double falseNegatives, double trueNegatives) {
    /**
     * Says yes where the score is at or above the threshold.
     *
     * @param weights
     *            not negative, {@code null} for all ones
     */
    public static Confusion at(double threshold, double[] score, boolean[] outcome, double[] weights) {
        if (score.length != outcome.length) {
            throw new IllegalArgumentException(score.length + " scores for " + outcome.length + " rows");
        }
        Checks.weights(weights, outcome.length);
        double[] counts = new double[4];
        for (int i = 0; i < outcome.length; i++) {
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException("the score of row " + (i + 1) + " is NaN");
            }
            counts[(score[i] >= threshold ? 0 : 2) + (outcome[i] == score[i] >= threshold ? 0 : 1)] += weights == null
                    ? 1
                    : weights[i];
        }
        return new Confusion(counts[0], counts[1], counts[3], counts[2]);
    }

    public double total() {
        return truePositives + falsePositives + falseNegatives + trueNegatives;
    }

    public double accuracy() {
        return (truePositives + trueNegatives) / total();
    }

    /** Of those said yes, the share that were. */
    public double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /** Of those that were yes, the share said; also sensitivity. */
    public double recall() {
        return ratio(truePositives, truePositives + falseNegatives);
    }

    /** Of those that were no, the share said no. */
    public double specificity() {
        return ratio(trueNegatives, trueNegatives + falsePositives);
    }

    /** The mean of recall and specificity; a class that is not there is left out. */
    public double balancedAccuracy() {
        if (truePositives + falseNegatives == 0) {
            return specificity();
        }
        return trueNegatives + falsePositives == 0 ? recall() : (recall() + specificity()) / 2;
    }

    /** 2 TP / (2 TP + FP + FN). */
    public double f1() {
        return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    /** Matthews' correlation of decision and outcome; 0 where either is constant. */
    public double mcc() {
        double product = (truePositives + falsePositives) * (truePositives + falseNegatives)
                * (trueNegatives + falsePositives) * (trueNegatives + falseNegatives);
        return ratio(truePositives * trueNegatives - falsePositives * falseNegatives, Math.sqrt(product));
    }

    private static double ratio(double above, double below) {
        return below == 0 ? 0 : above / below;
    }
}
