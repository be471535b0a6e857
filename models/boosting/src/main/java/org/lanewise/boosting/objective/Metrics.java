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
        List<String> words = new ArrayList<>(List.of(objective.name().split(" ")));
        return parse(switch (words.getFirst()) {
            case "binary", "cross_entropy" -> "logloss";
            case "multiclass", "multiclassova" -> "multi_logloss";
            case "poisson" -> "poisson";
            case "gamma" -> "gamma";
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
