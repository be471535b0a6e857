package org.lanewise.boosting;

/**
 * How a numeric test reads its feature: what it takes for missing, and whether it rounds to a float first. A test is then one
 * comparison of integers, {@code key of x <= key of threshold}.
 *
 * @param rounded whether x is rounded to a float, as XGBoost does
 */
record Reading(int feature, RegressionTree.Missing missing, boolean rounded) {

    static Reading of(RegressionTree tree, int node) {
        return new Reading(tree.feature(node), tree.missing(node), tree.comparesFloats(node));
    }

    /** The key that those of values that go left do not exceed. */
    static long bound(RegressionTree tree, int node) {
        double t = tree.threshold(node);
        if (!tree.comparesFloats(node)) return SortableBits.of(t);
        // x < t between floats is x <= the float before t, which -Infinity has not.
        return (float) t == Float.NEGATIVE_INFINITY
                ? SortableBits.BELOW_ALL
                : SortableBits.of(Math.nextDown((float) t));
    }

    /** Replaces values by what the tests see of them: NaN where missing, and only there. */
    void apply(double[] values, int count) {
        switch (missing) {
            case NAN -> {
            }
            case NONE -> {
                for (int i = 0; i < count; i++) values[i] = values[i] != values[i] ? 0 : values[i];
            }
            case ZERO -> {
                for (int i = 0; i < count; i++)
                    values[i] = Math.abs(rounded ? (float) values[i] : values[i]) <= RegressionTree.ZERO_THRESHOLD
                            ? Double.NaN
                            : values[i];
            }
        }
        for (int i = 0; rounded && i < count; i++) values[i] = (float) values[i];
    }
}
