package org.lanewise.nn;

import org.lanewise.engine.Activation;

/**
 * An element-wise function without parameters, one that a matrix product can apply to its result on the way: {@link
 * Sequential} hands it to the {@link Linear} before it.
 */
public abstract sealed class ActivationModule extends UnaryModule permits GELU, ReLU, SiLU, Tanh, Sigmoid {

    /** The function. */
    abstract Activation activation();

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
