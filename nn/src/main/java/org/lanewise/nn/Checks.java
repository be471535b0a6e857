package org.lanewise.nn;

import java.util.Arrays;
import java.util.StringJoiner;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;

/** Shape and argument checks; messages name the module, what was expected and what came. */
final class Checks {

    private Checks() {}

    /** Throws unless {@code x} has at least one dimension and the last is {@code size}. */
    static void lastDimension(Object module, String role, Variable x, int size) {
        int[] shape = x.value().shape();
        if (shape.length == 0 || shape[shape.length - 1] != size) {
            throw mismatch(module, role, "[..., " + size + "]", shape);
        }
    }

    /** Throws unless {@code shape} is as expected; a negative expected size fits any. */
    static void shape(Object module, String role, int[] shape, int... expected) {
        boolean fits = shape.length == expected.length;
        for (int d = 0; fits && d < shape.length; d++) fits = expected[d] < 0 || shape[d] == expected[d];
        if (!fits) throw mismatch(module, role, pattern(expected), shape);
    }

    static ShapeException mismatch(Object module, String role, String expected, int[] actual) {
        return new ShapeException(module.toString(),
                role + " must have shape " + expected + ", got " + Arrays.toString(actual));
    }

    private static String pattern(int[] expected) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int size : expected) text.add(size < 0 ? "*" : Integer.toString(size));
        return text.toString();
    }

    /** Throws unless {@code size} is positive. */
    static int positive(String module, String name, int size) {
        if (size <= 0) throw new IllegalArgumentException(module + ": " + name + " must be positive, got " + size);
        return size;
    }

    /** Throws unless {@code p} is a probability below one. */
    static double probability(String module, String name, double p) {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException(module + ": " + name + " must be at least 0 and below 1, got " + p);
        }
        return p;
    }
}
