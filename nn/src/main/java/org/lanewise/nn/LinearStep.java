package org.lanewise.nn;

import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.PackedMatrix;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/** {@code activation(x W' + b)} with W packed; bias and activation within the product. */
final class LinearStep implements Step {
    private final String name;
    private final PackedMatrix weight;
    private final Epilogue epilogue;

    /** @param weight [out, in]; @param bias [out] or null */
    LinearStep(String name, Parameter weight, Parameter bias, Activation activation) {
        Tensor w = weight.value();
        int in = w.size(1);
        this.name = name;
        this.weight = PackedMatrix.of(in, w.size(0), w.data(), w.offset(), 1, in);
        this.epilogue = bias == null
                ? Epilogue.activation(activation)
                : Epilogue.of(bias.value().copy().data(), 0, activation);
    }

    @Override
    public int width(int in) {
        if (in != weight.rows())
            throw new ShapeException(name, "input must have shape [..., " + weight.rows() + "], got [..., " + in + "]");
        return weight.columns();
    }

    @Override
    public void run(Piece piece, int in, float[] x, int xo, float[] y, int yo, float[] space, int at) {
        Gemm.multiply(piece.rows(), x, xo, in, 1, weight, y, yo, weight.columns(), false, epilogue);
    }
}
