package org.lanewise.boosting.objective;

/** How good predictions are: one number. Stateless. */
public interface Metric {

    /** Short, lower-case, e.g. {@code "auc"}; names the metric in histories. */
    String name();

    boolean higherIsBetter();

    /**
     * @param prediction after the link: rows, or rows x classes, row after row
     * @param target     of the same rows
     */
    double of(double[] prediction, Target target);

    /** The metric an objective is usually watched by. */
    static Metric defaultFor(Objective objective) {
        return Metrics.defaultFor(objective);
    }

    /**
     * A metric by name: rmse, mae, logloss, auc, multi_logloss, multi_error, ...
     *
     * @throws IllegalArgumentException naming what is known
     */
    static Metric parse(String name) {
        return Metrics.parse(name);
    }

    static Metric rmse() {
        return Metrics.parse("rmse");
    }

    static Metric logLoss() {
        return Metrics.parse("logloss");
    }

    static Metric auc() {
        return Metrics.parse("auc");
    }
}
