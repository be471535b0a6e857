package org.lanewise.autograd;

import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Rearrangements of elements. Forward they are views where {@link Tensor}'s are; backward the gradient is viewed the other
 * way round, or added into the part of the input's gradient that the view covers.
 */
final class Views {

    private Views() {}

    private record Axes(int... dims) {
    }

    private record Window(int dim, int from, int to, int step) {
    }

    private static final Rule<Void> RESHAPE = Rule.of("reshape", (_, g, in) -> in.pass(0, g.reshape(in.shape(0))));

    private static final Rule<Axes> TRANSPOSE = Rule.of("transpose",
            (s, g, in) -> in.pass(0, g.transpose(s.dims[0], s.dims[1])));

    private static final Rule<Axes> PERMUTE = Rule.of("permute", (s, g, in) -> {
        int[] inverse = new int[s.dims.length];
        for (int d = 0; d < inverse.length; d++) inverse[s.dims[d]] = d;
        in.pass(0, g.permute(inverse));
    });

    private static final Rule<Window> SLICE = Rule.of("slice",
            (s, g, in) -> in.accumulator(0).slice(s.dim, s.from, s.to, s.step).add_(g));

    private static final Rule<Window> SELECT = Rule.of("select",
            (s, g, in) -> in.accumulator(0).select(s.dim, s.from).add_(g));

    /** The gradient is summed back where it enters the input's sum. */
    private static final Rule<Void> EXPAND = Rule.of("expand", (_, g, in) -> in.pass(0, g));

    static Variable reshape(Variable x, int... shape) {
        return x.tape().record(RESHAPE, x.value().reshape(shape), null, x);
    }

    static Variable transpose(Variable x, int dim0, int dim1) {
        return x.tape().record(TRANSPOSE, x.value().transpose(dim0, dim1), new Axes(dim0, dim1), x);
    }

    static Variable permute(Variable x, int... dims) {
        int[] axes = new int[dims.length];
        for (int d = 0; d < dims.length; d++) axes[d] = Dims.normalise("permute", dims[d], x.shape());
        return x.tape().record(PERMUTE, x.value().permute(axes), new Axes(axes), x);
    }

    static Variable slice(Variable x, int dim, int from, int to, int step) {
        return x.tape().record(SLICE, x.value().slice(dim, from, to, step), new Window(dim, from, to, step), x);
    }

    static Variable select(Variable x, int dim, int index) {
        return x.tape().record(SELECT, x.value().select(dim, index), new Window(dim, index, 0, 0), x);
    }

    static Variable expand(Variable x, int... shape) {
        return x.tape().record(EXPAND, x.value().expand(shape), null, x);
    }

    static Variable squeeze(Variable x, int dim) {
        return x.tape().record(RESHAPE, x.value().squeeze(dim), null, x);
    }

    static Variable unsqueeze(Variable x, int dim) {
        return x.tape().record(RESHAPE, x.value().unsqueeze(dim), null, x);
    }

    static Variable[] split(Variable x, int dim, int... sizes) {
        int total = 0;
        for (int size : sizes) total += size;
        if (total != x.size(dim)) {
            throw ShapeException.of("split", x.shape(), sizes, "(sizes) do not add up along dimension " + dim);
        }
        Variable[] parts = new Variable[sizes.length];
        int from = 0;
        for (int i = 0; i < sizes.length; i++) {
            parts[i] = slice(x, dim, from, from + sizes[i], 1);
            from += sizes[i];
        }
        return parts;
    }
}
