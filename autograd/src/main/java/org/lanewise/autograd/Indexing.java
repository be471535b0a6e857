package org.lanewise.autograd;

import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Picking and scattering by integer indices. Gradients are scattered in the order of the index, so that repeated indices
 * give the same bits every time.
 */
final class Indexing {

    private Indexing() {}

    private record Picked(int dim, int[] index, int[] indexShape) {
    }

    /** {@code skipped}: an index whose gradient is dropped, -1 for none. */
    private record Rows(int[] ids, int skipped) {
    }

    private static final Rule<Picked> GATHER = Rule.of("gather",
            (s, g, in) -> scatter(s, in.dense(g), in.accumulator(0)));

    private static final Rule<Picked> INDEX_SELECT = Rule.of("indexSelect",
            (s, g, in) -> in.accumulator(0).indexAdd_(s.dim, s.index, g));

    private static final Rule<Picked> SCATTER_ADD = Rule.of("scatterAdd", (s, g, in) -> {
        if (in.wants(1)) in.give(1, g.gather(s.dim, s.index, s.indexShape));
        in.share(0, g);
    });

    private static final Rule<Rows> EMBEDDING = Rule.of("embedding",
            (s, g, in) -> addRows(s, g, in.accumulator(0)));

    static Variable gather(Variable x, int dim, int[] index, int... indexShape) {
        Tensor picked = x.value().gather(dim, index, indexShape);
        return x.tape().record(GATHER, picked, picked(x, dim, index, indexShape), x);
    }

    static Variable indexSelect(Variable x, int dim, int[] index) {
        Tensor selected = x.value().indexSelect(dim, index);
        return x.tape().record(INDEX_SELECT, selected, picked(x, dim, index), x);
    }

    static Variable scatterAdd(Variable x, int dim, int[] index, int[] indexShape, Variable source) {
        Tensor sum = x.value().scatterAdd(dim, index, indexShape, source.value());
        return x.tape().record(SCATTER_ADD, sum, picked(x, dim, index, indexShape), x, source);
    }

    private static Picked picked(Variable x, int dim, int[] index, int... indexShape) {
        return new Picked(Dims.normalise("gather", dim, x.shape()), index.clone(), indexShape.clone());
    }

    /** Rows of {@code weight} [V, E] at {@code ids}: [idShape..., E]. */
    static Variable embedding(Variable weight, int skipped, int[] ids, int... idShape) {
        if (weight.rank() != 2 || Dims.product(idShape, 0, idShape.length) != ids.length) {
            throw ShapeException.of("embedding", weight.shape(), idShape,
                    "(weight and ids) must be a matrix and the shape of " + ids.length + " ids");
        }
        int[] shape = new int[idShape.length + 1];
        System.arraycopy(idShape, 0, shape, 0, idShape.length);
        shape[idShape.length] = weight.size(1);
        Tensor rows = weight.value().indexSelect(0, ids).reshape(shape);
        return weight.tape().record(EMBEDDING, rows, new Rows(ids.clone(), skipped), weight);
    }

    /** The opposite of gather: {@code to[i][index[i][j]] += g[i][j]} along the dimension. */
    private static void scatter(Picked s, Tensor g, Tensor to) {
        int[] shape = s.indexShape;
        int[] strides = to.strides();
        int[] place = new int[shape.length];
        float[] from = g.data();
        float[] data = to.data();
        for (int i = 0; i < s.index.length; i++) {
            int at = to.offset();
            for (int d = 0; d < shape.length; d++) {
                at += strides[d] * (d == s.dim ? s.index[i] : place[d]);
            }
            data[at] += from[g.offset() + i];
            for (int d = shape.length - 1; d >= 0 && ++place[d] == shape[d]; d--) place[d] = 0;
        }
    }

    /** {@code to[ids[i]] += g[i]} for all rows but the skipped ones. */
    private static void addRows(Rows s, Tensor gradient, Tensor to) {
        Tensor g = gradient.reshape(s.ids.length, to.size(1));
        int kept = 0;
        for (int id : s.ids) if (id != s.skipped) kept++;
        if (kept == s.ids.length) {
            to.indexAdd_(0, s.ids, g);
            return;
        }
        int[] rows = new int[kept];
        int[] ids = new int[kept];
        int at = 0;
        for (int i = 0; i < s.ids.length; i++) {
            if (s.ids[i] == s.skipped) continue;
            rows[at] = i;
            ids[at++] = s.ids[i];
        }
        to.indexAdd_(0, ids, g.indexSelect(0, rows));
    }
}
