package org.lanewise.nn;

import java.util.Arrays;
import org.lanewise.autograd.AttentionOptions;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Which keys a query may look at: padding, order, and numbers added to the scores before the softmax. A mask is built once
 * and may be used by many layers. A query that may look at nothing gets zeros, not NaN.
 *
 * <pre>{@code
 * AttentionMask mask = AttentionMask.lengths(new int[] { 128, 77 }, 128).and(AttentionMask.causal());
 * }</pre>
 */
public final class AttentionMask {
    /** [batch, keys], 0 where a key is hidden; null when none is. */
    private final Tensor visible;
    private final boolean causal;
    /** Broadcasts to [batch, heads, queries, keys]; null for nothing. */
    private final Tensor added;

    private AttentionMask(Tensor visible, boolean causal, Tensor added) {
        this.visible = visible;
        this.causal = causal;
        this.added = added;
    }

    /**
     * Hides keys that are padding.
     *
     * @param padded {@code [batch, keys]}, 0 where the key counts and anything else where it does not, as PyTorch's
     *        {@code key_padding_mask}
     */
    public static AttentionMask padding(Tensor padded) {
        if (padded.rank() != 2)
            throw ShapeException.of("AttentionMask.padding", padded.shape(), "is not [batch, keys]");
        return new AttentionMask(padded.eq(0f), false, null);
    }

    /** Hides the keys from {@code lengths[i]} on in row i of a batch, of {@code keys} keys each. */
    public static AttentionMask lengths(int[] lengths, int keys) {
        Tensor visible = Tensor.zeros(lengths.length, keys);
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 0 || lengths[i] > keys) {
                throw new IllegalArgumentException("AttentionMask.lengths: length " + lengths[i] + " of row " + i
                        + " is not in 0.." + keys);
            }
            visible.select(0, i).slice(0, 0, lengths[i]).fill_(1f);
        }
        return new AttentionMask(visible, false, null);
    }

    /** Hides the keys after the query's own position. */
    public static AttentionMask causal() {
        return new AttentionMask(null, true, null);
    }

    /**
     * Adds any numbers to the scores, minus infinity to hide.
     *
     * @param scores {@code [queries, keys]}, {@code [batch, queries, keys]} or {@code [batch, heads, queries, keys]}
     */
    public static AttentionMask additive(Tensor scores) {
        Tensor added = switch (scores.rank()) {
            case 2 -> scores.unsqueeze(0).unsqueeze(0);
            case 3 -> scores.unsqueeze(1);
            case 4 -> scores;
            default -> throw ShapeException.of("AttentionMask.additive", scores.shape(),
                    "is not [queries, keys], [batch, queries, keys] or [batch, heads, queries, keys]");
        };
        return new AttentionMask(null, false, added);
    }

    /** Both masks at once: hidden where either hides, with both masks' numbers added. */
    public AttentionMask and(AttentionMask other) {
        Tensor both = visible == null ? other.visible : other.visible == null ? visible : visible.mul(other.visible);
        Tensor sum = added == null ? other.added : other.added == null ? added : added.add(other.added);
        return new AttentionMask(both, causal || other.causal, sum);
    }

    /** What autograd's attention wants to know; {@code mask} may be null. */
    static AttentionOptions options(AttentionMask mask, int heads, float dropout) {
        if (mask == null) return new AttentionOptions(heads, false, null, null, dropout);
        return new AttentionOptions(heads, mask.causal, mask.visible, mask.added, dropout);
    }

    /** Throws, in the module's name, unless the mask fits scores of this shape. */
    void check(Object module, int batch, int heads, int queries, int keys) {
        if (visible != null) Checks.shape(module, "the padding mask", visible.shape(), batch, keys);
        if (added == null) return;
        int[] scores = {batch, heads, queries, keys};
        int[] shape = added.shape();
        for (int d = 0; d < 4; d++) {
            if (shape[d] != 1 && shape[d] != scores[d]) {
                throw Checks.mismatch(module, "the additive mask", "(or broadcast to) " + Arrays.toString(scores),
                        shape);
            }
        }
    }
}
