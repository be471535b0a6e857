package org.lanewise.boosting.objective;

import org.lanewise.engine.DoubleMath;

/**
 * How raw scores become predictions.
 *
 * @param form  the function
 * @param slope factor on the score inside LOGISTIC, else 1
 */
public record Link(Form form, double slope) {
    public static final Link IDENTITY = new Link(Form.IDENTITY, 1);
    public static final Link LOGISTIC = new Link(Form.LOGISTIC, 1);
    public static final Link EXP = new Link(Form.EXP, 1);
    public static final Link SOFTMAX = new Link(Form.SOFTMAX, 1);

    /** The functions. */
    public enum Form {
        /** The score. */
        IDENTITY,
        /** 1 / (1 + exp(-slope f)), each score by itself. */
        LOGISTIC,
        /** exp(f). */
        EXP,
        /** exp(f_k) / sum exp(f). */
        SOFTMAX
    }

    /** Replaces the {@code k} scores from {@code at} by predictions; {@code scores} is modified. */
    public void apply(double[] scores, int at, int k) {
        switch (form) {
            case IDENTITY -> {
            }
            case LOGISTIC -> {
                for (int i = at; i < at + k; i++) scores[i] = DoubleMath.sigmoid(slope * scores[i]);
            }
            case EXP -> {
                for (int i = at; i < at + k; i++) scores[i] = DoubleMath.expClamped(scores[i]);
            }
            case SOFTMAX -> softmax(scores, at, k);
        }
    }

    private static void softmax(double[] scores, int at, int k) {
        double max = scores[at];
        for (int i = at + 1; i < at + k; i++) max = Math.max(max, scores[i]);
        double sum = 0;
        for (int i = at; i < at + k; i++) {
            scores[i] = DoubleMath.expClamped(scores[i] - max);
            sum += scores[i];
        }
        for (int i = at; i < at + k; i++) scores[i] /= sum;
    }
}
