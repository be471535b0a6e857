package org.lanewise.nn;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;

/**
 * One block of a residual multi-layer perceptron: {@code x + f(x)} with f = linear, activation, norm, dropout, linear,
 * activation, norm, all of one width. The parts of f are children of {@code inner} in this order, those left out not
 * counted; the dropout is always there.
 *
 * <pre>{@code
 * UnaryModule trunk = new Sequential(new Linear(576, 1024, rng), new GELU(),
 *         new ResidualMlp(1024, Activation.GELU, Norm.BATCH, 0.2, rng), new Linear(1024, 1, rng));
 * }</pre>
 */
public final class ResidualMlp extends UnaryModule {
    private final int width;
    private final Sequential inner;

    public ResidualMlp(int width, Activation activation, Norm norm, double dropout, Rng rng) {
        this.width = width;
        List<UnaryModule> parts = new ArrayList<>();
        addLayer(parts, activation, norm, rng);
        parts.add(new Dropout(dropout));
        addLayer(parts, activation, norm, rng);
        this.inner = child("inner", new Sequential(parts));
    }

    private void addLayer(List<UnaryModule> parts, Activation activation, Norm norm, Rng rng) {
        parts.add(new Linear(width, width, rng));
        if (activation != Activation.NONE) parts.add(ActivationModule.of(activation));
        if (norm != Norm.NONE) parts.add(norm.module(width));
    }

    @Override
    public Variable forward(Variable x) {
        checkWidth(x, width);
        return x.add(inner.forward(x));
    }

    @Override
    Step step() {
        return new ResidualStep(inner.step(), null, false);
    }

    @Override
    public String toString() {
        return "ResidualMlp(" + width + ")";
    }
}
