package org.lanewise.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Other shapes and strides over the same memory. */
final class Views {

    private Views() {}

    static Tensor reshape(Tensor t, int[] requested) {
        int[] shape = resolve(t, requested);
        if (t.contiguous) return new Tensor(t.data, t.offset, shape, Shapes.rowMajor(shape));
        int[] strides = stridesFor(t, shape);
        if (strides != null) return new Tensor(t.data, t.offset, shape, strides);
        return new Tensor(t.toArray(), 0, shape, Shapes.rowMajor(shape));
    }

    /** Fills in a -1 and checks the element count. */
    private static int[] resolve(Tensor t, int[] requested) {
        int[] shape = requested.clone();
        int open = -1;
        long known = 1;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] == -1 && open < 0) open = d;
            else if (shape[d] < 0) throw ShapeException.of("reshape", t.shape, requested, "do not fit");
            else known = Math.min(known * shape[d], Integer.MAX_VALUE + 1L);
        }
        if (open >= 0) {
            if (known == 0 || t.numel % known != 0)
                throw ShapeException.of("reshape", t.shape, requested, "do not fit");
            shape[open] = (int) (t.numel / known);
        } else if (known != t.numel) {
            throw ShapeException.of("reshape", t.shape, requested, "hold different numbers of elements");
        }
        return shape;
    }

    /**
     * Strides that give {@code shape} without copying, or null. Groups of old dimensions and groups of new ones that hold
     * the same number of elements are matched from the left; within each the old dimensions must run on.
     */
    private static int[] stridesFor(Tensor t, int[] shape) {
        int[] oldShape = new int[t.shape.length];
        int[] oldStrides = new int[t.shape.length];
        int rank = 0;
        for (int d = 0; d < t.shape.length; d++) {
            if (t.shape[d] == 1) continue;
            oldShape[rank] = t.shape[d];
            oldStrides[rank++] = t.strides[d];
        }
        int[] strides = new int[shape.length];
        int o = 0;
        int n = 0;
        while (o < rank && n < shape.length) {
            int o1 = o + 1;
            int n1 = n + 1;
            long have = oldShape[o];
            long want = shape[n];
            while (have != want) {
                if (have < want) have *= oldShape[o1++];
                else want *= shape[n1++];
            }
            for (int d = o; d < o1 - 1; d++) {
                if (oldStrides[d] != oldStrides[d + 1] * oldShape[d + 1]) return null;
            }
            strides[n1 - 1] = oldStrides[o1 - 1];
            for (int d = n1 - 1; d > n; d--) strides[d - 1] = strides[d] * shape[d];
            o = o1;
            n = n1;
        }
        for (; n < shape.length; n++) strides[n] = 1;
        return strides;
    }

    static Tensor transpose(Tensor t, int a, int b) {
        int x = Shapes.dim("transpose", a, t.shape);
        int y = Shapes.dim("transpose", b, t.shape);
        int[] shape = t.shape.clone();
        int[] strides = t.strides.clone();
        shape[x] = t.shape[y];
        shape[y] = t.shape[x];
        strides[x] = t.strides[y];
        strides[y] = t.strides[x];
        return new Tensor(t.data, t.offset, shape, strides);
    }

    static Tensor permute(Tensor t, int[] dims) {
        int rank = t.shape.length;
        if (dims.length != rank) {
            throw ShapeException.of("permute", t.shape, "cannot be permuted by " + Shapes.text(dims));
        }
        int[] shape = new int[rank];
        int[] strides = new int[rank];
        boolean[] seen = new boolean[rank];
        for (int i = 0; i < rank; i++) {
            int d = Shapes.dim("permute", dims[i], t.shape);
            if (seen[d]) throw ShapeException.of("permute", t.shape, "cannot be permuted by " + Shapes.text(dims));
            seen[d] = true;
            shape[i] = t.shape[d];
            strides[i] = t.strides[d];
        }
        return new Tensor(t.data, t.offset, shape, strides);
    }

    static Tensor slice(Tensor t, int dim, int from, int to, int step) {
        int d = Shapes.dim("slice", dim, t.shape);
        if (from < 0 || to < from || to > t.shape[d] || step < 1) {
            throw ShapeException.of("slice", t.shape, "has no range " + from + ".." + to + " with step " + step
                    + " along dimension " + dim);
        }
        int count = from == to ? 0 : (to - from - 1) / step + 1;
        int[] strides = t.strides.clone();
        // A single element has no second one to step to; a zero-size view must not point past the array either.
        strides[d] = count <= 1 ? t.strides[d] : t.strides[d] * step;
        int start = count == 0 || t.numel == 0 ? 0 : from * t.strides[d];
        return new Tensor(t.data, t.offset + start, Shapes.with(t.shape, d, count), strides);
    }

    static Tensor select(Tensor t, int dim, int index) {
        int d = Shapes.dim("select", dim, t.shape);
        int i = index < 0 ? index + t.shape[d] : index;
        if (i < 0 || i >= t.shape[d]) {
            throw ShapeException.of("select", t.shape, "has no index " + index + " along dimension " + dim);
        }
        int start = t.numel == 0 ? 0 : i * t.strides[d];
        return new Tensor(t.data, t.offset + start, Shapes.without(t.shape, d), Shapes.without(t.strides, d));
    }

    static Tensor expand(Tensor t, int[] requested) {
        int lead = requested.length - t.shape.length;
        if (lead < 0) throw ShapeException.of("expand", t.shape, requested, "do not fit");
        int[] shape = requested.clone();
        int[] strides = new int[shape.length];
        for (int d = 0; d < shape.length; d++) {
            int own = d < lead ? 1 : t.shape[d - lead];
            if (shape[d] == -1 && d >= lead) shape[d] = own;
            if (shape[d] < 0 || own != 1 && own != shape[d]) {
                throw ShapeException.of("expand", t.shape, requested, "do not fit");
            }
            if (d >= lead && own == shape[d]) strides[d] = t.strides[d - lead];
        }
        return new Tensor(t.data, t.offset, shape, strides);
    }

    static Tensor squeeze(Tensor t, int dim) {
        int d = Shapes.dim("squeeze", dim, t.shape);
        if (t.shape[d] != 1) return t;
        return new Tensor(t.data, t.offset, Shapes.without(t.shape, d), Shapes.without(t.strides, d));
    }

    static Tensor unsqueeze(Tensor t, int dim) {
        int rank = t.shape.length + 1;
        int d = dim < 0 ? dim + rank : dim;
        if (d < 0 || d >= rank) throw ShapeException.of("unsqueeze", t.shape, "has no place " + dim);
        int[] shape = new int[rank];
        int[] strides = new int[rank];
        for (int i = 0; i < rank; i++) {
            int own = i < d ? i : i - 1;
            shape[i] = i == d ? 1 : t.shape[own];
            strides[i] = i == d ? 1 : t.strides[own];
        }
        return new Tensor(t.data, t.offset, shape, strides);
    }

    static List<Tensor> split(Tensor t, int dim, int[] sizes) {
        int d = Shapes.dim("split", dim, t.shape);
        long total = 0;
        for (int size : sizes) {
            if (size < 0) throw ShapeException.of("split", t.shape, "cannot be cut into " + Arrays.toString(sizes));
            total += size;
        }
        if (total != t.shape[d])
            throw ShapeException.of("split", t.shape, "cannot be cut into " + Arrays.toString(sizes)
                    + " along dimension " + dim);
        List<Tensor> parts = new ArrayList<>(sizes.length);
        int from = 0;
        for (int size : sizes) {
            parts.add(slice(t, d, from, from + size, 1));
            from += size;
        }
        return List.copyOf(parts);
    }
}
