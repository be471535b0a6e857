package org.lanewise.autograd;

import java.util.Arrays;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * A linear layer with its activation: {@code Y = f(X W' + b)}, bias and activation inside the product. With u the gradient
 * before the activation
 *
 * <pre>dX += U W,  dW += U' X,  db += sum over rows of u</pre>
 *
 * two products straight into the gradients' sums. The activation's derivative is taken from the result, or, where that
 * does not determine it (GELU, SiLU), from the argument, which is then computed on its own and saved.
 */
final class Linear {

    private Linear() {}

    /** {@code activated}: result or argument of the activation, null when there is none. Only the rule knows an argument. */
    private record Saved(Tensor x, Tensor w, Tensor activated, Activation activation) {
        boolean hasArgument() {
            return needsArgument(activation);
        }
    }

    /** Whether the derivative does not follow from the result. */
    private static boolean needsArgument(Activation activation) {
        return activation == Activation.GELU || activation == Activation.SILU;
    }

    private static final Rule<Saved> RULE = Rule.of("linear", Linear::backward);

    static Variable linear(Variable input, Variable weight, Variable bias, Activation activation) {
        check(input, weight, bias);
        Tensor x = input.value().contiguous();
        Tensor w = weight.value();
        int[] shape = input.shape();
        shape[shape.length - 1] = w.size(0);
        boolean tracked = input.tape().tracks(input, weight, bias);
        boolean apart = tracked && needsArgument(activation);
        Tensor y = product(x, w, bias == null ? null : bias.value(), apart ? Activation.NONE : activation,
                apart ? input.tape().blank(shape) : Tensor.zeros(shape));
        Tensor argument = y;
        if (apart) y = activation == Activation.GELU ? argument.gelu() : argument.silu();
        Tensor activated = activation == Activation.NONE ? null : argument;
        Saved saved = new Saved(weight.requiresGrad() ? x : null, input.requiresGrad() ? w : null, activated,
                activation);
        return input.tape().record(RULE, y, saved, input, weight, bias);
    }

    private static Tensor product(Tensor x, Tensor w, Tensor bias, Activation activation, Tensor y) {
        int in = w.size(1);
        int out = w.size(0);
        Tensor b = bias == null ? null : bias.contiguous();
        Epilogue epilogue = b == null ? Epilogue.activation(activation) : Epilogue.of(b.data(), b.offset(), activation);
        int[] strides = w.strides();
        Gemm.multiply(rows(x), out, in, x.data(), x.offset(), in, 1, w.data(), w.offset(), strides[1], strides[0],
                y.data(), y.offset(), out, false, epilogue);
        return y;
    }

    /** Rows of a contiguous tensor whose last dimension is the columns. */
    private static int rows(Tensor x) {
        int[] shape = x.shape();
        return Dims.product(shape, 0, shape.length - 1);
    }

    private static void check(Variable x, Variable w, Variable b) {
        if (x.rank() < 1 || w.rank() != 2 || x.size(-1) != w.size(1)) {
            throw ShapeException.of("linear", x.shape(), w.shape(), "are not inputs [..., in] and weights [out, in]");
        }
        if (b != null && (b.rank() != 1 || b.size(0) != w.size(0))) {
            throw ShapeException.of("linear", w.shape(), b.shape(), "are not weights [out, in] and biases [out]");
        }
    }

    private static void backward(Saved s, Tensor gradient, InputGradients in) {
        Tensor u = in.dense(gradient);
        if (s.activation != Activation.NONE)
            u = beforeActivation(s, u, s.hasArgument() ? s.activated : in.output(u));
        int rows = rows(u);
        int out = u.size(-1);
        if (in.wants(0)) {
            InputGradients.Target dx = in.target(0);
            int width = s.w.size(1);
            int[] strides = s.w.strides();
            Gemm.multiply(rows, width, out, u.data(), u.offset(), out, 1, s.w.data(), s.w.offset(), strides[0],
                    strides[1], dx.tensor().data(), dx.tensor().offset(), width, dx.accumulate(), Epilogue.NONE);
        }
        if (in.wants(1)) {
            InputGradients.Target dw = in.target(1);
            int width = s.x.size(-1);
            Gemm.multiply(out, width, rows, u.data(), u.offset(), 1, out, s.x.data(), s.x.offset(), width, 1,
                    dw.tensor().data(), dw.tensor().offset(), width, dw.accumulate(), Epilogue.NONE);
        }
        if (in.wants(2)) in.give(2, u.reshape(rows, out).sum(false, 0));
        if (s.hasArgument()) in.release(s.activated);
    }

    private static Tensor beforeActivation(Saved s, Tensor g, Tensor out) {
        Kernels k = KernelProvider.get();
        float[] a = s.activated.data();
        int ao = s.activated.offset();
        Spread.elements(g.numel(), (from, n) -> {
            int go = g.offset() + from;
            int oo = out.offset() + from;
            switch (s.activation) {
                case NONE -> throw new IllegalStateException("no activation to differentiate");
                case RELU -> k.reluGrad(a, ao + from, g.data(), go, out.data(), oo, n);
                case GELU -> k.geluGrad(a, ao + from, g.data(), go, out.data(), oo, n);
                case SILU -> k.siluGrad(a, ao + from, g.data(), go, out.data(), oo, n);
                case TANH -> k.tanhGrad(a, ao + from, g.data(), go, out.data(), oo, n);
                case SIGMOID -> k.sigmoidGrad(a, ao + from, g.data(), go, out.data(), oo, n);
            }
        });
        return out;
    }
}
