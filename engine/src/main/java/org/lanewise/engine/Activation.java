package org.lanewise.engine;

import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/** The element-wise function that ends a linear layer; {@link Epilogue} applies it inside the matrix product. */
public enum Activation {
    /** {@code x}. */
    NONE,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code x / 2 * (1 + erf(x / sqrt 2))}. */
    GELU,
    /** {@code x / (1 + exp(-x))}. */
    SILU,
    /** The hyperbolic tangent. */
    TANH,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID;

    /** Replaces {@code x[from .. from + n - 1]} by the function of it. */
    public void apply(float[] x, int from, int n) {
        Kernels kernels = KernelProvider.get();
        switch (this) {
            case NONE -> {}
            case RELU -> kernels.relu(x, from, x, from, n);
            case GELU -> kernels.gelu(x, from, x, from, n);
            case SILU -> kernels.silu(x, from, x, from, n);
            case TANH -> kernels.tanh(x, from, x, from, n);
            case SIGMOID -> kernels.sigmoid(x, from, x, from, n);
        }
    }
}
