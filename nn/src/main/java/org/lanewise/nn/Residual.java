package org.lanewise.nn;

import java.util.Arrays;
import org.lanewise.autograd.Variable;

/**
 * {@code x + f(x)}, or with a norm {@code x + f(norm(x))} (before) or {@code norm(x + f(x))} (after). {@code f} must keep
 * the shape. The children are called {@code inner} and {@code norm}.
 */
public final class Residual extends UnaryModule {
    private final UnaryModule inner;
    private final UnaryModule norm;
    private final boolean normFirst;

    private Residual(UnaryModule inner, UnaryModule norm, boolean normFirst) {
        this.inner = child("inner", inner);
        this.norm = norm == null ? null : child("norm", norm);
        this.normFirst = normFirst;
    }

    /** {@code x + inner(x)}. */
    public static Residual of(UnaryModule inner) {
        return new Residual(inner, null, false);
    }

    /** {@code x + inner(norm(x))}. */
    public static Residual preNorm(UnaryModule norm, UnaryModule inner) {
        return new Residual(inner, norm, true);
    }

    /** {@code norm(x + inner(x))}. */
    public static Residual postNorm(UnaryModule inner, UnaryModule norm) {
        return new Residual(inner, norm, false);
    }

    @Override
    public Variable forward(Variable x) {
        Variable y = inner.forward(normFirst ? norm.forward(x) : x);
        if (!Arrays.equals(y.value().shape(), x.value().shape())) {
            throw Checks.mismatch(this, "the inner module's output", Arrays.toString(x.value().shape()),
                    y.value().shape());
        }
        Variable sum = x.add(y);
        return norm == null || normFirst ? sum : norm.forward(sum);
    }

    @Override
    Step step() {
        Step around = norm == null ? null : norm.step();
        if (around != null && !normFirst && !around.inPlace())
            throw new UnsupportedOperationException(this + ": a norm that is not one of rows has no prepared form");
        return new ResidualStep(inner.step(), around, normFirst);
    }

    @Override
    public String toString() {
        return norm == null ? "Residual" : normFirst ? "Residual(norm first)" : "Residual(norm last)";
    }
}
