package org.lanewise.boosting;

import java.util.Arrays;

/**
 * Sums of gradients and hessians by bin of one leaf, an array for each word of {@link BinWords}. Either packed integers,
 * gradient * 2^32 + hessian in one long, or pairs of doubles (gradient, hessian).
 */
final class Histogram {
    /** Packed sums; {@code null} in a histogram of doubles. */
    final long[][] packed;
    /** Sums in double; {@code null} in a packed histogram. */
    final double[][] doubles;

    Histogram(BinWords words, boolean isPacked) {
        packed = isPacked ? new long[words.count()][] : null;
        doubles = isPacked ? null : new double[words.count()][];
        for (int w = 0; w < words.count(); w++) {
            if (isPacked) {
                packed[w] = new long[words.cells(w)];
            } else {
                doubles[w] = new double[2 * words.cells(w)];
            }
        }
    }

    void clear(int word) {
        if (packed != null) {
            Arrays.fill(packed[word], 0);
        } else {
            Arrays.fill(doubles[word], 0);
        }
    }

    /** {@code this -= other}, one word: from the parent's sums to those of the other child. */
    void subtract(Histogram other, int word) {
        if (packed != null) {
            long[] mine = packed[word];
            long[] theirs = other.packed[word];
            for (int i = 0; i < mine.length; i++) mine[i] -= theirs[i];
        } else {
            double[] mine = doubles[word];
            double[] theirs = other.doubles[word];
            for (int i = 0; i < mine.length; i++) mine[i] -= theirs[i];
        }
    }

    /** {@code this += other} and {@code other = 0}; packed. */
    void take(Histogram other) {
        for (int w = 0; w < packed.length; w++) {
            long[] mine = packed[w];
            long[] theirs = other.packed[w];
            for (int i = 0; i < mine.length; i++) {
                mine[i] += theirs[i];
                theirs[i] = 0;
            }
        }
    }

    /**
     * Reads the sums of {@code n} bins; {@code g} and {@code h} are modified.
     *
     * @param gScale value of one unit of a packed gradient
     * @param hScale value of one unit of a packed hessian
     */
    void read(int word, int first, int n, double gScale, double hScale, double[] g, double[] h) {
        if (packed != null) {
            long[] cells = packed[word];
            for (int i = 0; i < n; i++) {
                g[i] = gScale * (cells[first + i] >> 32);
                h[i] = hScale * (cells[first + i] & 0xFFFFFFFFL);
            }
        } else {
            double[] cells = doubles[word];
            for (int i = 0; i < n; i++) {
                g[i] = cells[2 * (first + i)];
                h[i] = cells[2 * (first + i) + 1];
            }
        }
    }

    /**
     * As {@link #read} for all values of one digit of cells that are numbers of several digits: sums over the others.
     *
     * @param cells  all cells of the lane
     * @param weight what a step of the digit adds to the number
     * @param radix  values of the digit
     * @param whole  work space for packed sums, modified
     */
    void readDigit(int word, int first, int cells, int weight, int radix, double gScale, double hScale, long[] whole,
            double[] g, double[] h) {
        if (packed != null) {
            Arrays.fill(whole, 0, radix, 0);
            long[] from = packed[word];
            if (weight == 1) {
                for (int high = first; high < first + cells; high += radix) {
                    for (int b = 0; b < radix; b++) whole[b] += from[high + b];
                }
            } else {
                for (int high = first; high < first + cells; high += weight * radix) {
                    for (int b = 0; b < radix; b++) whole[b] += sum(from, high + b * weight, weight);
                }
            }
            for (int b = 0; b < radix; b++) {
                g[b] = gScale * (whole[b] >> 32);
                h[b] = hScale * (whole[b] & 0xFFFFFFFFL);
            }
        } else {
            Arrays.fill(g, 0, radix, 0);
            Arrays.fill(h, 0, radix, 0);
            for (int c = 0; c < cells; c++) {
                int b = c / weight % radix;
                g[b] += doubles[word][2 * (first + c)];
                h[b] += doubles[word][2 * (first + c) + 1];
            }
        }
    }

    private static long sum(long[] from, int first, int n) {
        long sum = 0;
        for (int c = first; c < first + n; c++) sum += from[c];
        return sum;
    }
}
