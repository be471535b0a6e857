package org.lanewise.nn;

import org.lanewise.nn.RowSteps.Norm;

/** {@code x + f(x)}, {@code x + f(norm(x))} or {@code norm(x + f(x))}. */
final class ResidualStep implements Step {
    private final Step inner;
    private final Step norm;
    private final boolean normFirst;

    /** @param norm a step that may write over its argument, or null */
    ResidualStep(Step inner, Step norm, boolean normFirst) {
        this.inner = inner;
        this.norm = norm;
        this.normFirst = normFirst;
    }

    @Override
    public int width(int in) {
        int width = inner.width(norm != null && normFirst ? norm.width(in) : in);
        return norm != null && !normFirst ? norm.width(width) : width;
    }

    @Override
    public int room(int rows, int in) {
        return inner.room(rows, in) + (norm != null && normFirst ? rows * in : 0);
    }

    @Override
    public void run(Piece piece, int in, float[] x, int xo, float[] y, int yo, float[] space, int at) {
        if (norm != null && normFirst) {
            norm.run(piece, in, x, xo, space, at, space, at);
            inner.run(piece, in, space, at, y, yo, space, at + piece.rows() * in);
        } else {
            inner.run(piece, in, x, xo, y, yo, space, at);
        }
        if (norm instanceof Norm rows && !normFirst) {
            rows.ofSum(piece, x, xo, y, yo);
            return;
        }
        RowSteps.add(piece, in, x, xo, y, yo);
        if (norm != null && !normFirst) norm.run(piece, in, y, yo, y, yo, space, at);
    }
}
