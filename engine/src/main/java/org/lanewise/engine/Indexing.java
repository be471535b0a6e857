package org.lanewise.engine;

import java.util.Arrays;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/** Reading and adding at integer positions along one dimension. Every addition happens in the order of its index. */
final class Indexing {

    private Indexing() {}

    static Tensor indexSelect(Tensor a, int dim, int[] index) {
        int d = Shapes.dim("indexSelect", dim, a.shape);
        check("indexSelect", index, a.shape, d);
        Tensor out = Tensor.zeros(Shapes.with(a.shape, d, index.length));
        if (out.numel == 0) return out;
        Tensor x = a.contiguous();
        int n = a.shape[d];
        int inner = Shapes.product(a.shape, d + 1, a.shape.length);
        Parallel.rows(out.numel / inner, inner, Parallel.CHEAP, (from, count) -> {
            for (int row = from; row < from + count; row++) {
                int source = row / index.length * n + index[row % index.length];
                if (inner == 1) out.data[row] = x.data[x.offset + source];
                else System.arraycopy(x.data, x.offset + source * inner, out.data, row * inner, inner);
            }
        });
        return out;
    }

    static void indexAdd(Tensor a, int dim, int[] index, Tensor src) {
        int d = Shapes.dim("indexAdd_", dim, a.shape);
        check("indexAdd_", index, a.shape, d);
        int[] wanted = Shapes.with(a.shape, d, index.length);
        if (!Arrays.equals(wanted, src.shape)) {
            throw ShapeException.of("indexAdd_", a.shape, src.shape, "do not fit: " + Shapes.text(wanted)
                    + " was expected of the second");
        }
        Alias.checkWritable("indexAdd_", a);
        Alias.checkDisjoint("indexAdd_", src, a);
        if (src.numel == 0) return;
        if (!a.contiguous) {
            for (int i = 0; i < index.length; i++) Views.select(a, d, index[i]).add_(Views.select(src, d, i));
            return;
        }
        Tensor s = src.contiguous();
        int n = a.shape[d];
        int inner = Shapes.product(a.shape, d + 1, a.shape.length);
        int outer = Shapes.product(a.shape, 0, d);
        Kernels k = KernelProvider.get();
        // Shared by blocks of columns: each sum has one owner, which adds in the order of the index.
        int block = 256;
        int blocks = (inner - 1) / block + 1;
        Parallel.rows(outer * blocks, (int) Math.min(Integer.MAX_VALUE, (long) index.length * Math.min(inner, block)),
                Parallel.CHEAP, (from, count) -> {
                    for (int task = from; task < from + count; task++) {
                        int o = task / blocks;
                        int at = task % blocks * block;
                        int width = Math.min(block, inner - at);
                        for (int i = 0; i < index.length; i++) {
                            int source = s.offset + (o * index.length + i) * inner + at;
                            int target = a.offset + (o * n + index[i]) * inner + at;
                            if (width == 1) a.data[target] += s.data[source];
                            else k.add(a.data, target, s.data, source, a.data, target, width);
                        }
                    }
                });
    }

    static Tensor gather(Tensor a, int dim, int[] index, int[] indexShape) {
        int d = Shapes.dim("gather", dim, a.shape);
        checkIndexShape("gather", a.shape, d, index, indexShape);
        Tensor out = Tensor.zeros(indexShape);
        each(a.shape, d, index, indexShape, a.strides, (at, i) -> out.data[i] = a.data[a.offset + at]);
        return out;
    }

    static Tensor scatterAdd(Tensor a, int dim, int[] index, int[] indexShape, Tensor src) {
        int d = Shapes.dim("scatterAdd", dim, a.shape);
        checkIndexShape("scatterAdd", a.shape, d, index, indexShape);
        if (!Arrays.equals(indexShape, src.shape)) {
            throw ShapeException.of("scatterAdd", indexShape, src.shape, "of index and source differ");
        }
        Tensor out = a.copy();
        float[] s = src.contiguous().data;
        int so = src.contiguous ? src.offset : 0;
        each(a.shape, d, index, indexShape, out.strides, (at, i) -> out.data[at] += s[so + i]);
        return out;
    }

    @FunctionalInterface
    private interface Place {
        void at(int position, int i);
    }

    /** Calls {@code place} with the position that each index points to, in row-major order of the index. */
    private static void each(int[] shape, int d, int[] index, int[] indexShape, int[] strides, Place place) {
        int rank = shape.length;
        int[] at = new int[rank];
        int base = 0; // without dimension d
        for (int i = 0; i < index.length; i++) {
            place.at(base + index[i] * strides[d], i);
            for (int j = rank - 1; j >= 0; j--) {
                int step = j == d ? 0 : strides[j];
                if (++at[j] < indexShape[j]) {
                    base += step;
                    break;
                }
                base -= (indexShape[j] - 1) * step;
                at[j] = 0;
            }
        }
    }

    private static void checkIndexShape(String op, int[] shape, int d, int[] index, int[] indexShape) {
        boolean fits = indexShape.length == shape.length;
        for (int j = 0; fits && j < shape.length; j++) fits = j == d || indexShape[j] <= shape[j];
        if (!fits) throw ShapeException.of(op, shape, indexShape, "of tensor and index do not fit");
        if (Shapes.numel(op, indexShape) != index.length) {
            throw ShapeException.of(op, indexShape, "does not hold the " + index.length + " indices");
        }
        check(op, index, shape, d);
    }

    private static void check(String op, int[] index, int[] shape, int d) {
        for (int i : index) {
            if (i < 0 || i >= shape[d]) {
                throw ShapeException.of(op, shape, "has no index " + i + " along dimension " + d);
            }
        }
    }
}
