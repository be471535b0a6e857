package org.lanewise.nn;

import org.lanewise.engine.Activation;

/**
 * An element-wise function without parameters, one that a matrix product can apply to its result on the way: {@link
 * Sequential} hands it to the {@link Linear} before it.
 */
public abstract sealed class ActivationModule extends UnaryModule permits GELU, ReLU, SiLU, Tanh, Sigmoid {

    /** The function. */
    abstract Activation activation();

    @Override
    final Step step() {
        return RowSteps.elementwise((x, xo, y, yo, n) -> {
            if (x != y || xo != yo) System.arraycopy(x, xo, y, yo, n);
            activation().apply(y, yo, n);
        });
    }

    /** The module of a function; null for {@link Activation#NONE}. */
    static ActivationModule of(Activation activation) {
        return switch (activation) {
            case NONE -> null;
            case RELU -> new ReLU();
            case GELU -> new GELU();
            case SILU -> new SiLU();
            case TANH -> new Tanh();
            case SIGMOID -> new Sigmoid();
        };
    }
}
