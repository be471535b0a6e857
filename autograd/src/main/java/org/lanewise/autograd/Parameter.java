package org.lanewise.autograd;

import java.util.Objects;
import org.lanewise.engine.Tensor;

/**
 * A trainable array: a value that an optimiser updates in place, and an identity under which {@link Gradients} file its
 * gradient. It stores no gradient itself, so any number of tapes in parallel threads may use it at once, as long as
 * nobody updates it meanwhile.
 *
 * <p>The value is contiguous. Two parameters are equal only when they are the same object.
 */
public final class Parameter {
    private final String name;
    private final Tensor value;
    private volatile boolean requiresGrad;

    /** @param name a name for reports, may be null; @param value the initial value, kept when it is contiguous, else copied */
    public Parameter(String name, Tensor value, boolean requiresGrad) {
        this.name = name;
        this.value = Objects.requireNonNull(value, "value").contiguous();
        this.requiresGrad = requiresGrad;
    }

    /** A parameter that wants a gradient. */
    public Parameter(String name, Tensor value) {
        this(name, value, true);
    }

    /** The name for reports, or null. */
    public String name() {
        return name;
    }

    /** The current value, not a copy: optimisers modify it. */
    public Tensor value() {
        return value;
    }

    public boolean requiresGrad() {
        return requiresGrad;
    }

    /** Freezes (false) or thaws (true) the parameter for tapes that use it from now on. */
    public void setRequiresGrad(boolean requiresGrad) {
        this.requiresGrad = requiresGrad;
    }

    @Override
    public String toString() {
        return "Parameter(" + (name == null ? "" : name + ", ") + value + ")";
    }
}
