package org.lanewise.nn;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;

/** {@code max(x, 0)}. */
public final class ReLU extends ActivationModule {
    @Override
    public Variable forward(Variable x) {
        return x.relu();
    }

    @Override
    Activation activation() {
        return Activation.RELU;
    }
}
