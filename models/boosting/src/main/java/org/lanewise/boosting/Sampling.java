package org.lanewise.boosting;

/**
 * Which rows a tree is grown on. Choices are made from the seed, the tree's number and the row, so they do not depend on
 * threads.
 *
 * @param method   how rows are chosen
 * @param fraction for bagging: share of the rows, in (0, 1]
 * @param period   for bagging: trees between new draws
 * @param top      for GOSS: share of the rows of largest |gradient x hessian| that are kept
 * @param other    for GOSS: share of all rows drawn from the rest, their gradients scaled up by (1 - top) / other
 */
public record Sampling(Method method, double fraction, int period, double top, double other) {

    /** How rows are chosen. */
    public enum Method {
        /** All rows. */
        NONE,
        /** A random share without replacement. */
        BAGGING,
        /** Gradient-based one-side sampling (Ke et al. 2017); starts after 1 / learningRate rounds. */
        GOSS
    }

    public Sampling {
        if (!(fraction > 0 && fraction <= 1))
            throw new IllegalArgumentException("sampling.fraction must be in (0, 1]: " + fraction);
        if (period < 1) throw new IllegalArgumentException("sampling.period must be at least 1: " + period);
        if (!(top >= 0 && other > 0 && top + other <= 1)) {
            throw new IllegalArgumentException(
                    "sampling.top and other must be shares that sum to 1 at most: " + top + ", " + other);
        }
    }

    public static Sampling none() {
        return new Sampling(Method.NONE, 1, 1, 0.2, 0.1);
    }

    public static Sampling bagging(double fraction) {
        return new Sampling(Method.BAGGING, fraction, 1, 0.2, 0.1);
    }

    public static Sampling goss(double top, double other) {
        return new Sampling(Method.GOSS, 1, 1, top, other);
    }
}
