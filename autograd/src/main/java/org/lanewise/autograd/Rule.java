package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/**
 * The derivative of one operation: from the gradient of its result to the gradients of its inputs.
 *
 * <p>A rule has no state. What it needs of the forward pass is declared by the type {@code S} (a record of the tensors
 * and numbers saved, a single {@link Tensor}, or {@link Void} when nothing is saved) and is released as soon as the rule
 * has run. An operation of one's own:
 *
 * <pre>{@code
 * static final Rule<Tensor> CUBE = Rule.of("cube", (x, g, in) -> in.give(0, x.square().mul(3f).mul(g)));
 *
 * static Variable cube(Variable x) {
 *     return x.tape().record(CUBE, x.value().pow(3f), x.value(), x);
 * }
 * }</pre>
 *
 * and {@link GradCheck} says whether it is right.
 *
 * @param <S> what the rule saves of the forward pass
 */
public interface Rule<S> {

    /** The operation's name in messages. */
    String name();

    /**
     * Adds this operation's share to the gradients of its inputs.
     *
     * @param saved what the forward pass saved
     * @param gradient of the result, in the result's shape, any strides; not modified unless {@link InputGradients}
     *        hands it out as the output
     * @param inputs where the gradients go; inputs that want none may be skipped ({@link InputGradients#wants})
     */
    void backward(S saved, Tensor gradient, InputGradients inputs);

    /** The rule {@code name} with this derivative. */
    static <S> Rule<S> of(String name, Derivative<S> derivative) {
        return new NamedRule<>(name, derivative);
    }

    /** {@link Rule#backward} alone. */
    @FunctionalInterface
    interface Derivative<S> {
        void backward(S saved, Tensor gradient, InputGradients inputs);
    }
}
