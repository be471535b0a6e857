package org.lanewise.nn;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.kernels.KernelProvider;

/** {@code log(1 + exp(x))}, without overflow: a smooth way to positive numbers. */
public final class Softplus extends UnaryModule {
    @Override
    public Variable forward(Variable x) {
        return x.softplus();
    }

    @Override
    Step step() {
        return RowSteps.elementwise(KernelProvider.get()::softplus);
    }
}
