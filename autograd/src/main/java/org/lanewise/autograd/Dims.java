package org.lanewise.autograd;

import java.util.Arrays;
import org.lanewise.engine.ShapeException;

/** Dimensions by number, negative ones counted from the end. */
final class Dims {

    private Dims() {}

    static int normalise(String op, int dim, int[] shape) {
        int d = dim < 0 ? dim + shape.length : dim;
        if (d < 0 || d >= shape.length) {
            throw ShapeException.of(op, shape, "has no dimension " + dim);
        }
        return d;
    }

    /** {@code shape} with the given dimensions reduced to size one; no dimensions means all. */
    static int[] reduced(String op, int[] shape, int... dims) {
        int[] reduced = shape.clone();
        if (dims.length == 0) Arrays.fill(reduced, 1);
        for (int dim : dims) reduced[normalise(op, dim, shape)] = 1;
        return reduced;
    }

    static int product(int[] shape, int from, int to) {
        int n = 1;
        for (int d = from; d < to; d++) n *= shape[d];
        return n;
    }
}
