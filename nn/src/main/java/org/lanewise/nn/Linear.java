package org.lanewise.nn;

import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.init.Init;

/**
 * {@code y = activation(x W}<sup>T</sup>{@code + b)}, with the activation (none unless asked for) applied within the product.
 *
 * <p>Input {@code [..., in]}, output {@code [..., out]}. Parameters: {@code weight [out, in]} and {@code bias [out]}, both
 * from U(+-1/sqrt(in)).
 *
 * <pre>{@code
 * Linear layer = new Linear(9, 32, Activation.GELU, Rng.of(1));
 * Variable y = layer.forward(tape.constant(Tensor.zeros(256, 9))); // [256, 32]
 * }</pre>
 */
public final class Linear extends UnaryModule {
    private final int in;
    private final int out;
    private final Activation activation;
    private final Parameter weight;
    private final Parameter bias;

    public Linear(int in, int out, Rng rng) {
        this(in, out, Activation.NONE, true, rng);
    }

    public Linear(int in, int out, Activation activation, Rng rng) {
        this(in, out, activation, true, rng);
    }

    public Linear(int in, int out, Activation activation, boolean bias, Rng rng) {
        this.in = Checks.positive("Linear", "in", in);
        this.out = Checks.positive("Linear", "out", out);
        this.activation = activation;
        this.weight = parameter("weight", Init.fanUniform(Tensor.zeros(out, in), in, rng));
        this.bias = bias ? parameter("bias", Init.fanUniform(Tensor.zeros(out), in, rng)) : null;
    }

    @Override
    public Variable forward(Variable x) {
        return forward(x, activation);
    }

    /** The layer with another activation in place of its own: for containers that fuse the activation module after it. */
    Variable forward(Variable x, Activation activation) {
        checkWidth(x, in);
        return Functions.linear(x, x.tape().use(weight), bias == null ? null : x.tape().use(bias), activation);
    }

    @Override
    Step step() {
        return step(activation);
    }

    /** As {@link #forward(Variable, Activation)}. */
    Step step(Activation activation) {
        return new LinearStep(toString(), weight, bias, activation);
    }

    /** The weight {@code [out, in]}. */
    public Parameter weight() {
        return weight;
    }

    /** The bias {@code [out]}, or null. */
    public Parameter bias() {
        return bias;
    }

    public Activation activation() {
        return activation;
    }

    @Override
    public String toString() {
        return "Linear(" + in + ", " + out + (activation == Activation.NONE ? "" : ", " + activation)
                + (bias == null ? ", no bias" : "") + ")";
    }
}
