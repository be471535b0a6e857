package org.lanewise.nn;

import org.lanewise.autograd.Variable;

/** {@code log(1 + exp(x))}, without overflow: a smooth way to positive numbers. */
public final class Softplus extends UnaryModule {
    @Override
    public Variable forward(Variable x) {
        return x.softplus();
    }
}
