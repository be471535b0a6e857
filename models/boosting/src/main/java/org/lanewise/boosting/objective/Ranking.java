package org.lanewise.boosting.objective;

import java.util.Arrays;

/** Metrics that look at the order of predictions. */
final class Ranking {
    private Ranking() {}

    /** The chance that a positive (label above .5) is above a negative, ties counting half; NaN without both. */
    static double auc(double[] p, Target y) {
        int n = y.rows();
        int[] order = ascending(p, n);
        double area = 0;
        double below = 0;
        double positives = 0;
        for (int i = 0; i < n;) {
            double tiedPositive = 0;
            double tiedNegative = 0;
            int j = i;
            for (; j < n && p[order[j]] == p[order[i]]; j++) {
                double w = y.weight(order[j]);
                if (y.label(order[j]) > 0.5) {
                    tiedPositive += w;
                } else {
                    tiedNegative += w;
                }
            }
            area += tiedPositive * (below + tiedNegative / 2);
            below += tiedNegative;
            positives += tiedPositive;
            i = Math.max(j, i + 1);
        }
        return area / (positives * below);
    }

    /** Rows from the least value to the greatest, ties in order of row; values as floats decide, then the values themselves. */
    static int[] ascending(double[] value, int n) {
        long[] key = new long[n];
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToIntBits((float) value[i] + 0f);
            key[i] = (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << 32 | i;
        }
        Arrays.sort(key);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) order[i] = (int) key[i];
        // Equal as floats: nearly sorted, so insertion costs little.
        for (int i = 1; i < n; i++) {
            int row = order[i];
            int at = i;
            for (; at > 0 && value[order[at - 1]] > value[row] && key[at - 1] >> 32 == key[i] >> 32; at--)
                order[at] = order[at - 1];
            order[at] = row;
        }
        return order;
    }
}
