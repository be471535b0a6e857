package org.lanewise.mheight.training;

/**
 * How a network is trained on endless codes: each step takes new ones, k = 4, 5, 6 in turn, and labels them exactly.
 *
 * @param steps      in all; the rate falls as half a cosine over them
 * @param codes      of a step
 * @param rate       of AdamW at its highest
 * @param decay      of AdamW
 * @param warmUp     steps over which the rate rises
 * @param clip       largest norm of a gradient
 * @param average    decay of the exponential average of the weights that is validated and kept; 0 for none
 * @param validateEvery steps between validations
 * @param validationCodes for each k, never trained on
 */
public record StreamPlan(int steps, int codes, double rate, double decay, int warmUp, double clip, double average,
        int validateEvery, int validationCodes) {

    /** Checks the ranges. */
    public StreamPlan {
        require(steps >= 1 && codes >= 1, "steps and codes must be 1 or more");
        require(rate > 0 && decay >= 0 && clip > 0, "rate and clip must be positive, decay not negative");
        require(warmUp >= 0 && warmUp < steps, "warmUp must be 0 or more and below steps");
        require(average >= 0 && average < 1, "average must be 0 or more and below 1");
        require(validateEvery >= 1 && validationCodes >= 1, "validateEvery and validationCodes must be 1 or more");
    }

    private static void require(boolean holds, String message) {
        if (!holds) throw new IllegalArgumentException(message);
    }

    /** For t1. */
    public static StreamPlan defaults() {
        return new StreamPlan(40_000, 256, 5e-3, 0, 300, 1, .999, 600, 2048);
    }

    /** For t2, which has few parameters: logarithms of temperatures, which have far to go. */
    public static StreamPlan ofMinors() {
        return new StreamPlan(2_000, 128, .3, 0, 20, 10, 0, 100, 1024);
    }

    /** The same with another length. */
    public StreamPlan shorter(int changedSteps, int changedCodes) {
        return new StreamPlan(changedSteps, changedCodes, rate, decay, Math.min(warmUp, changedSteps / 10), clip,
                average, Math.max(1, Math.min(validateEvery, changedSteps)), Math.min(validationCodes, 512));
    }
}
