package org.lanewise.tabular.metrics;

import java.util.Arrays;

/**
 * How well scores order the documents of each query. Results are per query, NaN where a query has no relevant document (what
 * {@link #mean} leaves out), so that a bootstrap can resample queries:
 *
 * <pre>{@code
 * double[] ndcg = Ranking.ndcg(score, relevance, queryStarts, 10, Ranking.Gain.EXPONENTIAL);
 * Interval interval = Bootstrap.rows(ndcg.length).interval(counts -> Ranking.mean(ndcg, counts));
 * }</pre>
 *
 * {@code queryStarts} holds where each query's rows begin, and at its end the number of rows: queries are runs of rows.
 */
public final class Ranking {
    private Ranking() {
    }

    /** What a document of a relevance grade is worth. */
    public enum Gain {
        /** The grade itself, as scikit-learn. */
        LINEAR,
        /** 2^grade - 1, as LightGBM and XGBoost. */
        EXPONENTIAL
    }

    private interface Measure {
        double of(double[] score, double[] relevance);
    }

    /** The starts of runs of equal ids, and at the end the number of rows. */
    public static int[] queryStarts(Object[] ids) {
        int[] starts = new int[ids.length + 1];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i == 0 || !ids[i].equals(ids[i - 1])) {
                starts[count++] = i;
            }
        }
        starts[count] = ids.length;
        return Arrays.copyOf(starts, count + 1);
    }

    /**
     * Discounted gain of the first k places over its largest possible value: sum of gain(place r) / log2(r + 1). Documents of
     * equal score share the mean of what their places are worth (McSherry and Najork 2008), so the order of rows never matters.
     *
     * @param relevance
     *            0 or more
     *
     * @see <a href="https://doi.org/10.1145/582415.582418">Jarvelin and Kekalainen 2002</a>
     */
    public static double[] ndcg(double[] score, double[] relevance, int[] queryStarts, int k, Gain gain) {
        return each(score, relevance, queryStarts, k, (s, r) -> {
            double[] gains = r.clone();
            if (gain == Gain.EXPONENTIAL) {
                Arrays.setAll(gains, i -> Math.pow(2, r[i]) - 1);
            }
            double best = discounted(gains, gains, k);
            return best > 0 ? discounted(s, gains, k) / best : Double.NaN;
        });
    }

    private static double discounted(double[] score, double[] gain, int k) {
        Integer[] order = falling(score);
        double sum = 0;
        for (int from = 0, to; from < Math.min(k, order.length); from = to) {
            double gains = 0;
            double discounts = 0;
            for (to = from; to < order.length && score[order[to]] == score[order[from]]; to++) {
                gains += gain[order[to]];
                discounts += to < k ? 1 / (Math.log(to + 2) / Math.log(2)) : 0;
            }
            sum += gains / (to - from) * discounts;
        }
        return sum;
    }

    /**
     * Average precision of the first k places: the mean, over min(k, relevant documents), of the precision at each relevant
     * place. Relevance above 0 is relevant. Equal scores keep the order of rows.
     */
    public static double[] averagePrecision(double[] score, double[] relevance, int[] queryStarts, int k) {
        return each(score, relevance, queryStarts, k, (s, r) -> {
            Integer[] order = falling(s);
            int relevant = (int) Arrays.stream(r).filter(v -> v > 0).count();
            int hits = 0;
            double sum = 0;
            for (int place = 0; place < Math.min(k, order.length); place++) {
                if (r[order[place]] > 0) {
                    sum += ++hits / (place + 1.0);
                }
            }
            return relevant == 0 ? Double.NaN : sum / Math.min(k, relevant);
        });
    }

    /** One over the place of the first relevant document. Equal scores keep the order of rows. */
    public static double[] reciprocalRank(double[] score, double[] relevance, int[] queryStarts) {
        return each(score, relevance, queryStarts, 1, (s, r) -> {
            Integer[] order = falling(s);
            for (int place = 0; place < order.length; place++) {
                if (r[order[place]] > 0) {
                    return 1 / (place + 1.0);
                }
            }
            return Double.NaN;
        });
    }

    /** The mean over queries, query i counted {@code counts[i]} times, undefined ones left out; NaN if there is none. */
    public static double mean(double[] perQuery, int[] counts) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < perQuery.length; i++) {
            if (!Double.isNaN(perQuery[i])) {
                sum += counts[i] * perQuery[i];
                total += counts[i];
            }
        }
        return sum / total;
    }

    /** The mean over queries, undefined ones left out; NaN if there is none. */
    public static double mean(double[] perQuery) {
        int[] once = new int[perQuery.length];
        Arrays.fill(once, 1);
        return mean(perQuery, once);
    }

    private static double[] each(double[] score, double[] relevance, int[] starts, int k, Measure measure) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be positive: " + k);
        }
        if (score.length != relevance.length || starts.length == 0 || starts[0] != 0
                || starts[starts.length - 1] != score.length) {
            throw new IllegalArgumentException(score.length + " scores, " + relevance.length
                    + " relevances, query starts " + Arrays.toString(starts));
        }
        double[] values = new double[starts.length - 1];
        for (int q = 0; q < values.length; q++) {
            if (starts[q] >= starts[q + 1]) {
                throw new IllegalArgumentException("query " + (q + 1) + " has no rows");
            }
            for (int i = starts[q]; i < starts[q + 1]; i++) {
                if (Double.isNaN(score[i]) || !(relevance[i] >= 0)) {
                    throw new IllegalArgumentException(
                            "row " + (i + 1) + ": score " + score[i] + ", relevance " + relevance[i]);
                }
            }
            values[q] = measure.of(Arrays.copyOfRange(score, starts[q], starts[q + 1]),
                    Arrays.copyOfRange(relevance, starts[q], starts[q + 1]));
        }
        return values;
    }

    private static Integer[] falling(double[] score) {
        Integer[] order = new Integer[score.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> score[a] > score[b] ? -1 : score[a] < score[b] ? 1 : 0);
        return order;
    }
}
