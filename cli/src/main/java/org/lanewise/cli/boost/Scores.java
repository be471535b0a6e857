package org.lanewise.cli.boost;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.tabular.metrics.Bootstrap;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.metrics.MetricSet;
import org.lanewise.tabular.survival.SurvivalMetrics;

/**
 * How good predictions are, beside predicting the same for every row: the mean, or the classes' shares, of the training rows.
 *
 * @param task       what is learnt
 * @param prediction rows, or rows x classes, row after row
 * @param label      the truth
 * @param constant   the baseline's prediction: one number, or one for each class
 */
record Scores(Task task, double[] prediction, double[] label, double[] constant) {
    private static final int REPLICATES = 400;

    /** The mean or the shares of training labels. */
    static double[] constant(Task task, double[] label, double[] weight) {
        if (task.kind() == Task.Kind.SURVIVAL) return new double[] {1};
        double[] sum = new double[task.kind() == Task.Kind.MULTICLASS ? task.classes().size() : 1];
        double total = 0;
        for (int i = 0; i < label.length; i++) {
            double w = weight == null ? 1 : weight[i];
            if (task.kind() == Task.Kind.MULTICLASS) sum[(int) label[i]] += w;
            else sum[0] += w * label[i];
            total += w;
        }
        for (int c = 0; c < sum.length; c++) sum[c] /= total;
        return sum;
    }

    static String baselineName(Task task) {
        return switch (task.kind()) {
            case REGRESSION -> "mean of the training rows";
            case SURVIVAL -> "one risk for all";
            default -> "shares of the training rows";
        };
    }

    private MetricSet set(double[] p) {
        return switch (task.kind()) {
            case REGRESSION -> MetricSet.regression(p, label);
            case SURVIVAL -> SurvivalMetrics.of(Task.survival(label), p);
            case BINARY -> {
                boolean[] positive = new boolean[label.length];
                for (int i = 0; i < label.length; i++) positive[i] = label[i] == 1;
                yield MetricSet.binary(p, positive);
            }
            case MULTICLASS -> MetricSet.multiclass(p, task.classes().size(), task.strata(label));
        };
    }

    private double[] repeated() {
        double[] all = new double[prediction.length];
        for (int i = 0; i < all.length; i++) all[i] = constant[i % constant.length];
        return all;
    }

    /** The figures by name, with the number of rows. */
    Map<String, Object> figures() {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("n", label.length);
        block.putAll(set(prediction).values());
        return block;
    }

    /** The same of the baseline. */
    Map<String, Double> baseline() {
        return set(repeated()).values();
    }

    /** 95 % intervals of the figures, {@code [low, high]} by name. */
    Map<String, Object> intervals(long seed) {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Interval> found = set(prediction)
                .intervals(Bootstrap.rows(label.length).withReplicates(REPLICATES).withSeed(seed));
        found.forEach((name, i) -> all.put(name, Arrays.asList(i.lower(), i.upper())));
        return all;
    }

    /** The figures that matter most, for tables. */
    static String[] shown(Task task) {
        return switch (task.kind()) {
            case REGRESSION -> new String[] {"rmse", "mae", "r2"};
            case SURVIVAL -> new String[] {"c_index"};
            case BINARY -> new String[] {"roc_auc", "pr_auc", "log_loss", "brier"};
            case MULTICLASS -> new String[] {"accuracy", "macro_f1", "log_loss", "roc_auc_ovr"};
        };
    }
}
