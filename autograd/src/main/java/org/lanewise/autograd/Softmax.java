package org.lanewise.autograd;

import org.lanewise.engine.Scratch;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/** Softmax and its logarithm, differentiated from their results. */
final class Softmax {

    private Softmax() {}

    private record Result(Tensor y, int dim) {
    }

    /** One row: {@code out} from the result {@code y} and the gradient {@code g}; {@code out} may be {@code g}. */
    @FunctionalInterface
    private interface RowGrad {
        void apply(Kernels kernels, float[] y, int yo, float[] g, int go, float[] out, int oo, int n);
    }

    private static final Rule<Result> SOFTMAX = rule("softmax", Kernels::softmaxGrad);
    private static final Rule<Result> LOG_SOFTMAX = rule("logSoftmax", Softmax::logSoftmaxGrad);

    static Variable softmax(Variable x, int dim) {
        Tensor y = x.value().softmax(dim);
        return x.tape().record(SOFTMAX, y, new Result(y, Dims.normalise("softmax", dim, y.shape())), x);
    }

    static Variable logSoftmax(Variable x, int dim) {
        Tensor y = x.value().logSoftmax(dim);
        return x.tape().record(LOG_SOFTMAX, y, new Result(y, Dims.normalise("softmax", dim, y.shape())), x);
    }

    private static Rule<Result> rule(String name, RowGrad rowGrad) {
        return Rule.of(name, (s, g, in) -> {
            Tensor y = swapped(s.y, s.dim).contiguous();
            Tensor dense = in.dense(swapped(g, s.dim));
            Tensor out = in.output(dense);
            int n = y.size(-1);
            Kernels kernels = KernelProvider.get();
            Spread.rows(n == 0 ? 0 : y.numel() / n, n, (first, rows) -> {
                for (int at = first * n; at < (first + rows) * n; at += n) {
                    rowGrad.apply(kernels, y.data(), y.offset() + at, dense.data(), dense.offset() + at, out.data(),
                            out.offset() + at, n);
                }
            });
            in.give(0, swapped(out, s.dim));
        });
    }

    /** Brings the dimension to the end, or back. */
    private static Tensor swapped(Tensor t, int dim) {
        return dim == t.rank() - 1 ? t : t.transpose(dim, -1);
    }

    /** {@code out = g - exp(y) * sum(g)}. */
    private static void logSoftmaxGrad(Kernels kernels, float[] y, int yo, float[] g, int go, float[] out, int oo,
            int n) {
        float sum = kernels.sum(g, go, n);
        float[] p = Scratch.floats(Scratch.USER_0, n);
        kernels.exp(y, yo, p, 0, n);
        if (out != g || oo != go) System.arraycopy(g, go, out, oo, n);
        kernels.axpy(-sum, p, 0, out, oo, n);
    }
}
