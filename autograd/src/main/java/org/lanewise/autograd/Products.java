package org.lanewise.autograd;

import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.Tensor;

/**
 * Matrix products. With {@code C = A B}: {@code dA += G B'}, {@code dB += A' G}.
 *
 * <p>Where B is one matrix for all of A's rows, which may be a whole batch, both are single products straight into the
 * gradients' sums. Otherwise they are batched products with transposed views, and an operand repeated over a batch gets the
 * sum over it.
 */
final class Products {

    private Products() {}

    /** The operands; one is null when the other wants no gradient. {@code oneB}: B is a vector or a single matrix. */
    private record Factors(Tensor a, Tensor b, boolean vectorA, boolean vectorB, boolean oneB) {
    }

    private static final Rule<Factors> MATMUL = Rule.of("matmul", (s, gradient, in) -> {
        if (s.oneB) {
            ofOneMatrix(s, in.dense(gradient), in);
        } else {
            Tensor g = s.vectorA ? gradient.unsqueeze(-2) : gradient;
            if (in.wants(0)) {
                Tensor product = g.matmul(s.b.transpose(-1, -2));
                in.give(0, s.vectorA ? product.sumTo(1, product.size(-1)).squeeze(0) : product);
            }
            if (in.wants(1)) {
                Tensor a = s.vectorA ? s.a.unsqueeze(0) : s.a;
                in.give(1, a.transpose(-1, -2).matmul(g));
            }
        }
    });

    static Variable matmul(Variable a, Variable b) {
        Factors saved = new Factors(b.requiresGrad() ? a.value() : null, a.requiresGrad() ? b.value() : null,
                a.rank() == 1, b.rank() == 1, b.rank() <= 2);
        return a.tape().record(MATMUL, a.value().matmul(b.value()), saved, a, b);
    }

    /** A as [rows, k], B as [k, n], G as [rows, n]. */
    private static void ofOneMatrix(Factors s, Tensor g, InputGradients in) {
        if (in.wants(0)) {
            Tensor b = s.vectorB ? s.b.unsqueeze(1) : s.b;
            int k = b.size(0);
            int n = b.size(1);
            InputGradients.Target da = in.target(0);
            int rows = k == 0 ? 0 : da.tensor().numel() / k;
            multiply(rows, k, n, g, n, 1, b, b.strides()[1], b.strides()[0], da);
        }
        if (in.wants(1)) {
            Tensor a = s.a.contiguous();
            InputGradients.Target db = in.target(1);
            int k = a.size(-1);
            int n = s.vectorB ? 1 : db.tensor().size(1);
            int rows = k == 0 ? 0 : a.numel() / k;
            multiply(k, n, rows, a, 1, k, g, n, 1, db);
        }
    }

    private static void multiply(int m, int n, int k, Tensor a, int aRow, int aCol, Tensor b, int bRow, int bCol,
            InputGradients.Target c) {
        Gemm.multiply(m, n, k, a.data(), a.offset(), aRow, aCol, b.data(), b.offset(), bRow, bCol, c.tensor().data(),
                c.tensor().offset(), n, c.accumulate(), Epilogue.NONE);
    }
}
