package org.lanewise.nn.loss;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * The negative log-likelihood of a Gaussian whose mean m and log-variance s the network predicts:
 *
 * <pre>
 * (s + (y - m)<sup>2</sup> exp(-s) + log 2 pi) / 2
 * </pre>
 *
 * With {@code beta} > 0 each element is weighted by exp(beta s), taken as a constant, which keeps the mean from being
 * neglected where the variance is high (beta = 0.5 is usual; Seitzer et al. 2022).
 *
 * <p>The log-variance counts as at least {@code floor}, so that no element can reach infinity. Below the floor its slope is
 * the one at the floor: the head is not stuck there, as it would be behind a clamp.
 *
 * <pre>{@code
 * Variable loss = GaussianNll.standard().apply(mean, logVariance, ages);
 * }</pre>
 */
public final class GaussianNll {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);
    private static final double FLOOR = -20;

    private final double beta;
    private final double floor;

    private GaussianNll(double beta, double floor) {
        this.beta = beta;
        this.floor = floor;
    }

    /** beta = 0, floor = -20. */
    public static GaussianNll standard() {
        return new GaussianNll(0, FLOOR);
    }

    /** With this beta in 0..1. */
    public GaussianNll beta(double beta) {
        if (!(beta >= 0 && beta <= 1)) {
            throw new IllegalArgumentException("GaussianNll: beta must lie in 0..1, got " + beta);
        }
        return new GaussianNll(beta, floor);
    }

    /** With this lower bound of the log-variance. */
    public GaussianNll floor(double floor) {
        if (!Double.isFinite(floor)) throw new IllegalArgumentException("GaussianNll: the floor is " + floor);
        return new GaussianNll(beta, floor);
    }

    /** The mean over the elements; all three have one shape. */
    public Variable apply(Variable mean, Variable logVariance, Tensor target) {
        return apply(mean, logVariance, target, null, Reduction.MEAN);
    }

    /** The same with weights that broadcast to the target's shape (null for none). */
    public Variable apply(Variable mean, Variable logVariance, Tensor target, Tensor weights, Reduction reduction) {
        if (!mean.value().sameShape(logVariance.value())) {
            throw ShapeException.of("GaussianNll", mean.value().shape(), logVariance.value().shape(),
                    "(mean and log-variance) must be equal");
        }
        float[] m = mean.value().toArray();
        float[] logVar = logVariance.value().toArray();
        float[] y = Pointwise.target("GaussianNll", mean, target);
        return Pointwise.reduce("GaussianNll", (i, slope) -> {
            double s = Math.max(logVar[i], floor);
            double precision = Math.exp(-s);
            double error = (double) m[i] - y[i];
            double factor = beta == 0 ? 1 : Math.exp(beta * s);
            slope[0] = factor * error * precision;
            slope[1] = factor * 0.5 * (1 - error * error * precision);
            return factor * 0.5 * (s + error * error * precision + LOG_2_PI);
        }, weights, reduction, mean, logVariance);
    }
}
