package org.lanewise.engine;

import java.util.Arrays;

/** Arithmetic on shapes: element counts, row-major strides, broadcasting, negative dimensions. */
final class Shapes {

    private Shapes() {}

    /** {@code [2, 3]}. */
    static String text(int[] shape) {
        return Arrays.toString(shape);
    }

    /** The number of elements; throws for a negative size or more than an array can hold. */
    static int numel(String op, int[] shape) {
        long n = 1;
        boolean empty = false;
        for (int size : shape) {
            if (size < 0) throw ShapeException.of(op, shape, "has a negative size");
            empty |= size == 0;
        }
        if (empty) return 0;
        for (int size : shape) {
            n *= size;
            if (n > Integer.MAX_VALUE) throw ShapeException.of(op, shape, "has more than 2^31 - 1 elements");
        }
        return (int) n;
    }

    static int[] rowMajor(int[] shape) {
        int[] strides = new int[shape.length];
        int step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = step;
            step *= Math.max(1, shape[d]);
        }
        return strides;
    }

    /** Row-major without gaps; strides of dimensions of size one are of no account. */
    static boolean isContiguous(int[] shape, int[] strides) {
        int step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] == 0) return true;
            if (shape[d] != 1 && strides[d] != step) {
                for (int size : shape) if (size == 0) return true;
                return false;
            }
            step *= shape[d];
        }
        return true;
    }

    /** {@code dim} in 0..rank-1, negative values counted from the end. */
    static int dim(String op, int dim, int[] shape) {
        int d = dim < 0 ? dim + shape.length : dim;
        if (d < 0 || d >= shape.length) throw ShapeException.of(op, shape, "has no dimension " + dim);
        return d;
    }

    /** A mask of the given dimensions; none given means all. */
    static boolean[] mask(String op, int[] dims, int[] shape) {
        boolean[] mask = new boolean[shape.length];
        if (dims.length == 0) Arrays.fill(mask, true);
        for (int dim : dims) {
            int d = dim(op, dim, shape);
            if (mask[d]) throw ShapeException.of(op, shape, "is reduced twice along dimension " + dim);
            mask[d] = true;
        }
        return mask;
    }

    /** The common shape: aligned at the last dimension, sizes equal or one. */
    static int[] broadcast(String op, int[] a, int[] b) {
        if (Arrays.equals(a, b)) return a;
        int[] out = new int[Math.max(a.length, b.length)];
        for (int i = 1; i <= out.length; i++) {
            int x = i <= a.length ? a[a.length - i] : 1;
            int y = i <= b.length ? b[b.length - i] : 1;
            if (x != y && x != 1 && y != 1) throw ShapeException.of(op, a, b, "do not broadcast");
            out[out.length - i] = x == 1 ? y : x;
        }
        return out;
    }

    /** Strides that read {@code t} as if it had {@code shape}: zero where it is repeated. */
    static int[] broadcastStrides(Tensor t, int[] shape) {
        int[] strides = new int[shape.length];
        int lead = shape.length - t.shape.length;
        for (int d = 0; d < t.shape.length; d++) {
            strides[lead + d] = t.shape[d] == 1 ? 0 : t.strides[d];
        }
        return strides;
    }

    /** {@code shape} with position {@code d} set to {@code size}. */
    static int[] with(int[] shape, int d, int size) {
        int[] out = shape.clone();
        out[d] = size;
        return out;
    }

    /** {@code shape} without position {@code d}. */
    static int[] without(int[] shape, int d) {
        int[] out = new int[shape.length - 1];
        System.arraycopy(shape, 0, out, 0, d);
        System.arraycopy(shape, d + 1, out, d, out.length - d);
        return out;
    }

    /** The product of sizes {@code from} (inclusive) to {@code to} (exclusive). */
    static int product(int[] shape, int from, int to) {
        int n = 1;
        for (int d = from; d < to; d++) n *= shape[d];
        return n;
    }
}
