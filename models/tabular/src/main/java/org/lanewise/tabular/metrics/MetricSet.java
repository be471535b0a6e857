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
        Checks.sameLength(predicted, actual);
        Checks.weights(weight, actual.length);
        return new MetricSet(actual.length, new LinkedHashMap<>())
                .with("rmse", counts -> RegressionLosses.rootMeanSquaredError(predicted, actual, times(weight, counts)))
                .with("mae", counts -> RegressionLosses.meanAbsoluteError(predicted, actual, times(weight, counts)))
                .with("r2", counts -> RegressionLosses.r2Score(predicted, actual, times(weight, counts)))
                .with("mape", counts -> RegressionLosses.meanAbsolutePercentageError(predicted, actual,
                        times(weight, counts)));
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
        return named(bootstrap, statistics);
    }

    /** Each measure here minus the one of the same name there, both on the same resamples of rows. */
    public Map<String, Interval> differences(MetricSet other, Bootstrap bootstrap) {
        if (other.rows != rows) {
            throw new IllegalArgumentException(rows + " rows against " + other.rows);
        }
        Map<String, RowStatistic> both = new LinkedHashMap<>();
        statistics.forEach((name, mine) -> {
            RowStatistic theirs = other.statistics.get(name);
            if (theirs != null) {
                both.put(name, counts -> mine.of(counts) - theirs.of(counts));
            }
        });
        return named(bootstrap, both);
    }

    private Map<String, Interval> named(Bootstrap bootstrap, Map<String, RowStatistic> all) {
        int[] once = new int[rows];
        Arrays.fill(once, 1);
        Map<String, RowStatistic> defined = new LinkedHashMap<>(all);
        defined.values().removeIf(statistic -> Double.isNaN(statistic.of(once)));
        double[][] draws = bootstrap.distribution(defined.values().toArray(RowStatistic[]::new));
        Map<String, Interval> named = new LinkedHashMap<>();
        int next = 0;
        for (Map.Entry<String, RowStatistic> measure : defined.entrySet()) {
            Interval interval = bootstrap.percentiles(measure.getValue().of(once.clone()), draws[next++]);
            if (interval != null) {
                named.put(measure.getKey(), interval);
            }
        }
        return named;
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
