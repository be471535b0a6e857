package org.lanewise.nn;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;

/** The Gaussian error linear unit {@code x/2 (1 + erf(x / sqrt 2))}, exact (Hendrycks and Gimpel 2016). */
public final class GELU extends ActivationModule {
    @Override
    public Variable forward(Variable x) {
        return x.gelu();
    }

    @Override
    Activation activation() {
        return Activation.GELU;
    }
}
