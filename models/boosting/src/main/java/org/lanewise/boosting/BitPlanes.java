package org.lanewise.boosting;

import java.util.Arrays;

/** Numbers of 64 rows, held bit by bit: plane b has bit b of each row's number. */
final class BitPlanes {
    /** Bits of a number. */
    static final int PLANES = 8;
    private static final long PAIRS = 0x5555555555555555L;
    private static final long NIBBLES = 0x3333333333333333L;
    private static final long BYTES = 0x0F0F0F0F0F0F0F0FL;

    private BitPlanes() {}

    /**
     * Turns sets of rows, of which each row is in one, to planes of the sets' numbers: the sets of the upper half give the
     * highest bit, then halves are laid upon one another.
     *
     * @param sets   modified; room for as many as the next power of two
     * @param planes modified: {@link #PLANES} words
     */
    static void ofSets(long[] sets, int count, long[] planes) {
        int bits = 32 - Integer.numberOfLeadingZeros(count - 1);
        Arrays.fill(sets, count, 1 << bits, 0);
        Arrays.fill(planes, bits, PLANES, 0);
        for (int b = bits - 1; b >= 0; b--) {
            int half = 1 << b;
            long plane = 0;
            for (int i = 0; i < half; i++) {
                long upper = sets[half + i];
                plane |= upper;
                sets[i] |= upper;
            }
            planes[b] = plane;
        }
    }

    /** The number of a row, from the words that {@link #transpose} made. */
    static int number(long[] words, int row) {
        return (int) (words[row & 7] >>> (row & 56)) & 0xFF;
    }

    /**
     * Turns planes to bytes: that of row r is byte r / 8 of word r mod 8. Neighbours exchange bits, then pairs, then nibbles
     * (Warren, Hacker's Delight, 7-3, on whole words).
     *
     * @param w modified: 8 words
     */
    static void transpose(long[] p, long[] w) {
        long a0 = even(p[0], p[1], PAIRS, 1);
        long a1 = odd(p[0], p[1], PAIRS, 1);
        long b0 = even(p[2], p[3], PAIRS, 1);
        long b1 = odd(p[2], p[3], PAIRS, 1);
        long c0 = even(p[4], p[5], PAIRS, 1);
        long c1 = odd(p[4], p[5], PAIRS, 1);
        long d0 = even(p[6], p[7], PAIRS, 1);
        long d1 = odd(p[6], p[7], PAIRS, 1);
        nibbles(a0, b0, c0, d0, w, 0);
        nibbles(a1, b1, c1, d1, w, 1);
    }

    private static void nibbles(long a, long b, long c, long d, long[] w, int at) {
        long low = even(a, b, NIBBLES, 2);
        long high = even(c, d, NIBBLES, 2);
        w[at] = even(low, high, BYTES, 4);
        w[at + 4] = odd(low, high, BYTES, 4);
        low = odd(a, b, NIBBLES, 2);
        high = odd(c, d, NIBBLES, 2);
        w[at + 2] = even(low, high, BYTES, 4);
        w[at + 6] = odd(low, high, BYTES, 4);
    }

    private static long even(long a, long b, long mask, int by) {
        return a & mask | (b & mask) << by;
    }

    private static long odd(long a, long b, long mask, int by) {
        return a >>> by & mask | b & mask << by;
    }
}
