package org.lanewise.linear.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.linear.Family;
import org.lanewise.linear.Response;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.metrics.MetricSet;
import org.lanewise.tabular.metrics.RegressionLosses;
import org.lanewise.tabular.survival.Concordance;

/** How good predictions are, beside those of a model without predictors. */
public final class LinearMetrics {
    private LinearMetrics() {
    }

    /**
     * {@code n}, the measures, and under {@code baseline} the same of the model without predictors: mean, share of the classes, rate.
     *
     * @param table
     *            with the target
     * @param means
     *            predictions for it
     */
    public static Map<String, Object> of(Table table, double[][] means, TableModel model) {
        TableTarget target = TableTarget.read(table, model.roles(), model.model().family(), model.classes());
        double[][] base = new double[means.length][table.rows()];
        for (int k = 0; k < base.length; k++) {
            Arrays.fill(base[k], model.baseline()[k]);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("n", table.rows());
        tree.putAll(measures(target.response(), means, target));
        tree.put("baseline", measures(target.response(), base, target));
        return tree;
    }

    /** The places of a table's classes among those of the model, or its numbers. */
    public static double[] codes(Table table, TableModel model) {
        return TableTarget.read(table, model.roles(), model.model().family(), model.classes()).response().y();
    }

    /** What the model without predictors predicts of every row, by output; 1 for a relative hazard. */
    static double[] baseline(TableTarget seen) {
        double[] y = seen.response().y();
        double[] w = seen.response().weights();
        int outputs = seen.family() instanceof Family.Multinomial m ? m.classes() : 1;
        double[] base = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < y.length; i++) {
                double weight = w == null ? 1 : w[i];
                sum += weight * (outputs == 1 ? y[i] : y[i] == k ? 1 : 0);
                total += weight;
            }
            base[k] = seen.family() instanceof Family.Cox ? 1 : sum / total;
        }
        return base;
    }

    private static Map<String, Double> measures(Response response, double[][] means, TableTarget target) {
        double[] y = response.y();
        int n = y.length;
        return switch (target.family()) {
            case Family.Cox _ -> Map.of("c_index", Concordance.harrell(response.survival(), means[0]).index());
            case Family.Binomial _ -> {
                boolean[] positive = new boolean[n];
                for (int i = 0; i < n; i++) {
                    positive[i] = y[i] == 1;
                }
                yield MetricSet.binary(means[0], positive).values();
            }
            case Family.Multinomial m -> {
                double[] byRow = new double[n * m.classes()];
                int[] actual = new int[n];
                for (int i = 0; i < n; i++) {
                    actual[i] = (int) y[i];
                    for (int k = 0; k < m.classes(); k++) {
                        byRow[i * m.classes() + k] = means[k][i];
                    }
                }
                yield MetricSet.multiclass(byRow, m.classes(), actual).values();
            }
            case Family.Poisson _ -> {
                Map<String, Double> values = new LinkedHashMap<>(MetricSet.regression(means[0], y).values());
                values.put("poisson_deviance", RegressionLosses.meanPoissonDeviance(means[0], y, null));
                yield values;
            }
            case Family.Gaussian _,Family.Huber _ -> MetricSet.regression(means[0], y).values();
        };
    }

    /** The measure that leads a table, by family. */
    public static String first(Family family) {
        return switch (family) {
            case Family.Cox _ -> "c_index";
            case Family.Binomial _ -> "roc_auc";
            case Family.Multinomial _ -> "log_loss";
            case Family.Poisson _ -> "poisson_deviance";
            case Family.Gaussian _,Family.Huber _ -> "rmse";
        };
    }

    /** Names of the measures worth showing. */
    public static List<String> shown(Family family) {
        return switch (family) {
            case Family.Cox _ -> List.of("c_index");
            case Family.Binomial _ -> List.of("roc_auc", "pr_auc", "log_loss", "brier");
            case Family.Multinomial _ -> List.of("log_loss", "accuracy", "macro_f1");
            case Family.Poisson _ -> List.of("poisson_deviance", "rmse", "mae");
            case Family.Gaussian _,Family.Huber _ -> List.of("rmse", "mae", "r2");
        };
    }
}
