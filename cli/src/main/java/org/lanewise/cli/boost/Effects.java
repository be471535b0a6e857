package org.lanewise.cli.boost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.boosting.shap.TreeShap;
import org.lanewise.boosting.table.TableModel;
import org.lanewise.boosting.table.TableTarget;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.Table;

/**
 * What features do together, and what the model loses without them.
 */
final class Effects {
    /** Interactions take the square of a tree's depth for every leaf and row. */
    private static final int INTERACTION_ROWS = 200;
    private static final int MOST_FEATURES = 1000;
    private static final int PERMUTATION_ROWS = 5000;
    private static final int SHUFFLES = 5;
    private static final int SHOWN = 15;

    private Effects() {}

    /** Two features and the mean absolute size of their joint effect on the raw score. */
    record Pair(String first, String second, double effect) {}

    /** The largest interactions of evenly chosen rows; empty if there are too many features. */
    static List<Pair> interactions(TableModel loaded, TableModel.Ready ready) {
        BoostingModel model = loaded.model();
        int features = model.features().size();
        if (features > MOST_FEATURES) return List.of();
        TreeShap shap = TreeShap.of(model);
        Table some = evenly(ready.table(), INTERACTION_ROWS);
        double[] rows = model.rows(loaded.ready(some, some.names(), false).features());
        int n = some.rows();
        int m = features + 1;
        double[][] byRow = new double[n][];
        WorkerPool.current().forEach(n, i -> {
            double[] all = shap.interactions(Arrays.copyOfRange(rows, i * features, (i + 1) * features));
            double[] size = new double[features * features];
            for (int c = 0; c < model.scores(); c++)
                for (int a = 0; a < features; a++)
                    for (int b = a + 1; b < features; b++)
                        size[a * features + b] += Math.abs(2 * all[(c * m + a) * m + b]);
            byRow[i] = size;
        });
        double[] sum = new double[features * features];
        for (double[] row : byRow) for (int p = 0; p < sum.length; p++) sum[p] += row[p];
        List<String> names = model.features().stream().map(FeatureBins::name).toList();
        return IntStream.range(0, sum.length).filter(p -> sum[p] > 0).boxed()
                .sorted(Comparator.comparingDouble(p -> -sum[p])).limit(SHOWN)
                .map(p -> new Pair(names.get(p / features), names.get(p % features),
                        sum[p] / n / model.scores()))
                .toList();
    }

    /**
     * What shuffling one feature costs.
     *
     * @param metric that is lost
     * @param loss   by feature, mean of some shuffles, largest first
     */
    record Permutation(String metric, Map<String, Double> loss) {}

    /** Of evenly chosen rows; null if the table does not hold the truth, or the truth is an order. */
    static Permutation permutation(TableModel loaded, TableModel.Ready ready) {
        TableTarget target = loaded.target();
        Table table = ready.table();
        boolean known = !target.target().isEmpty() && table.has(target.target())
                && (!target.timed() || table.has(target.event()));
        if (!known || target.kind() == TableTarget.Kind.RANKING) return null;
        Table some = evenly(table, PERMUTATION_ROWS);
        double[] labels = target.labels(some);
        Target y = target.timed() ? Target.of(TableTarget.survival(labels)) : Target.of(labels);
        Metric metric = metric(loaded);
        if (metric == null) return null;
        BoostingModel model = loaded.model();
        double[] loss = model.permutationImportance(loaded.ready(some, some.names(), false).features(), y, metric,
                SHUFFLES, 1);
        Map<String, Double> byName = new LinkedHashMap<>();
        IntStream.range(0, loss.length).boxed().sorted(Comparator.comparingDouble(j -> -loss[j]))
                .forEach(j -> byName.put(model.features().get(j).name(), loss[j]));
        return new Permutation(metric.name(), byName);
    }

    /** The usual one of the objective; null for an objective of one's own. */
    private static Metric metric(TableModel loaded) {
        try {
            return Metric.defaultFor(Objective.parse(loaded.model().objective()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Table evenly(Table table, int most) {
        int n = table.rows();
        if (n <= most) return table;
        return table.take(IntStream.range(0, most).map(i -> (int) ((long) i * n / most)).toArray());
    }

    /** For {@code metrics.json}. */
    static List<Map<String, Object>> tree(List<Pair> pairs) {
        List<Map<String, Object>> tree = new ArrayList<>();
        for (Pair pair : pairs) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("first", pair.first);
            entry.put("second", pair.second);
            entry.put("mean_absolute_effect", pair.effect);
            tree.add(entry);
        }
        return tree;
    }
}
