package org.lanewise.nn;

import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;

/**
 * {@code y = (x - mean) / sqrt(variance + eps) * weight + bias}, with mean and (biased) variance over the last dimension.
 *
 * <p>Input and output {@code [..., width]}. Parameters: {@code weight [width]} of ones, {@code bias [width]} of zeros.
 *
 * <p>Source: Ba, Kiros and Hinton 2016.
 */
public final class LayerNorm extends UnaryModule {
    /** PyTorch's eps. */
    public static final double EPS = 1e-5;

    private final int width;
    private final double eps;
    private final Parameter weight;
    private final Parameter bias;

    public LayerNorm(int width) {
        this(width, EPS);
    }

    public LayerNorm(int width, double eps) {
        this.width = Checks.positive("LayerNorm", "width", width);
        this.eps = eps;
        this.weight = parameter("weight", Tensor.ones(width));
        this.bias = parameter("bias", Tensor.zeros(width));
    }

    @Override
    public Variable forward(Variable x) {
        checkWidth(x, width);
        return Functions.layerNorm(x, x.tape().use(weight), x.tape().use(bias), (float) eps);
    }

    @Override
    RowSteps.Norm step() {
        return new RowSteps.Norm(toString(), weight, bias, eps, true);
    }

    @Override
    public String toString() {
        return "LayerNorm(" + width + ")";
    }
}
