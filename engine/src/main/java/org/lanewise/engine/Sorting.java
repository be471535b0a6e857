package org.lanewise.engine;

import java.util.Arrays;

/**
 * Sorting along a dimension. Every element becomes one {@code long}: its value mapped to an integer of the same order in
 * the high half, its position in the low half. All keys differ, so any sort of them is stable.
 */
final class Sorting {

    private Sorting() {}

    static Tensor.Ranked sort(Tensor a, int dim, boolean descending) {
        int d = Shapes.dim("sort", dim, a.shape);
        return ranked(a, d, a.shape[d], descending);
    }

    static Tensor.Ranked topk(Tensor a, int k, int dim) {
        int d = Shapes.dim("topk", dim, a.shape);
        if (k < 0 || k > a.shape[d]) {
            throw ShapeException.of("topk", a.shape, "has fewer than " + k + " elements along dimension " + dim);
        }
        return ranked(a, d, k, true);
    }

    /** The first {@code k} in order along {@code d}. */
    private static Tensor.Ranked ranked(Tensor a, int d, int k, boolean descending) {
        int[] shape = Shapes.with(a.shape, d, k);
        int n = a.shape[d];
        int inner = Shapes.product(a.shape, d + 1, a.shape.length);
        Tensor values = Tensor.zeros(shape);
        int[] indices = new int[values.numel];
        if (values.numel == 0) return new Tensor.Ranked(values, indices);
        Tensor x = a.contiguous();
        Parallel.rows(a.numel / n, n, Parallel.COSTLY, (from, count) -> {
            long[] keys = new long[n];
            for (int row = from; row < from + count; row++) {
                int at = x.offset + row / inner * n * inner + row % inner;
                for (int i = 0; i < n; i++) keys[i] = key(x.data[at + i * inner], i, descending);
                smallest(keys, k);
                int to = row / inner * k * inner + row % inner;
                for (int i = 0; i < k; i++) {
                    int index = (int) keys[i];
                    values.data[to + i * inner] = x.data[at + index * inner];
                    indices[to + i * inner] = index;
                }
            }
        });
        return new Tensor.Ranked(values, indices);
    }

    /** Ascending keys are ascending values (NaN last, -0 as 0) or, reversed, descending ones; ties by position. */
    private static long key(float value, int index, boolean descending) {
        int order = order(value);
        return (long) (descending ? ~order : order) << 32 | index;
    }

    /** An int that compares as the value does; all NaN are one value, above +Infinity. */
    private static int order(float value) {
        int bits = Float.floatToIntBits(value + 0f); // -0 + 0 = 0; floatToIntBits has one NaN
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }

    /** Brings the {@code k} smallest keys to the front, in order. */
    private static void smallest(long[] keys, int k) {
        if (k >= keys.length / 4) {
            Arrays.sort(keys);
            return;
        }
        if (k == 0) return;
        // The first k places hold a heap with the largest on top; smaller keys replace it.
        for (int i = k / 2 - 1; i >= 0; i--) sift(keys, i, k);
        for (int i = k; i < keys.length; i++) {
            if (keys[i] < keys[0]) {
                keys[0] = keys[i];
                sift(keys, 0, k);
            }
        }
        Arrays.sort(keys, 0, k);
    }

    private static void sift(long[] heap, int at, int size) {
        long moving = heap[at];
        int child;
        while ((child = 2 * at + 1) < size) {
            if (child + 1 < size && heap[child + 1] > heap[child]) child++;
            if (heap[child] <= moving) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moving;
    }

    static int[] argmax(Tensor a, int dim) {
        int d = Shapes.dim("argmax", dim, a.shape);
        int n = a.shape[d];
        int inner = Shapes.product(a.shape, d + 1, a.shape.length);
        int rows = Shapes.numel("argmax", Shapes.without(a.shape, d));
        if (n == 0 && rows > 0) throw ShapeException.of("argmax", a.shape, "has no elements along dimension " + dim);
        int[] out = new int[rows];
        Tensor x = a.contiguous();
        Parallel.rows(rows, n, Parallel.CHEAP, (from, count) -> {
            for (int row = from; row < from + count; row++) {
                out[row] = first(x.data, x.offset + row / inner * n * inner + row % inner, inner, n);
            }
        });
        return out;
    }

    private static int first(float[] x, int at, int step, int n) {
        float best = x[at];
        int index = 0;
        for (int i = 1; i < n && !Float.isNaN(best); i++) {
            float value = x[at + i * step];
            if (value > best || Float.isNaN(value)) {
                best = value;
                index = i;
            }
        }
        return index;
    }
}
