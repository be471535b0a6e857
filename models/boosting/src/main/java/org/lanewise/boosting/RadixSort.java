package org.lanewise.boosting;

import java.util.Arrays;

/** Sorts doubles digit by digit: several times as fast as comparing for the hundred thousands of values that binning sorts. */
final class RadixSort {
    private static final int BITS = 11;
    private static final int DIGITS = 6;
    private static final int MASK = (1 << BITS) - 1;

    private RadixSort() {}

    /**
     * Brings what is not NaN to the front, rising, -0 as 0; {@code values} is modified. A digit that all values share is passed
     * over: floats and whole numbers have few others.
     *
     * @return the number of values that are not NaN
     */
    static int ascending(double[] values) {
        long[] keys = new long[values.length];
        int n = 0;
        for (double v : values) {
            if (v == v) keys[n++] = SortableBits.of(v) ^ Long.MIN_VALUE;
        }
        long varying = 0;
        for (int i = 0; i < n; i++) varying |= keys[i] ^ keys[0];
        long[] other = new long[n];
        int[] place = new int[MASK + 1];
        for (int d = 0; d < DIGITS; d++) {
            int shift = d * BITS;
            if ((varying >>> shift & MASK) == 0) continue;
            Arrays.fill(place, 0);
            for (int i = 0; i < n; i++) place[(int) (keys[i] >>> shift) & MASK]++;
            for (int i = 0, sum = 0; i <= MASK; i++) {
                int c = place[i];
                place[i] = sum;
                sum += c;
            }
            for (int i = 0; i < n; i++) other[place[(int) (keys[i] >>> shift) & MASK]++] = keys[i];
            long[] swap = keys;
            keys = other;
            other = swap;
        }
        for (int i = 0; i < n; i++) values[i] = SortableBits.toDouble(keys[i] ^ Long.MIN_VALUE);
        return n;
    }
}
