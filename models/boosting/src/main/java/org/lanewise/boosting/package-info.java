/**
 * Histogram gradient boosting of regression trees.
 *
 * <ul>
 * <li>{@link org.lanewise.boosting.Features} is the data as columns of numbers and categories,
 * {@link org.lanewise.boosting.Binning} cuts each column into at most 255 bins, once, and
 * {@link org.lanewise.boosting.BinnedTable} keeps them for any number of fits.
 * <li>{@link org.lanewise.boosting.BoostingParams} says what to grow, {@link org.lanewise.boosting.GradientBoosting} grows it.
 * <li>{@link org.lanewise.boosting.BoostingModel} predicts; its {@link org.lanewise.boosting.RegressionTree}s can be read.
 * </ul>
 *
 * <p>Inside, a tree is grown leaf by leaf: {@code RowPartition} holds the rows of each leaf, {@code HistogramBuilder} sums
 * gradients by bin, {@code SplitFinder} chooses the best cut. By default the sums are of integers, so they are the same in
 * whatever order threads add them, and so are the trees.
 */
package org.lanewise.boosting;
