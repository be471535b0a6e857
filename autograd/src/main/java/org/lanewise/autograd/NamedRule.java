package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/** A name beside a derivative. */
record NamedRule<S>(String name, Rule.Derivative<S> derivative) implements Rule<S> {
    @Override
    public void backward(S saved, Tensor gradient, InputGradients inputs) {
        derivative.backward(saved, gradient, inputs);
    }
}
