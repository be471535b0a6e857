package org.lanewise.autograd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.lanewise.engine.Tensor;

/**
 * The result of {@link Tape#backward}: the gradients of parameters and leaf variables, each in its own contiguous tensor, which
 * the holder may modify (clipping does). They outlive the tape.
 *
 * <p>Accumulation over several batches: {@code total.add(tape.backward(loss))}, then {@code total.scale(1f / batches)}.
 */
public final class Gradients {
    private final Map<Parameter, Tensor> parameters = new LinkedHashMap<>();
    private final Map<Variable, Tensor> leaves = new LinkedHashMap<>();
    /** Arrays that the walk needed besides, for the next one. */
    private Spares spares = new Spares();

    /** No gradients yet; a start for accumulation. */
    public Gradients() {}

    /** The gradient of {@code parameter}, or null when the loss does not depend on it. */
    public Tensor of(Parameter parameter) {
        return parameters.get(parameter);
    }

    /**
     * The gradient of a variable from {@link Tape#leaf} or {@link Tape#use}, or null when the loss does not depend on it.
     *
     * @throws IllegalArgumentException for the result of an operation: gradients of intermediate values are not kept
     */
    public Tensor of(Variable leaf) {
        if (!leaf.isLeaf()) {
            throw new IllegalArgumentException("gradients are kept for leaves and parameters only, not for " + leaf);
        }
        return leaf.parameter() != null ? parameters.get(leaf.parameter()) : leaves.get(leaf);
    }

    public boolean contains(Parameter parameter) {
        return parameters.containsKey(parameter);
    }

    /** The parameters that have a gradient, in a fixed order. */
    public Set<Parameter> parameters() {
        return Collections.unmodifiableSet(parameters.keySet());
    }

    /** Every parameter with its gradient, in a fixed order. */
    public void forEach(BiConsumer<Parameter, Tensor> action) {
        parameters.forEach(action);
    }

    /** Sets the gradient of {@code parameter}; the tensor is not copied. */
    public void put(Parameter parameter, Tensor gradient) {
        parameters.put(parameter, gradient);
    }

    void put(Variable leaf, Tensor gradient) {
        if (leaf.parameter() != null) {
            parameters.put(leaf.parameter(), gradient);
        } else {
            leaves.put(leaf, gradient);
        }
    }

    /** Hands out the spare arrays, which are then no longer here. */
    Spares takeSpares() {
        Spares taken = spares;
        spares = new Spares();
        return taken;
    }

    void keepSpares(Spares spares) {
        this.spares = spares;
    }

    /** Hands out the gradient of a parameter's leaf, which is then no longer here; null if there is none. */
    Tensor take(Variable leaf) {
        return leaf.parameter() == null ? null : parameters.remove(leaf.parameter());
    }

    /** Adds the other's gradients to these, in place; {@code other} is not modified. @return this */
    public Gradients add(Gradients other) {
        other.parameters.forEach((key, gradient) -> addTo(parameters, key, gradient));
        other.leaves.forEach((key, gradient) -> addTo(leaves, key, gradient));
        return this;
    }

    private static <K> void addTo(Map<K, Tensor> sums, K key, Tensor gradient) {
        Tensor sum = sums.get(key);
        if (sum == null) {
            sums.put(key, gradient.copy());
        } else {
            sum.add_(gradient);
        }
    }

    /** Multiplies all gradients by {@code factor}, in place. @return this */
    public Gradients scale(float factor) {
        parameters.values().forEach(gradient -> gradient.mul_(factor));
        leaves.values().forEach(gradient -> gradient.mul_(factor));
        return this;
    }
}
