package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/** Sums, extrema and their relatives along dimensions. */
final class Reductions {

    private Reductions() {}

    /** The input's shape with the reduced dimensions of size one, in which the gradient broadcasts to the input. */
    private record Kept(int[] shape) {
    }

    private record Scaled(int[] shape, float factor) {
    }

    private record Deviations(Tensor x, int[] kept, int[] dims, float factor) {
    }

    /** An argument and its result, which is kept in a shape that broadcasts. */
    private record Solved(Tensor x, Tensor y) {
    }

    private record Along(Tensor x, int dim) {
    }

    private static final Rule<Kept> SUM = Rule.of("sum",
            (s, g, in) -> in.share(0, g.reshape(s.shape).expand(in.shape(0))));

    private static final Rule<Scaled> MEAN = Rule.of("mean",
            (s, g, in) -> in.share(0, g.reshape(s.shape).mul(s.factor).expand(in.shape(0))));

    private static final Rule<Deviations> VAR = Rule.of("var", (s, g, in) -> {
        Tensor deviations = s.x.sub(s.x.mean(true, s.dims));
        in.give(0, deviations.mul(g.reshape(s.kept).mul(s.factor)));
    });

    /** Equal extrema share the gradient. */
    private static final Rule<Solved> EXTREMUM = Rule.of("max/min", (s, g, in) -> {
        Tensor hits = s.x.eq(s.y);
        Tensor count = hits.sumTo(s.y.shape());
        in.give(0, hits.mul(g.reshape(s.y.shape()).div(count)));
    });

    private static final Rule<Along> LOG_SUM_EXP = Rule.of("logSumExp", (s, g, in) -> {
        int[] kept = Dims.reduced("logSumExp", s.x.shape(), s.dim);
        in.give(0, s.x.softmax(s.dim).mul(g.reshape(kept)));
    });

    private static final Rule<Solved> NORM = Rule.of("norm", (s, g, in) -> {
        float norm = s.y.item();
        in.give(0, norm == 0 ? Tensor.zeros(s.x.shape()) : s.x.mul(g.item() / norm));
    });

    private static final Rule<Integer> CUMSUM = Rule.of("cumsum", (dim, g, in) -> {
        Tensor dense = in.dense(g);
        Tensor out = in.output(dense);
        sumFromEnd(dense, out, dim);
        in.give(0, out);
    });

    static Variable sum(Variable x, boolean keepDims, int... dims) {
        Kept kept = new Kept(Dims.reduced("sum", x.shape(), dims));
        return x.tape().record(SUM, x.value().sum(keepDims, dims), kept, x);
    }

    static Variable mean(Variable x, boolean keepDims, int... dims) {
        int[] kept = Dims.reduced("mean", x.shape(), dims);
        float factor = 1f / count(x.shape(), kept);
        return x.tape().record(MEAN, x.value().mean(keepDims, dims), new Scaled(kept, factor), x);
    }

    static Variable var(Variable x, boolean unbiased, boolean keepDims, int... dims) {
        int[] kept = Dims.reduced("var", x.shape(), dims);
        float factor = 2f / (count(x.shape(), kept) - (unbiased ? 1 : 0));
        Deviations saved = new Deviations(x.value(), kept, dims.clone(), factor);
        return x.tape().record(VAR, x.value().var(unbiased, keepDims, dims), saved, x);
    }

    private static int count(int[] shape, int[] kept) {
        int n = 1;
        for (int d = 0; d < shape.length; d++) if (kept[d] != shape[d]) n *= shape[d];
        return n;
    }

    static Variable max(Variable x) {
        return extremum(x, x.value().max());
    }

    static Variable min(Variable x) {
        return extremum(x, x.value().min());
    }

    static Variable max(Variable x, int dim, boolean keepDim) {
        return extremum(x, x.value().max(dim, true), dim, keepDim);
    }

    static Variable min(Variable x, int dim, boolean keepDim) {
        return extremum(x, x.value().min(dim, true), dim, keepDim);
    }

    private static Variable extremum(Variable x, Tensor y) {
        return x.tape().record(EXTREMUM, y, new Solved(x.value(), y), x);
    }

    private static Variable extremum(Variable x, Tensor kept, int dim, boolean keepDim) {
        Tensor y = keepDim ? kept : kept.squeeze(dim);
        return x.tape().record(EXTREMUM, y, new Solved(x.value(), kept), x);
    }

    static Variable logSumExp(Variable x, int dim, boolean keepDim) {
        return x.tape().record(LOG_SUM_EXP, x.value().logSumExp(dim, keepDim), new Along(x.value(), dim), x);
    }

    static Variable norm(Variable x) {
        Tensor y = x.value().norm();
        return x.tape().record(NORM, y, new Solved(x.value(), y), x);
    }

    static Variable cumsum(Variable x, int dim) {
        return x.tape().record(CUMSUM, x.value().cumsum(dim), Dims.normalise("cumsum", dim, x.shape()), x);
    }

    /** {@code out[i] = g[i] + g[i + 1] + ...} along a dimension; {@code out} may be {@code g}. */
    private static void sumFromEnd(Tensor g, Tensor out, int dim) {
        int[] shape = g.shape();
        int size = shape[dim];
        int inner = Dims.product(shape, dim + 1, shape.length);
        float[] from = g.data();
        float[] to = out.data();
        Spread.rows(Dims.product(shape, 0, dim), size * inner, (first, rows) -> {
            for (int row = first; row < first + rows; row++) {
                int go = g.offset() + row * size * inner;
                int oo = out.offset() + row * size * inner;
                for (int i = size - 1; i >= 0; i--) {
                    for (int j = 0; j < inner; j++) {
                        float after = i + 1 < size ? to[oo + (i + 1) * inner + j] : 0f;
                        to[oo + i * inner + j] = from[go + i * inner + j] + after;
                    }
                }
            }
        });
    }
}
