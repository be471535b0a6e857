package org.lanewise.cli.boost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.lanewise.boosting.Binning;
import org.lanewise.boosting.BinnedTable;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Evaluation;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.GradientBoosting;
import org.lanewise.boosting.objective.Link;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.cli.CommandException;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;

/**
 * Fits on some rows of a table and predicts others.
 *
 * @param settings  of the training
 * @param task      what is learnt
 * @param objective what is minimised
 * @param features  the columns to learn from
 * @param label     of every row
 * @param weight    of every row; null for none
 * @param group     of every row; null for none
 */
record Fitting(BoostSettings settings, Task task, Objective objective, Table features, double[] label, double[] weight,
        Object[] group) {
    /** Evaluating on every training row too would cost much of the time on long tables. */
    private static final int CURVE_ROWS = 200_000;

    /** A fitted model and the rows it was fitted on and stopped by. */
    record Fitted(BoostingModel model, int[] train, int[] valid) {}

    /** Refuses, before any work, what the data do not allow. */
    void check() {
        Set<String> names = new HashSet<>(features.names());
        Set<String> constrained = new HashSet<>(settings.monotone().keySet());
        settings.interactions().forEach(constrained::addAll);
        for (String name : constrained) {
            if (!names.contains(name))
                throw CommandException.badInput("a constraint names \"" + name
                        + "\", which is not a feature");
        }
        settings.params(objective, settings.validFraction() > 0);
        objective.bind(target(all()));
    }

    int[] all() {
        int[] rows = new int[label.length];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    private Target target(int[] rows) {
        double[] y = pick(label, rows);
        Target target = task.kind() == Task.Kind.SURVIVAL ? Target.of(Task.survival(y)) : Target.of(y);
        return weight == null ? target : target.withWeights(pick(weight, rows));
    }

    static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    double[] weights(int[] rows) {
        return weight == null ? null : pick(weight, rows);
    }

    double[] labels(int[] rows) {
        return pick(label, rows);
    }

    /** Two parts of the rows, the second of the given share; groups stay whole and classes in proportion. */
    int[][] split(int[] rows, double share, long seed) {
        if (share == 0) return new int[][] {rows, {}};
        int[] strata = task.strata(labels(rows));
        Object[] groups = group == null ? null : Arrays.stream(rows).mapToObj(i -> group[i]).toArray();
        double[] fractions = {1 - share, share};
        List<int[]> parts = groups != null
                ? strata != null
                        ? Split.stratifiedGrouped(strata, groups, seed, fractions)
                        : Split.grouped(groups, seed, fractions)
                : strata != null
                        ? Split.stratified(strata, seed, fractions)
                        : Split.shuffled(rows.length, seed, fractions);
        int[][] split = new int[2][];
        for (int p = 0; p < 2; p++) split[p] = Arrays.stream(parts.get(p)).map(i -> rows[i]).toArray();
        if (split[0].length == 0)
            throw CommandException.badInput("no rows are left to train on; lower testFraction and validFraction");
        return split;
    }

    List<Split.Fold> folds(int k) {
        int[] strata = task.strata(label);
        return group != null
                ? strata != null
                        ? Split.stratifiedGroupedFolds(strata, group, k, settings.seed())
                        : Split.groupedFolds(group, k, settings.seed())
                : strata != null
                        ? Split.stratifiedFolds(strata, k, settings.seed())
                        : Split.folds(label.length, k, settings.seed());
    }

    /** Fits on the rows but a share of them that says when to stop. */
    Fitted fit(int[] rows) {
        int[][] parts = split(rows, settings.validFraction(), settings.seed() + 1);
        boolean stopping = parts[1].length > 0;
        BinnedTable x = new Binning(settings.bins(), 3, 200_000, settings.seed())
                .bin(Features.of(features.take(parts[0])));
        Target y = target(parts[0]);
        List<Evaluation> evaluations = new ArrayList<>();
        if (stopping)
            evaluations.add(Evaluation.on("valid", x.bin(Features.of(features.take(parts[1]))), target(parts[1])));
        if (parts[0].length <= CURVE_ROWS) evaluations.add(Evaluation.on("train", x, y));
        try {
            BoostingModel model = new GradientBoosting(settings.params(objective, stopping)).fit(x, y,
                    evaluations.toArray(Evaluation[]::new));
            return new Fitted(model, parts[0], parts[1]);
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput("settings refused: " + e.getMessage(), e);
        }
    }

    /** Predictions of some rows as metrics want them. */
    double[] predict(BoostingModel model, int[] rows) {
        return predict(model, task, Features.of(features.take(rows)));
    }

    /** Predictions; those of one class against all others are made to sum to 1. */
    static double[] predict(BoostingModel model, Task task, Features x) {
        double[] p = model.predict(x);
        int k = model.scores();
        if (task.kind() == Task.Kind.MULTICLASS && model.link().form() == Link.Form.LOGISTIC) {
            for (int at = 0; at < p.length; at += k) {
                double sum = 0;
                for (int c = 0; c < k; c++) sum += p[at + c];
                for (int c = 0; c < k; c++) p[at + c] /= sum;
            }
        }
        return p;
    }
}
