package org.lanewise.boosting;

/** Finds bins by binary search without branches. */
final class BoundSearch {
    private BoundSearch() {}

    /**
     * The number of bounds below each value, or {@code missing} for NaN.
     *
     * @param bounds  256 rising numbers, filled up with +Infinity
     * @param missing the number of bounds, the last +Infinity, before those filled up
     * @param out     modified from {@code at}
     */
    static void bins(double[] bounds, int missing, double[] values, int count, byte[] out, int at) {
        if (missing == 2) {
            double only = bounds[0];
            for (int i = 0; i < count; i++) {
                double x = values[i];
                out[at + i] = (byte) (x != x ? missing : only < x ? 1 : 0);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            double x = values[i];
            int b = bounds[127] < x ? 128 : 0;
            b += bounds[b + 63] < x ? 64 : 0;
            b += bounds[b + 31] < x ? 32 : 0;
            b += bounds[b + 15] < x ? 16 : 0;
            b += bounds[b + 7] < x ? 8 : 0;
            b += bounds[b + 3] < x ? 4 : 0;
            b += bounds[b + 1] < x ? 2 : 0;
            b += bounds[b] < x ? 1 : 0;
            out[at + i] = (byte) (x != x ? missing : b);
        }
    }
}
