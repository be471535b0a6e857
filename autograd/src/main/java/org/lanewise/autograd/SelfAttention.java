package org.lanewise.autograd;

import org.lanewise.autograd.AttentionTiles.Rows;
import org.lanewise.autograd.AttentionTiles.Sizes;
import org.lanewise.engine.Tensor;

/**
 * {@link Functions#attention} of positions to one another without a tape, on rows in plain arrays: for inference. The results
 * have the same bits.
 *
 * <pre>{@code
 * var attention = new SelfAttention(AttentionOptions.heads(12), batch, positions, 384);
 * attention.forward(0, batch, projected, 0, out, 0); // projected: rows of queries, keys and values side by side
 * }</pre>
 *
 * <p>Immutable: threads may compute parts of one batch.
 */
public final class SelfAttention {
    private final AttentionOptions options;
    private final Tensor bias;
    private final float[] keyBias;
    private final int positions;
    private final int width;

    /**
     * @param options without dropout; masks for the whole batch
     * @param width of queries, keys and values each, a multiple of the heads
     */
    public SelfAttention(AttentionOptions options, int batch, int positions, int width) {
        this.options = options.withDropout(0f);
        this.positions = positions;
        this.width = width;
        bias = AttentionTiles.bias(options, batch, positions, positions);
        keyBias = AttentionTiles.keyBias(options);
    }

    /** Whether this is attention with so many heads over this width. */
    public boolean fits(int heads, int width) {
        return options.heads() == heads && this.width == width;
    }

    /**
     * Attends within {@code count} entries of the batch from number {@code first}.
     *
     * @param projected rows [count, positions] of 3 width values: query, key, value; from {@code at}
     * @param out rows [count, positions] of width values, from {@code to}; modified
     */
    public void forward(int first, int count, float[] projected, int at, float[] out, int to) {
        int row = 3 * width;
        Rows q = new Rows(projected, at, positions * row, row);
        Rows k = new Rows(projected, at + width, positions * row, row);
        Rows v = new Rows(projected, at + 2 * width, positions * row, row);
        int head = width / options.heads();
        new AttentionTiles(q, k, v, new Sizes(count, positions, positions, head, head), options, bias, keyBias, first,
                null).forward(new Rows(out, to, positions * width, width));
    }
}
