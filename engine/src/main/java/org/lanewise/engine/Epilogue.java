package org.lanewise.engine;

import org.lanewise.engine.kernels.KernelProvider;

/**
 * What happens to a matrix product's result while it is still in the cache: {@code c = activation(c + bias)}, the bias one
 * value per column.
 *
 * <pre>{@code
 * Epilogue gelu = Epilogue.of(bias, 0, Activation.GELU);
 * }</pre>
 *
 * @param bias       values added to the columns, or null
 * @param biasOffset where they begin in the array
 * @param activation applied after the bias
 */
public record Epilogue(float[] bias, int biasOffset, Activation activation) {
    /** The product as it is. */
    public static final Epilogue NONE = new Epilogue(null, 0, Activation.NONE);

    public Epilogue {
        if (activation == null) throw new NullPointerException("activation; for none there is Activation.NONE");
        if (biasOffset < 0) throw new IllegalArgumentException("biasOffset is " + biasOffset);
    }

    /** Bias, then activation. */
    public static Epilogue of(float[] bias, int biasOffset, Activation activation) {
        return new Epilogue(bias, biasOffset, activation);
    }

    /** Bias alone. */
    public static Epilogue bias(float[] bias, int biasOffset) {
        return new Epilogue(bias, biasOffset, Activation.NONE);
    }

    /** Activation alone. */
    public static Epilogue activation(Activation activation) {
        return activation == Activation.NONE ? NONE : new Epilogue(null, 0, activation);
    }

    /** Whether there is nothing to do. */
    public boolean isNone() {
        return bias == null && activation == Activation.NONE;
    }

    /** Applies it to rows of {@code c}, columns {@code column .. column + n - 1} of the product. */
    void apply(float[] c, int co, int cRow, int rows, int column, int n) {
        if (isNone()) return;
        for (int i = 0; i < rows; i++) {
            int row = co + i * cRow;
            if (bias != null) KernelProvider.get().add(c, row, bias, biasOffset + column, c, row, n);
            activation.apply(c, row, n);
        }
    }
}
