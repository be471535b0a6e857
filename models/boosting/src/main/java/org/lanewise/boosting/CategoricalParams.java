package org.lanewise.boosting;

/**
 * How columns of categories are split. Few categories: one against the rest. More: categories are sorted by
 * G / (H + smooth) (Fisher 1958: the best partition is a cut of this order) and cut from both ends.
 *
 * @param maxOneHot       most bins (categories and one for all others) for one against the rest
 * @param smooth          added to the hessian in the order; categories of fewer rows are not put on the left
 * @param l2              added to the L2 penalty of such splits and their leaves
 * @param maxThreshold    most categories on the left
 * @param minDataPerGroup rows between two candidate cuts, and least rows on the right
 */
public record CategoricalParams(int maxOneHot, double smooth, double l2, int maxThreshold, int minDataPerGroup) {
    public CategoricalParams {
        if (maxOneHot < 0 || maxThreshold < 1 || minDataPerGroup < 1) {
            throw new IllegalArgumentException(
                    "categorical.maxOneHot, maxThreshold or minDataPerGroup is out of range");
        }
        if (!(smooth >= 0 && l2 >= 0))
            throw new IllegalArgumentException("categorical.smooth and l2 must not be negative");
    }

    /** As LightGBM: 4, 10, 10, 32, 100. */
    public static CategoricalParams defaults() {
        return new CategoricalParams(4, 10, 10, 32, 100);
    }
}
