package org.lanewise.linear.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.linear.Family;
import org.lanewise.linear.Response;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.metrics.Bootstrap;
import org.lanewise.tabular.metrics.MetricSet;
import org.lanewise.tabular.metrics.RegressionLosses;
import org.lanewise.tabular.survival.SurvivalMetrics;

/**
 * How good predictions are, beside those of a model without predictors: mean, share of the classes, rate. Rows count by their weights if
 * the model has a column of them and the table too.
 *
 * <pre>{@code
 * LinearMetrics test = LinearMetrics.of(table, model.predict(table).means(), model);
 * JsonFiles.write(file, test.tree(400, seed));
 * }</pre>
 */
public final class LinearMetrics {
    private final TableTarget target;
    private final MetricSet own;
    private final MetricSet baseline;
    private final Bootstrap bootstrap;

    private LinearMetrics(TableTarget target, double[][] means, double[][] base, Object[] groups) {
        this.target = target;
        own = measures(target, means);
        baseline = measures(target, base);
        bootstrap = groups == null ? Bootstrap.rows(target.response().rows()) : Bootstrap.groups(groups);
    }

    /**
     * @param table
     *            with the target
     * @param means
     *            predictions for it
     */
    public static LinearMetrics of(Table table, double[][] means, TableModel model) {
        TableTarget target = read(table, model);
        double[][] base = new double[means.length][table.rows()];
        for (int k = 0; k < base.length; k++) {
            Arrays.fill(base[k], model.baseline()[k]);
        }
        String group = model.roles().group();
        return new LinearMetrics(target, means,
                Offsets.shift(target.family(), base, target.response().offset()),
                group != null && table.has(group) && table.column(group).missingCount() == 0
                        ? table.texts(group)
                        : null);
    }

    private static TableTarget read(Table table, TableModel model) {
        ColumnRoles roles = model.roles();
        boolean weighted = roles.weight() != null && table.has(roles.weight());
        return TableTarget.read(table, weighted ? roles : roles.withWeight(null), model.model().family(),
                model.classes());
    }

    /** The target of a table as the model sees it: the places of classes among those of the model, or numbers, with weights. */
    public static Response response(Table table, TableModel model) {
        return read(table, model).response();
    }

    /** {@code n}, whether rows are {@code weighted}, the measures, and under {@code baseline} the same without predictors. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("n", target.response().rows());
        tree.put("weighted", target.response().weights() != null);
        tree.putAll(own.values());
        tree.put("baseline", new LinkedHashMap<>(baseline.values()));
        return tree;
    }

    /**
     * With 95 % intervals under {@code intervals}, {@code [low, high]} for each measure: of the model, of the baseline, and under
     * {@code gain} of the model's measure less the baseline's. Groups, where there are any, are resampled as a whole.
     */
    public Map<String, Object> tree(int replicates, long seed) {
        Bootstrap resamples = bootstrap.withReplicates(replicates).withSeed(seed);
        Map<String, Object> tree = tree();
        @SuppressWarnings("unchecked") // made by tree()
        Map<String, Object> base = (Map<String, Object>) tree.remove("baseline");
        MetricSet.Comparison both = own.compare(baseline, resamples);
        tree.put("intervals", ends(both.own()));
        base.put("intervals", ends(both.other()));
        tree.put("baseline", base);
        tree.put("gain", ends(both.difference()));
        return tree;
    }

    private static Map<String, Object> ends(Map<String, org.lanewise.tabular.metrics.Interval> intervals) {
        Map<String, Object> ends = new LinkedHashMap<>();
        intervals.forEach((name, i) -> ends.put(name, List.of(i.lower(), i.upper())));
        return ends;
    }

    private static MetricSet measures(TableTarget target, double[][] means) {
        Response response = target.response();
        double[] y = response.y();
        double[] w = response.weights();
        return switch (target.family()) {
            case Family.Cox _ -> SurvivalMetrics.weighted(response.survival(), means[0], w);
            case Family.Binomial _ -> MetricSet.binary(means[0], positive(y), w);
            case Family.Multinomial m -> MetricSet.multiclass(byRow(means), m.classes(),
                    Arrays.stream(y).mapToInt(v -> (int) v).toArray(), w);
            case Family.Poisson _ -> MetricSet.regression(means[0], y, w).with("poisson_deviance",
                    counts -> RegressionLosses.meanPoissonDeviance(means[0], y, times(w, counts)));
            case Family.Gaussian _,Family.Huber _ -> MetricSet.regression(means[0], y, w);
        };
    }

    private static double[] times(double[] weights, int[] counts) {
        double[] product = new double[counts.length];
        Arrays.setAll(product, i -> weights == null ? counts[i] : weights[i] * counts[i]);
        return product;
    }

    private static boolean[] positive(double[] y) {
        boolean[] positive = new boolean[y.length];
        for (int i = 0; i < y.length; i++) {
            positive[i] = y[i] == 1;
        }
        return positive;
    }

    private static double[] byRow(double[][] means) {
        double[] byRow = new double[means.length * means[0].length];
        for (int i = 0; i < means[0].length; i++) {
            for (int k = 0; k < means.length; k++) {
                byRow[i * means.length + k] = means[k][i];
            }
        }
        return byRow;
    }

    /** The measure that leads a table, by family. */
    public static String first(Family family) {
        return shown(family).getFirst();
    }

    /** Names of the measures worth showing. */
    public static List<String> shown(Family family) {
        return switch (family) {
            case Family.Cox _ -> List.of("c_index");
            case Family.Binomial _ -> List.of("roc_auc", "pr_auc", "log_loss", "brier");
            case Family.Multinomial _ -> List.of("log_loss", "accuracy", "macro_f1", "roc_auc_ovr");
            case Family.Poisson _ -> List.of("poisson_deviance", "rmse", "mae");
            case Family.Gaussian _,Family.Huber _ -> List.of("rmse", "mae", "r2");
        };
    }
}
