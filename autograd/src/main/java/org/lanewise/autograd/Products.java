package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/**
 * Matrix products. With {@code C = A B}: {@code dA = G B'}, {@code dB = A' G}; transposes are views, and operands
 * repeated over a batch get the sum over it.
 */
final class Products {

    private Products() {}

    /** The operands; one is null when the other wants no gradient. */
    private record Factors(Tensor a, Tensor b, boolean vectorA, boolean vectorB) {
    }

    private static final Rule<Factors> MATMUL = Rule.of("matmul", (s, gradient, in) -> {
        Tensor g = gradient;
        if (s.vectorB) g = g.unsqueeze(-1);
        if (s.vectorA) g = g.unsqueeze(-2);
        if (in.wants(0)) {
            Tensor b = s.vectorB ? s.b.unsqueeze(-1) : s.b;
            Tensor product = g.matmul(b.transpose(-1, -2));
            in.give(0, s.vectorA ? product.sumTo(1, product.size(-1)).squeeze(0) : product);
        }
        if (in.wants(1)) {
            Tensor a = s.vectorA ? s.a.unsqueeze(0) : s.a;
            Tensor product = a.transpose(-1, -2).matmul(g);
            in.give(1, s.vectorB ? product.sumTo(product.size(-2), 1).squeeze(1) : product);
        }
    });

    static Variable matmul(Variable a, Variable b) {
        Factors saved = new Factors(b.requiresGrad() ? a.value() : null, a.requiresGrad() ? b.value() : null,
                a.rank() == 1, b.rank() == 1);
        return a.tape().record(MATMUL, a.value().matmul(b.value()), saved, a, b);
    }
}
