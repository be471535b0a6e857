package org.lanewise.tabular.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named measures of one set of predictions, with bootstrap intervals: what goes into a model's {@code metrics.json}.
 *
 * <pre>{@code
 * MetricSet ours = MetricSet.binary(probability, sick);
 * Map<String, Interval> shown = ours.intervals(Bootstrap.rows(n).withSeed(1));
 * Map<String, Interval> gain = ours.differences(MetricSet.binary(baseline, sick), Bootstrap.rows(n)); // paired
 * }</pre>
 */
public final class MetricSet {
    private final int rows;
    private final Map<String, RowStatistic> statistics;

    private MetricSet(int rows, Map<String, RowStatistic> statistics) {
        this.rows = rows;
        this.statistics = statistics;
    }

    /** rmse, mae, r2, mape. */
    public static MetricSet regression(double[] predicted, double[] actual) {
        return regression(predicted, actual, null);
    }

    /** As {@link #regression(double[], double[])} with a weight for each row, or null. */
    public static MetricSet regression(double[] predicted, double[] actual, double[] weight) {
        Checks.weights(weight, actual.length);
        // Losses of rows once, since a bootstrap asks for their means a thousand times.
        double[] squared = RegressionLosses.each(predicted, actual, (p, y) -> (y - p) * (y - p));
        double[] absolute = RegressionLosses.each(predicted, actual, (p, y) -> Math.abs(y - p));
        double[] share = RegressionLosses.each(predicted, actual,
                (p, y) -> Math.abs(y - p) / Math.max(Math.abs(y), RegressionLosses.EPSILON));
        return new MetricSet(actual.length, new LinkedHashMap<>())
                .with("rmse", counts -> Math.sqrt(mean(squared, times(weight, counts))))
                .with("mae", counts -> mean(absolute, times(weight, counts)))
                .with("r2", counts -> r2(squared, actual, times(weight, counts)))
                .with("mape", counts -> mean(share, times(weight, counts)));
    }

    private static double r2(double[] squared, double[] actual, double[] weights) {
        double mean = mean(actual, weights);
        double spread = 0;
        double total = 0;
        for (int i = 0; i < actual.length; i++) {
            spread += weights[i] * (actual[i] - mean) * (actual[i] - mean);
            total += weights[i];
        }
        return spread > 0 ? 1 - mean(squared, weights) / (spread / total) : Double.NaN;
    }

    /** roc_auc, pr_auc, log_loss, brier, ece, and at the threshold .5: accuracy, balanced_accuracy, f1, mcc. */
    public static MetricSet binary(double[] probability, boolean[] outcome) {
        return binary(probability, outcome, null);
    }

    /** As {@link #binary(double[], boolean[])} with a weight for each row, or null. */
    public static MetricSet binary(double[] probability, boolean[] outcome, double[] weight) {
        Checks.weights(weight, outcome.length);
        RankedScores ranked = RankedScores.of(probability, outcome);
        double[] loss = new double[outcome.length];
        double[] squared = new double[outcome.length];
        for (int i = 0; i < outcome.length; i++) {
            double p = Checks.probability(probability[i], i);
            double q = Math.clamp(p, 1e-15, 1 - 1e-15);
            loss[i] = outcome[i] ? -Math.log(q) : -Math.log1p(-q);
            squared[i] = (p - (outcome[i] ? 1 : 0)) * (p - (outcome[i] ? 1 : 0));
        }
        return new MetricSet(outcome.length, new LinkedHashMap<>())
                .with("roc_auc", counts -> ranked.rocAuc(times(weight, counts)))
                .with("pr_auc", counts -> ranked.prAuc(times(weight, counts)))
                .with("log_loss", counts -> mean(loss, times(weight, counts)))
                .with("brier", counts -> mean(squared, times(weight, counts)))
                .with("ece", counts -> Reliability.uniform(probability, outcome, 10, times(weight, counts))
                        .expectedCalibrationError())
                .with("accuracy", counts -> half(probability, outcome, times(weight, counts)).accuracy())
                .with("balanced_accuracy",
                        counts -> half(probability, outcome, times(weight, counts)).balancedAccuracy())
                .with("f1", counts -> half(probability, outcome, times(weight, counts)).f1())
                .with("mcc", counts -> half(probability, outcome, times(weight, counts)).mcc());
    }

