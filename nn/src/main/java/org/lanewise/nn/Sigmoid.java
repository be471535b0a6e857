package org.lanewise.nn;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;

/** {@code 1 / (1 + exp(-x))}. */
public final class Sigmoid extends ActivationModule {
    @Override
    public Variable forward(Variable x) {
        return x.sigmoid();
    }

    @Override
    Activation activation() {
        return Activation.SIGMOID;
    }
}
