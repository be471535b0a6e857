package org.lanewise.tabular.parquet;

/** Values on their way from a page to a column; which array is filled depends on the column's type. */
final class Batch {
    static final int SIZE = 1 << 12;

    final long[] longs = new long[SIZE];
    final double[] doubles = new double[SIZE];
    final String[] texts = new String[SIZE];
}
