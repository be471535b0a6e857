package org.lanewise.engine;

import java.util.Arrays;

/**
 * The rules for destinations. A destination may not repeat elements (an expanded view). Element-wise operations may write
 * over an operand that has exactly the same layout; products, softmax along other dimensions and the like may not share
 * memory with an operand at all.
 */
final class Alias {

    private Alias() {}

    static void sameShape(String op, Tensor a, Tensor out) {
        if (!Arrays.equals(a.shape, out.shape)) {
            throw ShapeException.of(op, a.shape, "does not fit into the destination " + Shapes.text(out.shape));
        }
    }

    /** Throws when one element of memory appears several times in the view. */
    static void checkWritable(String op, Tensor out) {
        if (out.contiguous) return;
        for (int d = 0; d < out.shape.length; d++) {
            if (out.shape[d] > 1 && out.strides[d] == 0) {
                throw new IllegalArgumentException(op + ": the destination " + Shapes.text(out.shape)
                        + " is an expanded view; copy() it first");
            }
        }
    }

    /** Throws when {@code out} shares memory with {@code a} without being the same view. */
    static void checkElementwise(String op, Tensor a, Tensor out) {
        if (!overlaps(a, out)) return;
        boolean same = a.offset == out.offset && Arrays.equals(a.shape, out.shape)
                && (Arrays.equals(a.strides, out.strides) || a.contiguous && out.contiguous);
        if (!same) throw overlap(op, a, out);
    }

    /** Throws when {@code out} shares memory with {@code a}. */
    static void checkDisjoint(String op, Tensor a, Tensor out) {
        if (overlaps(a, out)) throw overlap(op, a, out);
    }

    private static IllegalArgumentException overlap(String op, Tensor a, Tensor out) {
        return new IllegalArgumentException(op + ": the destination " + Shapes.text(out.shape)
                + " shares memory with the operand " + Shapes.text(a.shape));
    }

    /**
     * Whether two views of one array may touch. Both are read as {@code i * S + rest} with their common largest stride S;
     * as long as neither rest runs into the next S, the views meet only where the rests meet, so the question is asked
     * again of the remaining dimensions. That tells blocks of columns apart at any depth; what it cannot decide counts as
     * touching.
     */
    private static boolean overlaps(Tensor a, Tensor b) {
        if (a.data != b.data || a.numel == 0 || b.numel == 0) return false;
        int[][] da = byStride(a);
        int[][] db = byStride(b);
        int x = a.offset;
        int y = b.offset;
        int levels = Math.min(da.length, db.length);
        for (int level = 0; level <= levels; level++) {
            int endX = x + span(da, level);
            int endY = y + span(db, level);
            if (x > endY || y > endX) return false;
            if (level == levels || da[level][1] != db[level][1]) return true;
            int step = da[level][1];
            if (step == 0) return true;
            x %= step;
            y %= step;
            if (x + span(da, level + 1) >= step || y + span(db, level + 1) >= step) return true;
        }
        return true;
    }

    /** {size, stride} of the dimensions of more than one element, by falling stride. */
    private static int[][] byStride(Tensor t) {
        int[][] dims = new int[t.shape.length][];
        int count = 0;
        for (int d = 0; d < dims.length; d++) {
            if (t.shape[d] > 1) dims[count++] = new int[] {t.shape[d], t.strides[d]};
        }
        dims = Arrays.copyOf(dims, count);
        Arrays.sort(dims, (p, q) -> Integer.compare(q[1], p[1]));
        return dims;
    }

    /** Distance from the first to the last element, over the dimensions from {@code level} on. */
    private static int span(int[][] dims, int level) {
        int span = 0;
        for (int d = level; d < dims.length; d++) span += (dims[d][0] - 1) * dims[d][1];
        return span;
    }
}
