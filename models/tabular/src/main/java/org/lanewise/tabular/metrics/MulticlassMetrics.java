package org.lanewise.tabular.metrics;

/**
 * How good forecast probabilities of one of k classes are. The predicted class is the likeliest, the first among equals.
 *
 * @param accuracy
 *            share of rows whose likeliest class is the actual one
 * @param balancedAccuracy
 *            mean recall over classes
 * @param macroF1
 *            mean F1 over classes
 * @param weightedF1
 *            mean F1 weighted by class size
 * @param mcc
 *            Matthews' correlation
 * @param logLoss
 *            mean of -log of the share that the actual class has of the row's sum, each probability held above 1e-15
 * @param macroRocAuc
 *            mean over classes of the ROC area of one class against the rest; NaN unless every class occurs
 * @param weightedRocAuc
 *            the same, weighted by class size
 * @param confusion
 *            the counts behind the decisions
 */
public record MulticlassMetrics(double accuracy, double balancedAccuracy, double macroF1, double weightedF1, double mcc,
        double logLoss, double macroRocAuc, double weightedRocAuc, ConfusionMatrix confusion) {
    private static final double SUM_TOLERANCE = 1e-4;

    /**
     * @param probability
     *            rows x classes, row after row; each row sums to 1 within 1e-4
     * @param actual
     *            0 .. classes - 1
     * @param weights
     *            not negative, {@code null} for all ones
     *
     * @throws IllegalArgumentException
     *             naming the row, if a probability, a sum or a class is out of range
     */
    public static MulticlassMetrics of(double[] probability, int classes, int[] actual, double[] weights) {
        check(probability, classes, actual);
        Checks.weights(weights, actual.length);
        int n = actual.length;
        ConfusionMatrix confusion = ConfusionMatrix.of(likeliest(probability, classes), actual, classes, weights);
        double macro = 0;
        double weighted = 0;
        double[] score = new double[n];
        boolean[] own = new boolean[n];
        for (int c = 0; c < classes; c++) {
            double size = 0;
            for (int i = 0; i < n; i++) {
                score[i] = probability[i * classes + c];
                own[i] = actual[i] == c;
                size += own[i] ? weights == null ? 1 : weights[i] : 0;
            }
            RankedScores ranked = RankedScores.of(score, own);
            double auc = weights == null ? ranked.rocAuc() : ranked.rocAuc(weights);
            macro += auc / classes;
            weighted += auc * size / confusion.total();
        }
        return new MulticlassMetrics(confusion.accuracy(), confusion.balancedAccuracy(), confusion.macroF1(),
                confusion.weightedF1(), confusion.mcc(), logLoss(probability, classes, actual, weights), macro,
                weighted, confusion);
    }

    /** The likeliest class of each row, the first among equals. */
    public static int[] likeliest(double[] probability, int classes) {
        int[] best = new int[probability.length / classes];
        for (int i = 0; i < best.length; i++) {
            for (int c = 1; c < classes; c++) {
                if (probability[i * classes + c] > probability[i * classes + best[i]]) {
                    best[i] = c;
                }
            }
        }
        return best;
    }

    public static double logLoss(double[] probability, int classes, int[] actual, double[] weights) {
        check(probability, classes, actual);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < actual.length; i++) {
            double w = weights == null ? 1 : weights[i];
            double row = 0;
            for (int c = 0; c < classes; c++) {
                row += held(probability[i * classes + c]);
            }
            sum -= w * Math.log(held(probability[i * classes + actual[i]]) / row);
            total += w;
        }
        return sum / total;
    }

    private static double held(double p) {
        return Math.clamp(p, 1e-15, 1 - 1e-15);
    }

    private static void check(double[] probability, int classes, int[] actual) {
        if (classes < 2 || actual.length == 0 || probability.length != (long) actual.length * classes) {
            throw new IllegalArgumentException(
                    probability.length + " probabilities for " + actual.length + " rows of " + classes + " classes");
        }
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] < 0 || actual[i] >= classes) {
                throw new IllegalArgumentException("row " + (i + 1) + ": class " + actual[i] + " of " + classes);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Checks.probability(probability[i * classes + c], i);
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                throw new IllegalArgumentException("row " + (i + 1) + ": probabilities sum to " + sum);
            }
        }
    }
}
