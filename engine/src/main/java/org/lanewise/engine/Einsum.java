package org.lanewise.engine;

import java.util.Arrays;

/**
 * Sums of products in Einstein's notation, as {@code numpy.einsum}: one letter per dimension, operands separated by commas,
 * the result after {@code ->}. Letters that the result lacks are summed over; a letter twice in one operand takes its
 * diagonal. Without {@code ->} the result has the letters that occur once, in alphabetical order. There is no ellipsis.
 *
 * <p>Two operands become one (batched) matrix product; more are taken from left to right.
 *
 * <pre>{@code
 * Einsum.of("bij,bjk->bik", a, b);     // batched matrix product
 * Einsum.of("bhqd,bhkd->bhqk", q, k);  // attention scores
 * Einsum.of("ij->j", a);               // column sums
 * Einsum.of("ii", a);                  // trace
 * }</pre>
 */
public final class Einsum {

    private Einsum() {}

    /** The result as a new tensor; a {@link ShapeException} if the letters do not fit the operands. */
    public static Tensor of(String equation, Tensor... operands) {
        String text = equation.replace(" ", "");
        int arrow = text.indexOf("->");
        String[] terms = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
        if (terms.length != operands.length) {
            throw new ShapeException("einsum",
                    "'" + equation + "' has " + terms.length + " operands, not " + operands.length);
        }
        String out = arrow < 0 ? implied(terms) : text.substring(arrow + 2);
        check(equation, terms, out, operands);

        Tensor result = diagonal(terms[0], operands[0]);
        String letters = distinct(terms[0]);
        for (int i = 1; i < terms.length; i++) {
            String later = String.join("", Arrays.copyOfRange(terms, i + 1, terms.length)) + out;
            String next = distinct(terms[i]);
            String kept = keep(distinct(letters + next), later);
            result = pair(letters, result, next, diagonal(terms[i], operands[i]), kept);
            letters = kept;
        }
        Tensor summed = sumOut(result, letters, out);
        return arrange(summed, keep(letters, out), out).copy();
    }

    private static String implied(String[] terms) {
        String all = String.join("", terms);
        StringBuilder out = new StringBuilder();
        all.chars().distinct().sorted().filter(c -> all.indexOf(c) == all.lastIndexOf(c))
                .forEach(c -> out.append((char) c));
        return out.toString();
    }

    private static void check(String equation, String[] terms, String out, Tensor[] operands) {
        int[] sizes = new int[128];
        Arrays.fill(sizes, -1);
        for (int i = 0; i < terms.length; i++) {
            int[] shape = operands[i].shape;
            if (terms[i].length() != shape.length) {
                throw ShapeException.of("einsum", shape,
                        "does not have the dimensions of '" + terms[i] + "' in '" + equation + "'");
            }
            for (int d = 0; d < shape.length; d++) {
                char c = terms[i].charAt(d);
                if (c >= 128 || !Character.isLetter(c)) {
                    throw new ShapeException("einsum", "'" + c + "' in '" + equation + "' is not a letter");
                }
                if (sizes[c] >= 0 && sizes[c] != shape[d]) {
                    throw ShapeException.of("einsum", shape,
                            "gives '" + c + "' in '" + equation + "' the size " + shape[d]
                                    + ", it was " + sizes[c]);
                }
                sizes[c] = shape[d];
            }
        }
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c >= 128 || sizes[c] < 0 || out.indexOf(c) != i) {
                throw new ShapeException("einsum",
                        "the result of '" + equation + "' has '" + c + "' twice or out of nowhere");
            }
        }
    }

    /** A view with repeated letters merged: the stride of a diagonal is the sum of the strides. */
    private static Tensor diagonal(String term, Tensor t) {
        String letters = distinct(term);
        if (letters.length() == term.length()) return t;
        int[] shape = new int[letters.length()];
        int[] strides = new int[letters.length()];
        for (int d = 0; d < term.length(); d++) {
            int i = letters.indexOf(term.charAt(d));
            shape[i] = t.shape[d];
            strides[i] += t.strides[d];
        }
        return new Tensor(t.data, t.offset, shape, strides);
    }

    /** The product of two operands with the letters {@code kept}, in that order. */
    private static Tensor pair(String la, Tensor a, String lb, Tensor b, String kept) {
        // A letter of one operand alone that is not kept is summed before the product.
        Tensor x = sumOut(a, la, lb + kept);
        Tensor y = sumOut(b, lb, la + kept);
        String lx = keep(la, lb + kept);
        String ly = keep(lb, la + kept);
        String both = keep(lx, ly);
        String batch = keep(both, kept);
        String inner = drop(both, kept);
        String rows = drop(lx, ly);
        String cols = drop(ly, lx);

        Tensor left = arrange(x, lx, batch + rows + inner);
        Tensor right = arrange(y, ly, batch + inner + cols);
        int nb = batch.length();
        int nr = rows.length();
        int ni = inner.length();
        int[] head = Arrays.copyOf(left.shape, nb);
        int m = Shapes.product(left.shape, nb, nb + nr);
        int k = Shapes.product(left.shape, nb + nr, nb + nr + ni);
        int n = Shapes.product(right.shape, nb + ni, right.shape.length);
        Tensor product = matrices(left, head, m, k).matmul(matrices(right, head, k, n));

        int[] shape = Arrays.copyOf(head, nb + nr + cols.length());
        System.arraycopy(left.shape, nb, shape, nb, nr);
        System.arraycopy(right.shape, nb + ni, shape, nb + nr, cols.length());
        return arrange(product.reshape(shape), batch + rows + cols, kept);
    }

    private static Tensor matrices(Tensor t, int[] head, int rows, int cols) {
        int[] shape = Arrays.copyOf(head, head.length + 2);
        shape[head.length] = rows;
        shape[head.length + 1] = cols;
        return t.reshape(shape);
    }

    /** Sums over the letters that {@code needed} lacks. */
    private static Tensor sumOut(Tensor t, String letters, String needed) {
        boolean[] mask = new boolean[letters.length()];
        boolean any = false;
        for (int d = 0; d < mask.length; d++) any |= mask[d] = needed.indexOf(letters.charAt(d)) < 0;
        return any ? Reductions.reduce(Reductions.Kind.SUM, t, mask, false) : t;
    }

    private static Tensor arrange(Tensor t, String from, String to) {
        int[] dims = new int[to.length()];
        for (int d = 0; d < dims.length; d++) dims[d] = from.indexOf(to.charAt(d));
        return Views.permute(t, dims);
    }

    private static String distinct(String letters) {
        StringBuilder out = new StringBuilder();
        letters.chars().distinct().forEach(c -> out.append((char) c));
        return out.toString();
    }

    private static String keep(String letters, String these) {
        StringBuilder out = new StringBuilder();
        letters.chars().filter(c -> these.indexOf(c) >= 0).forEach(c -> out.append((char) c));
        return out.toString();
    }

    private static String drop(String letters, String these) {
        StringBuilder out = new StringBuilder();
        letters.chars().filter(c -> these.indexOf(c) < 0).forEach(c -> out.append((char) c));
        return out.toString();
    }
}