    /**
     * accuracy, balanced_accuracy, macro_f1, weighted_f1, mcc, log_loss, roc_auc_ovr.
     *
     * @param probability
     *            rows x classes, row after row
     */
    public static MetricSet multiclass(double[] probability, int classes, int[] actual) {
        return multiclass(probability, classes, actual, null);
    }

    /** As {@link #multiclass(double[], int, int[])} with a weight for each row, or null. */
    public static MetricSet multiclass(double[] probability, int classes, int[] actual, double[] weight) {
        Checks.weights(weight, actual.length);
        MulticlassMetrics.of(probability, classes, actual, null); // Checks once what the statistics then rely on.
        int n = actual.length;
        int[] likeliest = MulticlassMetrics.likeliest(probability, classes);
        RankedScores[] ranked = new RankedScores[classes];
        for (int c = 0; c < classes; c++) {
            double[] score = new double[n];
            boolean[] own = new boolean[n];
            for (int i = 0; i < n; i++) {
                score[i] = probability[i * classes + c];
                own[i] = actual[i] == c;
            }
            ranked[c] = RankedScores.of(score, own);
        }
        return new MetricSet(n, new LinkedHashMap<>())
                .with("accuracy", counts -> matrix(likeliest, actual, classes, times(weight, counts)).accuracy())
                .with("balanced_accuracy",
                        counts -> matrix(likeliest, actual, classes, times(weight, counts)).balancedAccuracy())
                .with("macro_f1", counts -> matrix(likeliest, actual, classes, times(weight, counts)).macroF1())
                .with("weighted_f1", counts -> matrix(likeliest, actual, classes, times(weight, counts)).weightedF1())
                .with("mcc", counts -> matrix(likeliest, actual, classes, times(weight, counts)).mcc())
                .with("log_loss",
                        counts -> MulticlassMetrics.logLoss(probability, classes, actual, times(weight, counts)))
                .with("roc_auc_ovr",
                        counts -> {
                            double[] w = times(weight, counts);
                            return Arrays.stream(ranked).mapToDouble(r -> r.rocAuc(w)).average().orElseThrow();
                        });
    }

    /**
     * Of queries, not of rows: mrr, and for each k ndcg@k with exponential gains and map@k. A bootstrap resamples the queries.
     *
     * @param queryStarts
     *            see {@link Ranking#queryStarts}
     */
    public static MetricSet ranking(double[] score, double[] relevance, int[] queryStarts, int... ks) {
        double[] reciprocal = Ranking.reciprocalRank(score, relevance, queryStarts);
        MetricSet set = empty(queryStarts.length - 1).with("mrr", counts -> Ranking.mean(reciprocal, counts));
        for (int k : ks) {
            double[] ndcg = Ranking.ndcg(score, relevance, queryStarts, k, Ranking.Gain.EXPONENTIAL);
            double[] precision = Ranking.averagePrecision(score, relevance, queryStarts, k);
            set = set.with("ndcg@" + k, counts -> Ranking.mean(ndcg, counts))
                    .with("map@" + k, counts -> Ranking.mean(precision, counts));
        }
        return set;
    }

    /** As many rows as {@code rows}, and no measures yet. */
    public static MetricSet empty(int rows) {
        return new MetricSet(rows, new LinkedHashMap<>());
    }

    /** With one more measure, e.g. a quantile's pinball loss. */
    public MetricSet with(String name, RowStatistic statistic) {
        Map<String, RowStatistic> more = new LinkedHashMap<>(statistics);
        if (more.put(name, statistic) != null) {
            throw new IllegalArgumentException("\"" + name + "\" is there already");
        }
        return new MetricSet(rows, more);
    }

    public int rows() {
        return rows;
    }

