package org.lanewise.nn.loss;

import org.lanewise.autograd.LossReduction;
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
        return apply(mean, logVariance, target, null, LossReduction.MEAN);
    }

    /** The same with weights that broadcast to the target's shape (null for none); a mean divides by the elements. */
    public Variable apply(Variable mean, Variable logVariance, Tensor target, Tensor weights,
            LossReduction reduction) {
        checkShapes(mean, logVariance, target, weights);
        Tensor s = logVariance.value().clamp((float) floor, Float.MAX_VALUE);
        Tensor error = mean.value().sub(target);
        Tensor pull = s.neg().exp().mul_(error);
        Tensor squares = pull.mul(error);
        Tensor loss = s.add(squares).add((float) LOG_2_PI).mul_(0.5f);
        Tensor stretch = squares.neg().add(1f).mul_(0.5f);

        Tensor factor = beta == 0 ? weights : s.mul((float) beta).exp();
        if (beta != 0 && weights != null) factor = factor.mul(weights);
        float share = reduction == LossReduction.MEAN ? 1f / loss.numel() : 1f;
        Tensor value = weigh(loss, factor);
        Tensor reduced = reduction == LossReduction.NONE ? value : value.sum().mul(share);
        return LossRule.record(reduced,
                new Tensor[] {weigh(pull, factor).mul(share), weigh(stretch, factor).mul(share)},
                mean, logVariance);
    }

    private static Tensor weigh(Tensor values, Tensor factor) {
        return factor == null ? values : values.mul(factor);
    }

    private static void checkShapes(Variable mean, Variable logVariance, Tensor target, Tensor weights) {
        Tensor m = mean.value();
        if (!m.sameShape(logVariance.value())) {
            throw ShapeException.of("GaussianNll", m.shape(), logVariance.shape(), "(mean and log-variance) differ");
        }
        if (!m.sameShape(target)) {
            throw ShapeException.of("GaussianNll", m.shape(), target.shape(), "(mean and target) differ");
        }
        if (weights != null) weights.expand(m.shape()); // throws when it does not broadcast
    }
}
