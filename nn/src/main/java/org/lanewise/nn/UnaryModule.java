package org.lanewise.nn;

import org.lanewise.autograd.Variable;

/** A module from one variable to one variable, as {@link Sequential} strings together. */
public abstract class UnaryModule extends Module {

    /** Computes the result on the tape of {@code x}. */
    public abstract Variable forward(Variable x);

    /** Throws unless the last dimension of {@code x} is {@code width}. */
    final void checkWidth(Variable x, int width) {
        Checks.lastDimension(this, "input", x, width);
    }
}
