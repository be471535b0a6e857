package org.lanewise.optim;

import java.util.List;
import org.lanewise.engine.kernels.Kernels;

/**
 * RMSProp (Hinton 2012): {@code s = a s + (1 - a) g^2}, {@code v = mu v + g / (sqrt(s) + eps)}, {@code p -= rate v}, with the
 * decay added to {@code g}.
 */
public final class RmsProp extends Optimizer {

    private final float smoothing;
    private final float momentum;
    private final float epsilon;

    /** With {@code a = 0.99}, {@code eps = 1e-8}, no momentum. */
    public RmsProp(List<ParamGroup> groups, float learningRate) {
        this(groups, learningRate, 0.99f, 0f, 1e-8f);
    }

    /** @param smoothing {@code a} in [0, 1); {@code momentum} in [0, 1); {@code epsilon} > 0 */
    public RmsProp(List<ParamGroup> groups, float learningRate, float smoothing, float momentum, float epsilon) {
        super(groups, learningRate, "square_avg", "momentum_buffer");
        this.smoothing = fraction("smoothing", smoothing);
        this.momentum = fraction("momentum", momentum);
        this.epsilon = positive("epsilon", epsilon);
    }

    @Override
    protected void update(Kernels kernels, Range r, long t) {
        float[] p = r.value();
        float[] s = r.state()[0];
        float[] v = r.state()[1];
        for (int i = r.from(); i < r.from() + r.count(); i++) {
            float g = r.gradient()[i] + r.weightDecay() * p[i];
            s[i] = smoothing * s[i] + (1 - smoothing) * g * g;
            v[i] = momentum * v[i] + g / ((float) Math.sqrt(s[i]) + epsilon);
            p[i] -= r.rate() * v[i];
        }
    }
}