    /** Of the rows as they are; NaN where a measure is not defined. */
    public Map<String, Double> values() {
        int[] once = new int[rows];
        Arrays.fill(once, 1);
        Map<String, Double> values = new LinkedHashMap<>();
        statistics.forEach((name, statistic) -> values.put(name, statistic.of(once)));
        return values;
    }

    /**
     * With percentile intervals, all over the same resamples; measures that are not defined on the rows, or on more than half of the
     * resamples, are left out.
     */
    public Map<String, Interval> intervals(Bootstrap bootstrap) {
        return draws(bootstrap, statistics).intervals(bootstrap);
    }

    /** Each measure here minus the one of the same name there, both on the same resamples of rows. */
    public Map<String, Interval> differences(MetricSet other, Bootstrap bootstrap) {
        return compare(other, bootstrap).difference();
    }

    /**
     * @param own
     *            intervals of one set
     * @param other
     *            of the other
     * @param difference
     *            of the first minus the second, for the measures that both have
     */
    public record Comparison(Map<String, Interval> own, Map<String, Interval> other, Map<String, Interval> difference) {
    }

    /** Intervals of both sets and of their differences, all over the same resamples, in one pass. */
    public Comparison compare(MetricSet other, Bootstrap bootstrap) {
        if (other.rows != rows) {
            throw new IllegalArgumentException(rows + " rows against " + other.rows);
        }
        Draws mine = draws(bootstrap, statistics);
        Draws theirs = draws(bootstrap, other.statistics);
        Map<String, Interval> difference = new LinkedHashMap<>();
        mine.values.forEach((name, values) -> {
            double[] there = theirs.values.get(name);
            if (there != null) {
                double[] gaps = new double[values.length];
                Arrays.setAll(gaps, b -> values[b] - there[b]);
                put(difference, name,
                        bootstrap.percentiles(mine.estimates.get(name) - theirs.estimates.get(name), gaps));
            }
        });
        return new Comparison(mine.intervals(bootstrap), theirs.intervals(bootstrap), difference);
    }

    private static void put(Map<String, Interval> all, String name, Interval interval) {
        if (interval != null) {
            all.put(name, interval);
        }
    }

    /** Of the measures that are defined on the rows, by name: the value on the rows, and those on the resamples. */
    private record Draws(Map<String, Double> estimates, Map<String, double[]> values) {
        Map<String, Interval> intervals(Bootstrap bootstrap) {
            Map<String, Interval> intervals = new LinkedHashMap<>();
            values.forEach((name, draws) -> put(intervals, name, bootstrap.percentiles(estimates.get(name), draws)));
            return intervals;
        }
    }

    private Draws draws(Bootstrap bootstrap, Map<String, RowStatistic> all) {
        int[] once = new int[rows];
        Arrays.fill(once, 1);
        Map<String, Double> estimates = new LinkedHashMap<>();
        all.forEach((name, statistic) -> estimates.put(name, statistic.of(once.clone())));
        estimates.values().removeIf(value -> Double.isNaN(value));
        double[][] draws = bootstrap.distribution(
                estimates.keySet().stream().map(all::get).toArray(RowStatistic[]::new));
        Map<String, double[]> values = new LinkedHashMap<>();
        estimates.keySet().forEach(name -> values.put(name, draws[values.size()]));
        return new Draws(estimates, values);
    }

    /** What each row counts. */
    private static double[] times(double[] weight, int[] counts) {
        double[] product = new double[counts.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = weight == null ? counts[i] : weight[i] * counts[i];
        }
        return product;
    }

    private static double mean(double[] loss, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < loss.length; i++) {
            sum += weights[i] * loss[i];
            total += weights[i];
        }
        return sum / total;
    }

    private static Confusion half(double[] probability, boolean[] outcome, double[] weights) {
        return Confusion.at(0.5, probability, outcome, weights);
    }

    private static ConfusionMatrix matrix(int[] predicted, int[] actual, int classes, double[] weights) {
        return ConfusionMatrix.of(predicted, actual, classes, weights);
    }
}
