package org.lanewise.boosting;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The different values of a column and how often each occurs. NaN is left out, -0 is 0.
 *
 * @param value rising, the first {@code size} count
 * @param count of each
 * @param known values that are not NaN
 */
record DistinctValues(double[] value, int[] count, int size, int known) {
    /** Up to so many different values are counted in a small hash table, which spares sorting. */
    private static final int FEW = 64;
    private static final int SLOTS = 4 * FEW;
    /** Values looked at together, whether they are nothing but the first two. */
    private static final int BLOCK = 1 << 9;

    /** @param values modified */
    static DistinctValues of(double[] values) {
        DistinctValues few = few(values);
        return few != null ? few : sorted(values);
    }

    private static DistinctValues few(double[] values) {
        double[] value = new double[SLOTS];
        int[] count = new int[SLOTS];
        int size = 0;
        int known = 0;
        int[] usual = {-1, -1};
        for (int from = 0; from < values.length; from += BLOCK) {
            int to = Math.min(values.length, from + BLOCK);
            if (size >= 2 && onlyOf(values, from, to, usual, value, count)) {
                known += to - from;
                continue;
            }
            for (int i = from; i < to; i++) {
                if (values[i] != values[i]) continue;
                double x = values[i] + 0.0;
                int slot = (int) (Double.doubleToRawLongBits(x) * 0x9E3779B97F4A7C15L >>> 56);
                while (count[slot] > 0 && value[slot] != x) slot = slot + 1 & SLOTS - 1;
                if (count[slot]++ == 0) {
                    if (++size > FEW) return null;
                    if (size <= 2) usual[size - 1] = slot;
                    value[slot] = x;
                }
                known++;
            }
        }
        int[] rising = IntStream.range(0, SLOTS).filter(s -> count[s] > 0).boxed()
                .sorted((a, b) -> Double.compare(value[a], value[b])).mapToInt(s -> s).toArray();
        return new DistinctValues(Arrays.stream(rising).mapToDouble(s -> value[s]).toArray(),
                Arrays.stream(rising).map(s -> count[s]).toArray(), size, known);
    }

    /** Counts a block of nothing but the two values in {@code slots}, without a branch; else leaves the counts as they are. */
    private static boolean onlyOf(double[] values, int from, int to, int[] slots, double[] value, int[] count) {
        double a = value[slots[0]];
        double b = value[slots[1]];
        int isA = 0;
        int isB = 0;
        for (int i = from; i < to; i++) {
            isA += values[i] == a ? 1 : 0;
            isB += values[i] == b ? 1 : 0;
        }
        if (isA + isB < to - from) return false;
        count[slots[0]] += isA;
        count[slots[1]] += isB;
        return true;
    }

    private static DistinctValues sorted(double[] values) {
        int known = RadixSort.ascending(values);
        double[] value = new double[known];
        int[] count = new int[known];
        int size = 0;
        for (int i = 0; i < known; i++) {
            if (size == 0 || values[i] != value[size - 1]) value[size++] = values[i];
            count[size - 1]++;
        }
        return new DistinctValues(value, count, size, known);
    }
}
