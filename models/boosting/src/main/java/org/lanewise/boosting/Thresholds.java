package org.lanewise.boosting;

import java.util.Arrays;
import java.util.SortedSet;

/**
 * The thresholds that a forest's tests compare one feature with, and which of them a value lies between.
 *
 * <p>A grid of equal cells from the lowest to the highest threshold says how many thresholds lie in the cells before a value's;
 * as many halvings as the fullest cell asks for find its place within. Both are monotone in the value, so the place is exact
 * whatever the rounding. For thresholds spread evenly over the data that takes one or two steps instead of eight.
 */
final class Thresholds {
    /** Cells of the grid, at most, so that a skewed feature does not have a table larger than the cache. */
    private static final int MOST_CELLS = 1 << 12;
    private static final int CELLS_PER_THRESHOLD = 2;

    final Reading reading;
    private final int count;
    /** Rising, filled up with the highest number. */
    private final long[] keys;
    private final double lowest;
    private final double scale;
    /** Thresholds in the cells before each. */
    private final int[] before;
    /** The first step of the search in a cell: a power of two. */
    private final int step;

    /** @param bounds as {@link Reading#bound} makes them, at least one */
    Thresholds(Reading reading, SortedSet<Long> bounds) {
        this.reading = reading;
        count = bounds.size();
        long[] sorted = bounds.stream().mapToLong(Long::longValue).toArray();
        double[] finite = Arrays.stream(sorted).mapToDouble(SortableBits::toDouble).filter(Double::isFinite).toArray();
        lowest = finite.length == 0 ? 0 : finite[0];
        int cells = Math.min(MOST_CELLS, 2 * CELLS_PER_THRESHOLD * Integer.highestOneBit(count));
        before = new int[cells];
        double width = finite.length == 0 ? 0 : finite[finite.length - 1] - lowest;
        scale = width > 0 ? (cells - 1) / width : 0;
        int[] held = new int[cells];
        for (long key : sorted) held[cell(SortableBits.toDouble(key))]++;
        for (int c = 1; c < cells; c++) before[c] = before[c - 1] + held[c - 1];
        step = Integer.highestOneBit(Arrays.stream(held).max().orElseThrow());
        keys = Arrays.copyOf(sorted, count + 2 * step);
        Arrays.fill(keys, count, keys.length, Long.MAX_VALUE);
    }

    int count() {
        return count;
    }

    /** Where a threshold is among them. */
    int indexOf(long bound) {
        return Arrays.binarySearch(keys, 0, count, bound);
    }

    private int cell(double x) {
        return Math.min(Math.max((int) ((x - lowest) * scale), 0), before.length - 1);
    }

    /** The number of thresholds below x, which is not NaN. */
    private int below(double x) {
        int at = before[cell(x)];
        long key = SortableBits.of(x);
        for (int half = step; half > 0; half >>= 1) at += -SortableBits.less(keys[at + half - 1], key) & half;
        return at;
    }

    /**
     * Answers the tests of {@code n} values, up to 64, in a bit for each: whether x is up to threshold i in
     * {@code answers[at + i]}, with bits of missing values 0, and the same with those bits 1 in
     * {@code answers[at + count + 1 + i]}.
     *
     * @param values  NaN where missing
     * @param answers modified: {@code 2 count + 2} words from {@code at}
     */
    void answer(double[] values, int n, long[] answers, int at) {
        Arrays.fill(answers, at, at + count + 1, 0);
        long missing = 0;
        for (int i = 0; i < n; i++) {
            double x = values[i];
            if (x != x) {
                missing |= 1L << i;
            } else {
                answers[at + below(x)] |= 1L << i;
            }
        }
        long upTo = 0;
        for (int i = at; i < at + count; i++) {
            upTo |= answers[i];
            answers[i] = upTo;
            answers[i + count + 1] = upTo | missing;
        }
    }
}
