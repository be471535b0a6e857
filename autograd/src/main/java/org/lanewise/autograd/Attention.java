package org.lanewise.autograd;

import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Scaled dot-product attention with several heads (Vaswani et al. 2017), fused: {@code softmax(Q K' / sqrt(D) + masks) V} for
 * each batch entry and head, in tiles of query rows, without permuted copies of the operands.
 *
 * <p>Saved: queries, keys and values only, which their projections have computed anyway. The backward pass computes the
 * weights of a tile again, by the same code and so with the same bits. Keeping them would cost T x S floats per head, several
 * times the activations themselves, and reading them back takes as long as the one small product that makes them again.
 */
final class Attention {

    private Attention() {}

    private static final Rule<AttentionTiles> RULE = Rule.of("attention", (tiles, gradient, in) -> {
        Tensor g = in.dense(gradient);
        // heads write beside each other and query tiles add to the same keys, so all add into zeroed sums
        Tensor dq = in.wants(0) ? in.accumulator(0) : null;
        Tensor dk = in.wants(1) ? in.accumulator(1) : null;
        Tensor dv = in.wants(2) ? in.accumulator(2) : null;
        tiles.backward(g, dq, dk, dv);
    });

    static Variable attention(Variable q, Variable k, Variable v, AttentionOptions options) {
        check(q, k, v, options);
        DropoutMask dropout = options.dropout() == 0 ? null : DropoutMask.of(q.tape().rng(), options.dropout());
        AttentionTiles tiles = new AttentionTiles(q.value(), k.value(), v.value(), options, dropout);
        Tensor out = Tensor.zeros(q.size(0), q.size(1), v.size(2));
        tiles.forward(AttentionTiles.Rows.of(out));
        return q.tape().record(RULE, out, tiles, q, k, v);
    }

    /** The weights alone [B, H, T, S], without dropout: for reports. */
    static Tensor weights(Tensor q, Tensor k, AttentionOptions options) {
        Tensor weights = Tensor.zeros(q.size(0), options.heads(), q.size(1), k.size(1));
        new AttentionTiles(q, k, k, options, null).weights(weights);
        return weights;
    }

    private static void check(Variable q, Variable k, Variable v, AttentionOptions options) {
        boolean fits = q.rank() == 3 && k.rank() == 3 && v.rank() == 3 && q.size(0) == k.size(0)
                && q.size(2) == k.size(2);
        if (!fits) {
            throw ShapeException.of("attention", q.shape(), k.shape(), "are not queries [B, T, E] and keys [B, S, E]");
        }
        if (v.size(0) != k.size(0) || v.size(1) != k.size(1)) {
            throw ShapeException.of("attention", k.shape(), v.shape(), "are not keys and values of the same positions");
        }
        if (q.size(2) % options.heads() != 0 || v.size(2) % options.heads() != 0) {
            throw ShapeException.of("attention", q.shape(), v.shape(),
                    "(queries and values) cannot be divided into " + options.heads() + " heads");
        }
        Tensor mask = options.keyMask();
        if (mask != null && (mask.rank() != 2 || mask.size(0) != k.size(0) || mask.size(1) != k.size(1))) {
            throw ShapeException.of("attention", k.shape(), mask.shape(), "(keys and key mask) do not fit");
        }
    }
}
