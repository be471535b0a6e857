package org.lanewise.boosting.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** The built-in metrics. */
final class Metrics {
    private static final Map<String, Metric> BY_NAME = new LinkedHashMap<>();

    static {
        add("rmse", false, (p, y) -> Math.sqrt(mean(p, y, (f, t) -> (f - t) * (f - t))));
        add("l2", false, (p, y) -> mean(p, y, (f, t) -> (f - t) * (f - t)));
        add("mae", false, (p, y) -> mean(p, y, (f, t) -> Math.abs(f - t)));
        add("mape", false, (p, y) -> mean(p, y, (f, t) -> Math.abs(f - t) / Math.max(1, Math.abs(t))));
        add("logloss", false, (p, y) -> mean(p, y, Metrics::crossEntropy));
        add("error", false, (p, y) -> mean(p, y, (f, t) -> f > 0.5 == t > 0.5 ? 0 : 1));
        add("auc", true, Ranking::auc);
        add("ndcg@5", true, (p, y) -> Ranking.ndcg(p, y, 5));
        add("ndcg@10", true, (p, y) -> Ranking.ndcg(p, y, 10));
        add("concordance", true, Ranking::concordance);
        add("cox", false, Metrics::partialLikelihood);
        add("multi_logloss", false, (p, y) -> classes(p, y, true));
        add("multi_error", false, (p, y) -> classes(p, y, false));
        add("poisson", false, (p, y) -> mean(p, y, (f, t) -> f - t * StrictMath.log(Math.max(f, 1e-10))));
        add("gamma", false, (p, y) -> mean(p, y, (f, t) -> t / f + StrictMath.log(f)));
        add("gamma_deviance", false,
                (p, y) -> 2 * mean(p, y, (f, t) -> t / f - StrictMath.log(Math.max(t, 1e-10) / f) - 1));
    }

    private Metrics() {}

    static Metric parse(String name) {
        Metric metric = BY_NAME.get(name);
        if (metric == null)
            throw new IllegalArgumentException(
                    "no metric '" + name + "'; there are " + String.join(", ", BY_NAME.keySet()));
        return metric;
    }

    static Metric defaultFor(Objective objective) {
        if (objective instanceof AcceleratedFailureTime aft) return aft.likelihood();
        List<String> words = new ArrayList<>(List.of(objective.name().split(" ")));
        return parse(switch (words.getFirst()) {
            case "binary", "cross_entropy" -> "logloss";
            case "multiclass", "multiclassova" -> "multi_logloss";
            case "poisson" -> "poisson";
            case "gamma" -> "gamma";
            case "regression_l1", "quantile" -> "mae";
            case "tweedie" -> "poisson";
            case "lambdarank" -> "ndcg@10";
            case "cox" -> "cox";
            default -> "rmse";
        });
    }

    private static void add(String name, boolean higherIsBetter, ToDoubleBiFunction<double[], Target> f) {
        BY_NAME.put(name, new Named(name, higherIsBetter, f));
    }

    private record Named(String name, boolean higherIsBetter,
            ToDoubleBiFunction<double[], Target> f) implements Metric {
        @Override
        public double of(double[] prediction, Target target) {
            return f.applyAsDouble(prediction, target);
        }
    }

    /** The loss of one prediction. */
    private interface RowLoss {
        double of(double prediction, double label);
    }

    private static double mean(double[] p, Target y, RowLoss loss) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < y.rows(); i++) {
            sum += y.weight(i) * loss.of(p[i], y.label(i));
            total += y.weight(i);
        }
        return sum / total;
    }

    /** Minus the log partial likelihood of hazard ratios per event, Breslow's ties. */
    private static double partialLikelihood(double[] p, Target y) {
        int n = y.rows();
        int[] order = Ranking.ascending(y.labels(), n);
        double atRisk = 0;
        double sum = 0;
        double events = 0;
        for (int to = n; to > 0;) {
            int from = to;
            while (from > 0 && y.label(order[from - 1]) == y.label(order[to - 1])) from--;
            for (int at = from; at < to; at++) atRisk += y.weight(order[at]) * p[order[at]];
            for (int at = from; at < to; at++) {
                int i = order[at];
                if (y.event(i)) {
                    sum -= y.weight(i) * StrictMath.log(p[i] / atRisk);
                    events += y.weight(i);
                }
            }
            to = from;
        }
        return sum / events;
    }

    private static double crossEntropy(double p, double y) {
        double held = Math.max(1e-15, Math.min(1 - 1e-15, p));
        double loss = 0;
        if (y > 0) loss -= y * StrictMath.log(held);
        if (y < 1) loss -= (1 - y) * StrictMath.log1p(-held);
        return loss;
    }

    private static double classes(double[] p, Target y, boolean logLoss) {
        int k = p.length / y.rows();
        double sum = 0;
        double total = 0;
        for (int i = 0; i < y.rows(); i++) {
            double mine = p[i * k + (int) y.label(i)];
            double loss = 0;
            if (logLoss) {
                loss = -StrictMath.log(Math.max(1e-15, mine));
            } else {
                for (int c = 0; c < k; c++)
                    loss = p[i * k + c] > mine || p[i * k + c] == mine && c < (int) y.label(i) ? 1 : loss;
            }
            sum += y.weight(i) * loss;
            total += y.weight(i);
        }
        return sum / total;
    }
}
