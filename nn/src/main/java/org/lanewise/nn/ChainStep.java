package org.lanewise.nn;

import java.util.ArrayList;
import java.util.List;

/** Steps one after the other. Values between them alternate between two buffers, or stay where they are. */
final class ChainStep implements Step {
    private final List<Step> steps;

    ChainStep(List<Step> steps) {
        List<Step> flat = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof ChainStep chain) flat.addAll(chain.steps);
            else flat.add(step);
        }
        this.steps = List.copyOf(flat);
    }

    @Override
    public int width(int in) {
        for (Step step : steps) in = step.width(in);
        return in;
    }

    @Override
    public int room(int rows, int in) {
        int inner = 0;
        int width = in;
        for (Step step : steps) {
            inner = Math.max(inner, step.room(rows, width));
            width = step.width(width);
        }
        return buffers() * buffer(rows, in) + inner;
    }

    private int buffers() {
        return Math.clamp(steps.size() - 1, 0, 2);
    }

    /** The largest value between two steps. */
    private int buffer(int rows, int in) {
        int widest = 0;
        for (int i = 0; i < steps.size() - 1; i++) {
            in = steps.get(i).width(in);
            widest = Math.max(widest, in);
        }
        return rows * widest;
    }

    /** Where a step's result goes: over its argument if that lies in this chain's buffers and may go, else to the other one. */
    private static int place(Step step, int argument, int at, int buffer) {
        if (argument >= at && step.inPlace()) return argument;
        return argument == at ? at + buffer : at;
    }

    @Override
    public void run(Piece piece, int in, float[] x, int xo, float[] y, int yo, float[] space, int at) {
        int buffer = buffer(piece.rows(), in);
        int rest = at + buffers() * buffer;
        int last = steps.size() - 1;
        if (last < 0) System.arraycopy(x, xo, y, yo, piece.rows() * in);
        float[] from = x;
        int fo = xo;
        for (int i = 0; i <= last; i++) {
            Step step = steps.get(i);
            float[] to = i == last ? y : space;
            int too = i == last ? yo : place(step, from == space ? fo : -1, at, buffer);
            step.run(piece, in, from, fo, to, too, space, rest);
            in = step.width(in);
            from = to;
            fo = too;
        }
    }
}
