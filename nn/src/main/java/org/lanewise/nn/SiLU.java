package org.lanewise.nn;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;

/** {@code x / (1 + exp(-x))}, also called swish. */
public final class SiLU extends ActivationModule {
    @Override
    public Variable forward(Variable x) {
        return x.silu();
    }

    @Override
    Activation activation() {
        return Activation.SILU;
    }
}
