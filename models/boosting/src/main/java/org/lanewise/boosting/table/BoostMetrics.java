package org.lanewise.boosting.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.metrics.Bootstrap;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.metrics.MetricSet;
import org.lanewise.tabular.metrics.Ranking;
import org.lanewise.tabular.metrics.RegressionLosses;
import org.lanewise.tabular.survival.CensoringWeights;
import org.lanewise.tabular.survival.Survival;
import org.lanewise.tabular.survival.SurvivalMetrics;

/**
 * How good predictions are, beside predicting the same for every row. Rows count by their weights, except in
 * ranking.
 *
 * @param yardstick  what is learnt, and the baseline
 * @param prediction rows, or rows x classes, row after row
 * @param label      the truth
 * @param weight     of the rows; null for none
 * @param group      of the rows: drawn together by the bootstrap, for ranking the queries; null for none
 */
public record BoostMetrics(Yardstick yardstick, double[] prediction, double[] label, double[] weight, Object[] group) {
    private static final int REPLICATES = 400;

    /** What is learnt. */
    public TableTarget target() {
        return yardstick.target();
    }

    /** The sizes of runs of equal groups. */
    static int[] sizes(Object[] group) {
        int[] starts = Ranking.queryStarts(group);
        int[] sizes = new int[starts.length - 1];
        for (int q = 0; q < sizes.length; q++) sizes[q] = starts[q + 1] - starts[q];
        return sizes;
    }

    private MetricSet set(double[] p) {
        return switch (target().kind()) {
            case REGRESSION -> regression(p);
            case SURVIVAL -> brier(SurvivalMetrics.weighted(TableTarget.survival(label), p, weight), p);
            case TIME -> time(p);
            case RANKING -> ranking(p);
            case BINARY -> {
                boolean[] positive = new boolean[label.length];
                for (int i = 0; i < label.length; i++) positive[i] = label[i] == 1;
                yield MetricSet.binary(p, positive, weight);
            }
            case MULTICLASS ->
                MetricSet.multiclass(p, target().classes().size(), target().strata(label), weight);
        };
    }

    private double[] counted(int[] counts) {
        double[] w = new double[counts.length];
        for (int i = 0; i < w.length; i++) w[i] = weight == null ? counts[i] : counts[i] * weight[i];
        return w;
    }

    private MetricSet regression(double[] p) {
        MetricSet set = MetricSet.regression(p, label, weight);
        return switch (yardstick.objective().split(" ")[0]) {
            case "poisson" -> set.with("poisson_deviance",
                    counts -> RegressionLosses.meanPoissonDeviance(p, label, counted(counts)));
            case "gamma" -> set.with("gamma_deviance",
                    counts -> RegressionLosses.meanGammaDeviance(p, label, counted(counts)));
            default -> set;
        };
    }

    /** The Brier score at the horizon, weighted against censoring (Graf et al. 1999). */
    private MetricSet brier(MetricSet set, double[] p) {
        Yardstick.Horizon horizon = yardstick.horizon();
        if (horizon == null) return set;
        Survival data = TableTarget.survival(label);
        if (data.censoredAt(horizon.time()).eventCount() == 0) return set;
        double[] w;
        try {
            w = CensoringWeights.at(data, horizon.time());
        } catch (IllegalArgumentException e) {
            return set; // nobody was observed for so long
        }
        double[] loss = new double[label.length];
        for (int i = 0; i < loss.length; i++) {
            double risk = Double.isNaN(p[i]) ? horizon.risk() : 1 - Math.exp(-horizon.hazard() * p[i]);
            boolean happened = label[i] > 0 && label[i] <= horizon.time();
            loss[i] = w[i] * ((happened ? 1 : 0) - risk) * ((happened ? 1 : 0) - risk);
        }
        return set.with(brierName(horizon), counts -> {
            double sum = 0;
            double total = 0;
            double[] all = counted(counts);
            for (int i = 0; i < loss.length; i++) {
                sum += all[i] * loss[i];
                total += all[i];
            }
            return sum / total;
        });
    }

    private static String brierName(Yardstick.Horizon horizon) {
        return String.format(Locale.ROOT, "brier@%.4g", horizon.time());
    }

    private MetricSet time(double[] p) {
        double[] sooner = Arrays.stream(p).map(t -> -t).toArray();
        Metric likelihood = Metric.defaultFor(Objective.parse(yardstick.objective()));
        Target y = Target.of(TableTarget.survival(label));
        return SurvivalMetrics.weighted(TableTarget.survival(label), sooner, weight).with("nloglik",
                counts -> likelihood.of(p, y.withWeights(counted(counts))));
    }

