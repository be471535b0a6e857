package org.lanewise.tabular.metrics;

/**
 * A number computed from a data set in which row i appears {@code counts[i]} times. The array belongs to the caller and changes
 * after the call. Called from several threads at once.
 */
@FunctionalInterface
public interface RowStatistic {
    /** NaN where the statistic is not defined, e.g. no event was drawn. */
    double of(int[] counts);
}
