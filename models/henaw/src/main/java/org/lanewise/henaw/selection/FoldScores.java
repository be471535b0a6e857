package org.lanewise.henaw.selection;

import java.util.Arrays;

/**
 * Harrell's C of one method in every fold of every repeat.
 *
 * @param all    at all ages
 * @param middle at ages 40 to 70; NaN in a fold with too few deaths there
 */
public record FoldScores(double[] all, double[] middle) {
    /** Checks and copies. */
    public FoldScores {
        all = all.clone();
        middle = middle.clone();
        if (all.length == 0 || all.length != middle.length)
            throw new IllegalArgumentException("scores of " + all.length + " and " + middle.length + " folds");
    }

    @Override
    public double[] all() {
        return all.clone();
    }

    @Override
    public double[] middle() {
        return middle.clone();
    }

    /**
     * What recipes are chosen by: the mean of both figures, since age alone decides most of the first and the second has
     * fewer deaths; the first alone where the second is missing in some fold.
     */
    public double[] criterion() {
        double[] value = all.clone();
        if (Arrays.stream(middle).noneMatch(Double::isNaN))
            for (int f = 0; f < value.length; f++)
                value[f] = (all[f] + middle[f]) / 2;
        return value;
    }

    /** Mean, NaN if any is. */
    public static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    /** Standard deviation with divisor n - 1; NaN for one value. */
    public static double sd(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }
}
