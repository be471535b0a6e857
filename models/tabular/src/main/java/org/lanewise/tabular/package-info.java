/**
 * Columns and tables, and what is done to them before and after learning: {@code csv}, {@code parquet} and {@code io} bring them in
 * and out, {@code schema} keeps what a model expects, {@code transform} fills, encodes and scales, {@link Split} and
 * {@link TemporalSplit} divide rows, {@code resample} adds artificial ones, {@code metrics} and {@code survival} say how good
 * predictions are.
 */
package org.lanewise.tabular;
