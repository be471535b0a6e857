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
 *
 * <p>A model scores blocks of 64 rows: {@code BitForest} has a bit for each row and divides words of them, {@code CursorForest}
 * walks large trees by eight rows together, {@code RowWalk} does the rest. All add the same numbers in the same order, so a row
 * has the same score however it is scored.
 */
package org.lanewise.boosting;
