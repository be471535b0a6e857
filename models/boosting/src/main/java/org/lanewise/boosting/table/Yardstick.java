package org.lanewise.boosting.table;

import java.util.Arrays;
import java.util.Comparator;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.tabular.survival.KaplanMeier;
import org.lanewise.tabular.survival.Survival;

/**
 * What predictions are measured by: the target, and what would be predicted of every row without looking at it.
 *
 * @param target    what is learnt
 * @param objective as of {@link Objective#name}
 * @param constant  mean, shares of classes, 1 for relative hazards, the likeliest time for all; one number, or one for each class;
 *                  empty if not known
 * @param horizon   for relative hazards, when their absolute risk is measured; null if not known
 */
public record Yardstick(TableTarget target, String objective, double[] constant, Horizon horizon) {

    /**
     * A time at which relative hazards become risks: 1 - exp(-hazard ratio).
     *
     * @param time   the median time of the events in training
     * @param hazard cumulative baseline hazard until then, by Breslow (1972)
     * @param risk   by Kaplan and Meier's curve of the training rows
     */
    public record Horizon(double time, double hazard, double risk) {}

    /**
     * Learns from training rows.
     *
     * @param y      labels
     * @param w      weights, or null
     * @param hazard predictions of a Cox model for them; null for others
     */
    static Yardstick of(TableTarget target, Objective objective, double[] y, double[] w, double[] hazard) {
        double[] constant = switch (target.kind()) {
            case SURVIVAL -> new double[] {1};
            case TIME -> new double[] {likeliestTime(objective, y, w)};
            case RANKING -> new double[] {0};
            case MULTICLASS -> means(y, w, target.classes().size());
            case REGRESSION, BINARY -> means(y, w, 1);
        };
        return new Yardstick(target, objective.name(), constant, hazard == null ? null : horizon(y, w, hazard));
    }

    private static double[] means(double[] y, double[] w, int classes) {
        double[] sum = new double[classes];
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            double weight = w == null ? 1 : w[i];
            if (classes > 1) sum[(int) y[i]] += weight;
            else sum[0] += weight * y[i];
            total += weight;
        }
        for (int c = 0; c < sum.length; c++) sum[c] /= total;
        return sum;
    }

    /** By golden sections over the logarithm; the likelihood has one peak. */
    private static double likeliestTime(Objective objective, double[] y, double[] w) {
        Metric likelihood = Metric.defaultFor(objective);
        Target target = Target.of(TableTarget.survival(y));
        Target weighted = w == null ? target : target.withWeights(w);
        double low = Math.log(Arrays.stream(y).map(Math::abs).min().orElse(1)) - 5;
        double high = Math.log(Arrays.stream(y).map(Math::abs).max().orElse(1)) + 10;
        double golden = (Math.sqrt(5) - 1) / 2;
        double[] same = new double[y.length];
        for (int i = 0; i < 60; i++) {
            double a = high - golden * (high - low);
            double b = low + golden * (high - low);
            Arrays.fill(same, Math.exp(a));
            double atA = likelihood.of(same, weighted);
            Arrays.fill(same, Math.exp(b));
            if (atA < likelihood.of(same, weighted)) high = b;
            else low = a;
        }
        return Math.exp((low + high) / 2);
    }

    private static Horizon horizon(double[] y, double[] w, double[] hazard) {
        double[] events = Arrays.stream(y).filter(t -> t > 0).sorted().toArray();
        if (events.length == 0) return null;
        double time = events[events.length / 2];
        Integer[] order = new Integer[y.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -Math.abs(y[i])));
        double atRisk = 0;
        double sum = 0;
        for (int from = 0, to; from < order.length; from = to) {
            double t = Math.abs(y[order[from]]);
            double happened = 0;
            for (to = from; to < order.length && Math.abs(y[order[to]]) == t; to++) {
                double weight = w == null ? 1 : w[order[to]];
                atRisk += weight * hazard[order[to]];
                happened += y[order[to]] > 0 ? weight : 0;
            }
            if (t <= time && happened > 0) sum += happened / atRisk;
        }
        Survival data = TableTarget.survival(y);
        return new Horizon(time, sum, 1 - KaplanMeier.of(data, w).at(time));
    }

    /** The same with the truth in another column. */
    public Yardstick in(String column) {
        return new Yardstick(target.in(column), objective, constant, horizon);
    }

    /** The same, or with the constant of these labels if none is known. */
    public Yardstick orOf(double[] y, double[] w) {
        return constant.length > 0
                ? this
                : of(target, target.objective(objective), y, w, null);
    }

    /** What the baseline is, in words. */
    public String baselineName() {
        return switch (target.kind()) {
            case REGRESSION -> "mean of the training rows";
            case SURVIVAL -> "one risk for all (Kaplan-Meier)";
            case TIME -> "one time for all";
            case RANKING -> "random order";
            case BINARY, MULTICLASS -> "shares of the training rows";
        };
    }
}
