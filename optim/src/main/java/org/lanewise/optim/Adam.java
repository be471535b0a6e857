package org.lanewise.optim;

import java.util.List;
import org.lanewise.engine.kernels.Kernels;

/**
 * Adam (Kingma and Ba 2015): {@code m = b1 m + (1 - b1) g}, {@code v = b2 v + (1 - b2) g^2},
 * {@code p -= rate / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + eps)}. Weight decay is added to the gradient (L2 penalty); for the
 * decoupled form see {@link AdamW}.
 */
public final class Adam extends Optimizer {

    private final AdamMoments moments;

    /** With {@code b1 = 0.9}, {@code b2 = 0.999}, {@code eps = 1e-8}. */
    public Adam(List<ParamGroup> groups, float learningRate) {
        this(groups, learningRate, 0.9f, 0.999f, 1e-8f);
    }

    /**
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, > 0
     */
    public Adam(List<ParamGroup> groups, float learningRate, float beta1, float beta2, float epsilon) {
        super(groups, learningRate, AdamMoments.STATE);
        moments = new AdamMoments(beta1, beta2, epsilon, true);
    }

    @Override
    protected void update(Kernels kernels, Range range, long t) {
        moments.update(kernels, range, t);
    }
}
