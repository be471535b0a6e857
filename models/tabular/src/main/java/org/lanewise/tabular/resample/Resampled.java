package org.lanewise.tabular.resample;

import org.lanewise.tabular.Table;

/**
 * The rows as they were, and artificial ones below them.
 *
 * @param table
 *            all rows
 * @param classes
 *            of all rows
 * @param original
 *            how many of them, at the top, are real
 */
public record Resampled(Table table, int[] classes, int original) {
}
