package org.lanewise.nn;

import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;

/**
 * {@code y = x / sqrt(mean(x}<sup>2</sup>{@code ) + eps) * weight}, the mean over the last dimension.
 *
 * <p>Input and output {@code [..., width]}. Parameter: {@code weight [width]} of ones.
 *
 * <p>Source: Zhang and Sennrich 2019.
 */
public final class RMSNorm extends UnaryModule {
    /** The usual eps; PyTorch's default is the float's machine epsilon instead. */
    public static final double EPS = 1e-6;

    private final int width;
    private final double eps;
    private final Parameter weight;

    public RMSNorm(int width) {
        this(width, EPS);
    }

    public RMSNorm(int width, double eps) {
        this.width = Checks.positive("RMSNorm", "width", width);
        this.eps = eps;
        this.weight = parameter("weight", Tensor.ones(width));
    }

    @Override
    public Variable forward(Variable x) {
        checkWidth(x, width);
        return Functions.rmsNorm(x, x.tape().use(weight), (float) eps);
    }

    @Override
    Step step() {
        return new RowSteps.Norm(toString(), weight, null, eps, false);
    }

    @Override
    public String toString() {
        return "RMSNorm(" + width + ")";
    }
}
