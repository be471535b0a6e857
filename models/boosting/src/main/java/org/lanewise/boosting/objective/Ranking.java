package org.lanewise.boosting.objective;

import java.util.Arrays;
import org.lanewise.tabular.survival.Concordance;
import org.lanewise.tabular.survival.Survival;

/** Metrics that look at the order of predictions. */
final class Ranking {
    private static final double LN2 = 0.6931471805599453;
    private static final double[] DISCOUNT = new double[256];

    static {
        for (int i = 0; i < DISCOUNT.length; i++) DISCOUNT[i] = LN2 / StrictMath.log(2.0 + i);
    }

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

    /** Positions 0 to n - 1 of a stretch of scores from the greatest down, ties in order. */
    static int[] descending(double[] score, int from, int n) {
        double[] negated = new double[n];
        for (int i = 0; i < n; i++) negated[i] = -score[from + i];
        return ascending(negated, n);
    }

    /** 2^relevance - 1. */
    static double gain(int relevance) {
        return (1L << relevance) - 1;
    }

    /** 1 / log2(2 + place), places from 0. */
    static double discount(int place) {
        return place < DISCOUNT.length ? DISCOUNT[place] : LN2 / StrictMath.log(2.0 + place);
    }

    /** The discounted gain of the best order of rows {@code from .. to - 1}, {@code places} of them counted. */
    static double idealGain(int[] relevance, int from, int to, int places) {
        int[] sorted = Arrays.copyOfRange(relevance, from, to);
        Arrays.sort(sorted);
        double sum = 0;
        for (int place = 0; place < Math.min(places, sorted.length); place++)
            sum += gain(sorted[sorted.length - 1 - place]) * discount(place);
        return sum;
    }

    /** Mean over queries of DCG by ideal DCG in the first {@code places}; a query without relevant rows counts 1. */
    static double ndcg(double[] p, Target y, int places) {
        int[] groups = y.groups() == null ? new int[] {y.rows()} : y.groups();
        int[] relevance = Arrays.stream(y.labels()).mapToInt(v -> (int) v).toArray();
        double sum = 0;
        int from = 0;
        for (int n : groups) {
            double ideal = idealGain(relevance, from, from + n, places);
            int[] order = descending(p, from, n);
            double found = 0;
            for (int place = 0; place < Math.min(places, n); place++)
                found += gain(relevance[from + order[place]]) * discount(place);
            sum += ideal == 0 ? 1 : found / ideal;
            from += n;
        }
        return sum / groups.length;
    }

    /** Harrell's concordance of risks with {@link Target#event}s. */
    static double concordance(double[] p, Target y) {
        boolean[] event = new boolean[y.rows()];
        for (int i = 0; i < event.length; i++) event[i] = y.event(i);
        return Concordance.harrell(Survival.of(y.labels(), event), p).index();
    }
}
