package org.lanewise.boosting;

/** Doubles as longs that compare as they do, and order comparisons without branches. */
final class SortableBits {
    /** Above every number. */
    static final long ABOVE_ALL = Long.MAX_VALUE - 1;
    /** Below every number. */
    static final long BELOW_ALL = Long.MIN_VALUE;

    private SortableBits() {}

    /** Not for NaN; -0 is 0. */
    static long of(double x) {
        long bits = Double.doubleToRawLongBits(x + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    static double toDouble(long key) {
        return Double.longBitsToDouble(key ^ key >> 63 & Long.MAX_VALUE);
    }

    /** 1 if a &lt; b, else 0, whatever overflows. */
    static int less(long a, long b) {
        long d = a - b;
        return (int) ((d ^ (a ^ b) & (d ^ a)) >>> 63);
    }
}
