package org.lanewise.optim;

import java.util.List;
import org.lanewise.engine.kernels.Kernels;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019): {@code p -= rate decay p} beside the step of {@link Adam}, so
 * that the decay is not divided by the gradient's scale.
 */
public final class AdamW extends Optimizer {

    private final AdamMoments moments;

    /** With {@code b1 = 0.9}, {@code b2 = 0.999}, {@code eps = 1e-8}. */
    public AdamW(List<ParamGroup> groups, float learningRate) {
        this(groups, learningRate, 0.9f, 0.999f, 1e-8f);
    }

    /**
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, > 0
     */
    public AdamW(List<ParamGroup> groups, float learningRate, float beta1, float beta2, float epsilon) {
        super(groups, learningRate, AdamMoments.STATE);
        moments = new AdamMoments(beta1, beta2, epsilon, false);
    }

    /**
     * How far the last step moved each element of a parameter per unit of its mean gradient, {@code rate / (sqrt(v_hat) +
     * epsilon)}: the lengths that a proximal step after this one must use.
     *
     * @throws IllegalArgumentException if this optimiser has no such parameter
     */
    public double[] stepLengths(String parameter) {
        return moments.stepLengths(state(parameter)[1], rate(parameter), steps());
    }

    @Override
    protected void update(Kernels kernels, Range range, long t) {
        moments.update(kernels, range, t);
    }
}
