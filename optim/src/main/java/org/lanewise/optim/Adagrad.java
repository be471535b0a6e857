package org.lanewise.optim;

import java.util.List;
import org.lanewise.engine.kernels.Kernels;

/**
 * Adagrad (Duchi, Hazan and Singer 2011): {@code s += g^2}, {@code p -= rate g / (sqrt(s) + eps)}, with the decay added to
 * {@code g}.
 */
public final class Adagrad extends Optimizer {

    private final float epsilon;

    /** With {@code eps = 1e-10}. */
    public Adagrad(List<ParamGroup> groups, float learningRate) {
        this(groups, learningRate, 1e-10f);
    }

    /** @param epsilon > 0 */
    public Adagrad(List<ParamGroup> groups, float learningRate, float epsilon) {
        super(groups, learningRate, "sum");
        this.epsilon = positive("epsilon", epsilon);
    }

    @Override
    protected void update(Kernels kernels, Range r, long t) {
        float[] p = r.value();
        float[] s = r.state()[0];
        for (int i = r.from(); i < r.from() + r.count(); i++) {
            float g = r.gradient()[i] + r.weightDecay() * p[i];
            s[i] += g * g;
            p[i] -= r.rate() * g / ((float) Math.sqrt(s[i]) + epsilon);
        }
    }
}