    private MetricSet ranking(double[] p) {
        if (group == null) throw new IllegalStateException("ranking is measured by query");
        int n = label.length;
        Map<Object, Integer> first = new LinkedHashMap<>();
        for (Object g : group) first.putIfAbsent(g, first.size());
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Integer.compare(first.get(group[a]), first.get(group[b])));
        double[] score = new double[n];
        double[] relevance = new double[n];
        Object[] query = new Object[n];
        for (int i = 0; i < n; i++) {
            score[i] = p[order[i]];
            relevance[i] = label[order[i]];
            query[i] = group[order[i]];
        }
        return MetricSet.ranking(score, relevance, Ranking.queryStarts(query), 5, 10);
    }

    /** What the baseline predicts; of relative hazards NaN stands for the risk of Kaplan and Meier's curve. */
    private MetricSet baselineSet() {
        double[] all = new double[prediction.length];
        double[] constant = yardstick.constant();
        for (int i = 0; i < all.length; i++) all[i] = constant[i % constant.length];
        if (target().kind() == TableTarget.Kind.RANKING) {
            Rng rng = Rng.of(0).stream("random order");
            for (int i = 0; i < all.length; i++) all[i] = rng.nextDouble();
        }
        if (target().kind() != TableTarget.Kind.SURVIVAL) return set(all);
        double[] unknown = new double[all.length];
        Arrays.fill(unknown, Double.NaN);
        return brier(SurvivalMetrics.weighted(TableTarget.survival(label), all, weight), unknown);
    }

    private Bootstrap bootstrap(MetricSet set, long seed) {
        boolean grouped = group != null && target().kind() != TableTarget.Kind.RANKING;
        return (grouped ? Bootstrap.groups(group) : Bootstrap.rows(set.rows())).withReplicates(REPLICATES)
                .withSeed(seed);
    }

    /**
     * What {@code metrics.json} holds of a part: {@code n}, whether rows are {@code weighted}, the figures, and {@code baseline}.
     * If wanted, with 95 % intervals by bootstrap, {@code [low, high]}: {@code intervals} of the figures, and {@code gain} of
     * ours less the baseline's on the same resamples.
     */
    public Map<String, Object> block(boolean intervals, long seed) {
        Map<String, Object> block = new LinkedHashMap<>();
        MetricSet mine = set(prediction);
        MetricSet base = baselineSet();
        block.put("n", label.length);
        block.put("weighted", weight != null);
        block.putAll(mine.values());
        Map<String, Object> beside = new LinkedHashMap<>(base.values());
        block.put("baseline", beside);
        if (!intervals) return block;
        Bootstrap bootstrap = bootstrap(mine, seed);
        block.put("intervals", ends(mine.intervals(bootstrap)));
        beside.put("intervals", ends(base.intervals(bootstrap)));
        block.put("gain", ends(mine.differences(base, bootstrap)));
        return block;
    }

    /** Figures of other predictions of the same rows, and the interval of the {@code gain} of ours over them. */
    public Map<String, Object> against(double[] other, long seed) {
        MetricSet theirs = set(other);
        Map<String, Object> block = new LinkedHashMap<>(theirs.values());
        block.put("gain", ends(set(prediction).differences(theirs, bootstrap(theirs, seed))));
        return block;
    }

    private static Map<String, Object> ends(Map<String, Interval> intervals) {
        Map<String, Object> all = new LinkedHashMap<>();
        intervals.forEach((name, i) -> all.put(name, List.of(i.lower(), i.upper())));
        return all;
    }

    /** The figures that matter most, for tables. */
    public List<String> shown() {
        return switch (target().kind()) {
            case REGRESSION -> switch (yardstick.objective().split(" ")[0]) {
                case "poisson" -> List.of("poisson_deviance", "rmse", "mae", "r2");
                case "gamma" -> List.of("gamma_deviance", "rmse", "mae", "r2");
                default -> List.of("rmse", "mae", "r2");
            };
            case SURVIVAL -> {
                List<String> shown = new ArrayList<>(List.of("c_index"));
                if (yardstick.horizon() != null) shown.add(brierName(yardstick.horizon()));
                yield shown;
            }
            case TIME -> List.of("c_index", "nloglik");
            case RANKING -> List.of("ndcg@5", "ndcg@10", "map@10", "mrr");
            case BINARY -> List.of("roc_auc", "pr_auc", "log_loss", "brier");
            case MULTICLASS -> List.of("accuracy", "macro_f1", "log_loss", "roc_auc_ovr");
        };
    }
}
