package org.lanewise.mheight.network;

import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.nn.Module;

/** A network that predicts all heights of a code at once, for codes of some shapes. */
public abstract class HeightNetwork extends Module {
    /** For subclasses. */
    protected HeightNetwork() {}

    /**
     * What the network looks at.
     *
     * @param p    {@code count} matrices row by row, one after the other
     * @param copy which of the equivalent inputs; see {@link #copies}
     */
    public abstract Tensor input(ExactSolver solver, double[] p, int count, long copy);

    /**
     * The logarithms to base 2 of h_1 .. h_{n-k}.
     *
     * @return {@code [count, n - k]}
     */
    public abstract Variable forward(Tape tape, CodeShape shape, Tensor input);

    /** How many equivalent inputs of one code are averaged for a prediction: 1 if there is one only. Training shows ever new ones. */
    public abstract int copies();

    /** Multiplications and additions of one code's forward pass. */
    public abstract double flops(CodeShape shape);

    /**
     * A code's largest height is that of its last m, so the labels rise along the columns.
     *
     * @throws IllegalArgumentException if the network was not made for this shape
     */
    protected static IllegalArgumentException unknown(CodeShape shape) {
        return new IllegalArgumentException("the network knows codes of length 9 and dimension 4, 5, 6, not " + shape);
    }
}
