package org.lanewise.linear;

import java.util.Arrays;
import java.util.Objects;
import org.lanewise.tabular.survival.Survival;

/**
 * What an elastic net is fitted to: the target of each row, with weights and offsets if there are any.
 *
 * <pre>{@code
 * Response.of(y).withWeights(w)
 * Response.survival(outcome)
 * }</pre>
 *
 * @param y
 *            one for each row; for survival the times
 * @param weights
 *            not negative, or {@code null} for ones; only their ratios matter. A row of weight 0 takes no part
 * @param offset
 *            added to the linear predictor, or {@code null} for zeros
 * @param survival
 *            times and events, or {@code null}
 * @param risk
 *            strata and entry times that go with survival, or {@code null}
 */
public record Response(double[] y, double[] weights, double[] offset, Survival survival, SurvivalRows risk) {
    /** Checks; the arrays are kept, not copied. */
    public Response {
        Weights.checkTarget(y, y.length);
        Weights.check(weights, y.length);
        if (offset != null && offset.length != y.length) {
            throw new IllegalArgumentException(offset.length + " offsets for " + y.length + " rows");
        }
        for (int i = 0; offset != null && i < y.length; i++) {
            if (!Double.isFinite(offset[i])) {
                throw new IllegalArgumentException("the offset of row " + (i + 1) + " is " + offset[i]);
            }
        }
        if (survival != null) {
            SurvivalRows rows = risk == null ? SurvivalRows.none() : risk;
            risk = weights == null ? rows : rows.withWeights(weights);
        }
    }

    public static Response of(double... y) {
        return new Response(y, null, null, null, null);
    }

    public static Response survival(Survival outcome) {
        return survival(outcome, SurvivalRows.none());
    }

    /** With case weights, strata and entry times. */
    public static Response survival(Survival outcome, SurvivalRows rows) {
        return new Response(outcome.times(), rows.weights(), null, outcome, rows);
    }

    public Response withWeights(double... changed) {
        return new Response(y, Objects.requireNonNull(changed), offset, survival, risk);
    }

    public Response withOffset(double... changed) {
        return new Response(y, weights, Objects.requireNonNull(changed), survival, risk);
    }

    public int rows() {
        return y.length;
    }

    /** The same rows with weight 0 for those named, so that they take no part. */
    public Response without(int... rows) {
        double[] kept = Weights.onesIfNull(weights, y.length);
        for (int i : rows) {
            kept[i] = 0;
        }
        return withWeights(kept);
    }

    double weight(int i) {
        return weights == null ? 1 : weights[i];
    }

    double offset(int i) {
        return offset == null ? 0 : offset[i];
    }

    /** All of them, a copy. */
    double[] offsets() {
        return offset == null ? new double[y.length] : offset.clone();
    }

    /** Weights that sum to 1. */
    double[] shares() {
        double[] v = Weights.onesIfNull(weights, y.length);
        double total = Arrays.stream(v).sum();
        boolean equal = Weights.equal(v);
        for (int i = 0; i < v.length; i++) {
            v[i] = equal ? 1.0 / v.length : v[i] / total;
        }
        return v;
    }
}
