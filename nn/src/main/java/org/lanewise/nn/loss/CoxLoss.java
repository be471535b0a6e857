package org.lanewise.nn.loss;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * The negative logarithm of Cox's partial likelihood, for networks that predict log hazards eta:
 *
 * <pre>
 * L = - sum over deaths i of w_i (eta_i - log sum over j with time_j >= time_i of w_j exp(eta_j))
 * </pre>
 *
 * divided by the summed weight of the deaths. That is Breslow's form for tied deaths; Efron's, closer to the truth with many
 * ties, lets the d deaths at one time leave the risk set one after the other, each in equal parts. Subjects are compared
 * only within their stratum. Without a death the loss is 0.
 *
 * <p>Value and gradient are computed in double precision, O(n log n), safe for any finite eta.
 *
 * <pre>{@code
 * CoxLoss cox = CoxLoss.efron();
 * Variable loss = cox.apply(net.forward(x), years, died);
 * }</pre>
 *
 * <p>Sources: Cox 1972; Breslow 1974; Efron 1977; case weights as in R's survival package.
 */
public final class CoxLoss {
    private final boolean efron;
    private final float[] weights;
    private final int[] strata;
    private final boolean perDeath;

    private CoxLoss(boolean efron, float[] weights, int[] strata, boolean perDeath) {
        this.efron = efron;
        this.weights = weights;
        this.strata = strata;
        this.perDeath = perDeath;
    }

    /** Efron's correction for ties. */
    public static CoxLoss efron() {
        return new CoxLoss(true, null, null, true);
    }

    /** Breslow's approximation for ties. */
    public static CoxLoss breslow() {
        return new CoxLoss(false, null, null, true);
    }

    /** With case weights, one per subject, at least 0; not copied. */
    public CoxLoss weights(float[] weights) {
        return new CoxLoss(efron, weights, strata, perDeath);
    }

    /** With strata, one number per subject; not copied. */
    public CoxLoss strata(int[] strata) {
        return new CoxLoss(efron, weights, strata, perDeath);
    }

    /** The plain negative log-likelihood, not divided by the deaths. */
    public CoxLoss sum() {
        return new CoxLoss(efron, weights, strata, false);
    }

    /**
     * The loss, a scalar.
     *
     * @param logHazard {@code [n]} or {@code [n, 1]}
     * @param time of death or censoring, n of them
     * @param event whether the time is that of death
     * @throws ShapeException when lengths differ
     * @throws IllegalArgumentException for a NaN time or a negative or infinite weight
     */
    public Variable apply(Variable logHazard, float[] time, boolean[] event) {
        check(logHazard.value(), time, event);
        float[] values = logHazard.value().toArray();
        double[] eta = new double[values.length];
        for (int i = 0; i < eta.length; i++) eta[i] = values[i];

        CoxRisk risk = new CoxRisk(eta, time, event, weights, strata, efron);
        double scale = !perDeath ? 1 : risk.deaths > 0 ? 1 / risk.deaths : 0;
        float[] slopes = new float[eta.length];
        for (int i = 0; i < slopes.length; i++) slopes[i] = (float) (0 - scale * risk.gradient[i]);
        return LossRule.record(Tensor.scalar((float) (0 - scale * risk.logLikelihood)),
                new Tensor[] {Tensor.of(slopes, logHazard.value().shape())}, logHazard);
    }

    private void check(Tensor logHazard, float[] time, boolean[] event) {
        int n = time.length;
        int rank = logHazard.rank();
        if (rank < 1 || rank > 2 || logHazard.size(0) != n || logHazard.numel() != n) {
            throw ShapeException.of("CoxLoss", logHazard.shape(), "is not [" + n + "] or [" + n
                    + ", 1], one log hazard for each time");
        }
        checkLength("events", event.length, n);
        if (weights != null) checkLength("weights", weights.length, n);
        if (strata != null) checkLength("strata", strata.length, n);
        for (int i = 0; i < n; i++) {
            if (Float.isNaN(time[i])) throw new IllegalArgumentException("CoxLoss: time " + i + " is NaN");
            if (weights != null && !(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("CoxLoss: weight " + i + " is " + weights[i]);
            }
        }
    }

    private static void checkLength(String what, int length, int n) {
        if (length != n) throw new ShapeException("CoxLoss", length + " " + what + " for " + n + " times");
    }
}
