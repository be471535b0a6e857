package org.lanewise.optim;

import java.util.List;
import org.lanewise.engine.kernels.Kernels;

/**
 * Stochastic gradient descent with momentum: {@code v = mu v + g + decay p}, {@code p -= rate v}; with Nesterov's
 * look-ahead {@code p -= rate (g + decay p + mu v)}. The form of Sutskever et al. 2013 as PyTorch writes it.
 */
public final class Sgd extends Optimizer {

    private final float momentum;
    private final boolean nesterov;

    /** Plain descent, without momentum. */
    public Sgd(List<ParamGroup> groups, float learningRate) {
        this(groups, learningRate, 0f, false);
    }

    /** @param momentum {@code mu} in [0, 1); Nesterov's form needs it above 0 */
    public Sgd(List<ParamGroup> groups, float learningRate, float momentum, boolean nesterov) {
        super(groups, learningRate, "momentum_buffer");
        this.momentum = fraction("momentum", momentum);
        if (nesterov && momentum == 0) throw new IllegalArgumentException("Nesterov's form needs momentum above 0");
        this.nesterov = nesterov;
    }

    @Override
    protected void update(Kernels kernels, Range r, long t) {
        kernels.sgdStep(r.value(), r.gradient(), r.state()[0], r.from(), r.count(), r.rate(), momentum,
                r.weightDecay(), nesterov);
    }
}
