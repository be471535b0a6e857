package org.lanewise.nn;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;

/** The hyperbolic tangent. */
public final class Tanh extends ActivationModule {
    @Override
    public Variable forward(Variable x) {
        return x.tanh();
    }

    @Override
    Activation activation() {
        return Activation.TANH;
    }
}
