package org.lanewise.nn;

import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Activation;
import org.lanewise.engine.ShapeException;

/** Self-attention: one product for queries, keys and values, the heads, and the product that joins them. */
final class AttentionStep implements Step {
    private final String module;
    private final int width;
    private final int heads;
    private final Step projection;
    private final Step output;

    /** @param projection [3 width, width]; @param bias [3 width] or null */
    AttentionStep(String module, int width, int heads, Parameter projection, Parameter bias, Step output) {
        this.module = module;
        this.width = width;
        this.heads = heads;
        this.projection = new LinearStep(module, projection, bias, Activation.NONE);
        this.output = output;
    }

    @Override
    public int width(int in) {
        projection.width(in);
        return width;
    }

    @Override
    public int room(int rows, int in) {
        return 4 * rows * width;
    }

    @Override
    public void run(Piece piece, int in, float[] x, int xo, float[] y, int yo, float[] space, int at) {
        Piece.Batch batch = piece.batch();
        if (!batch.sequences)
            throw new ShapeException(module, "input must have shape [*, *, " + width + "]");
        int attended = at + 3 * piece.rows() * width;
        projection.run(piece, in, x, xo, space, at, space, at);
        batch.attention(module, heads, width).forward(piece.first(), piece.count(), space, at, space, attended);
        output.run(piece, width, space, attended, y, yo, space, at);
    }
}
