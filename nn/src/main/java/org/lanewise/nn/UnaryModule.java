package org.lanewise.nn;

import org.lanewise.autograd.Variable;

/** A module from one variable to one variable, as {@link Sequential} strings together. */
public abstract class UnaryModule extends Module {

    /** Computes the result on the tape of {@code x}. */
    public abstract Variable forward(Variable x);

    /**
     * This module ready for inference: a copy of its weights as they are now, in the form in which products are fastest. Made
     * once and used often; what happens to the module afterwards does not show in it.
     *
     * @throws UnsupportedOperationException if the module, or one in it, has no such form: a module of one's own is used on an
     *         inference tape
     */
    public final Inference inference() {
        return new Inference(this);
    }

    /** The computation in evaluation mode with copies of the weights. */
    Step step() {
        throw new UnsupportedOperationException(
                this + " has no prepared form: call forward on an inference tape in evaluation mode instead");
    }

    /** Throws unless the last dimension of {@code x} is {@code width}. */
    final void checkWidth(Variable x, int width) {
        Checks.lastDimension(this, "input", x, width);
    }
}
