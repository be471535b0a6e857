package org.lanewise.engine;

import java.util.Arrays;

/**
 * One nested loop over up to four strided operands of a common (broadcast) shape; the last operand is the destination.
 * Dimensions of size one are dropped, the rest ordered by the destination's strides, and neighbours merged where every
 * operand allows it, so that what remains innermost is the longest run a kernel can take in one call.
 */
final class StridedLoop {

    /** Floats per operand that a row body may keep in its scratch memory. */
    static final int BLOCK = 256;

    /** Work on one innermost run: a start per operand (unused operands get 0) and the length. */
    @FunctionalInterface
    interface Row {
        void run(float[] scratch, int o0, int o1, int o2, int o3, int n);
    }

    private final int operands;
    private final int[] sizes;
    private final int[][] strides;
    private final int[] base = new int[4];
    /** Step of each operand along the innermost run. */
    final int[] step = new int[4];
    /** Length of the innermost run. */
    final int inner;
    /** Number of innermost runs. */
    final int rows;

    private StridedLoop(int operands, int[] sizes, int[][] strides, int outer, int rows) {
        this.operands = operands;
        this.sizes = Arrays.copyOf(sizes, outer);
        this.strides = strides;
        this.inner = sizes[outer];
        this.rows = rows;
        for (int k = 0; k < operands; k++) step[k] = strides[k][outer];
    }

    /** Over {@code shape}; each operand is broadcast to it. At most four operands, the destination last. */
    static StridedLoop over(int[] shape, Tensor... operands) {
        int count = operands.length;
        int rank = shape.length;
        int[][] full = new int[count][];
        for (int k = 0; k < count; k++) full[k] = Shapes.broadcastStrides(operands[k], shape);

        int[] order = order(shape, full[count - 1]);
        int[] sizes = new int[rank + 1];
        int[][] strides = new int[count][rank + 1];
        int last = -1;
        for (int d : order) {
            if (last >= 0 && merges(full, strides, d, last, shape[d])) {
                sizes[last] *= shape[d];
            } else {
                sizes[++last] = shape[d];
            }
            for (int k = 0; k < count; k++) strides[k][last] = full[k][d];
        }
        if (last < 0) {
            sizes[++last] = 1;
            for (int k = 0; k < count; k++) strides[k][last] = 1;
        }
        StridedLoop loop = new StridedLoop(count, sizes, strides, last, Shapes.product(sizes, 0, last));
        for (int k = 0; k < count; k++) loop.base[k] = operands[k].offset;
        return loop;
    }

    /** Whether dimension {@code d} continues dimension {@code last} of every operand without a jump. */
    private static boolean merges(int[][] full, int[][] strides, int d, int last, int size) {
        for (int k = 0; k < full.length; k++) {
            if (strides[k][last] != full[k][d] * size) return false;
        }
        return true;
    }

    /** Dimensions of more than one element, by falling stride of the destination; an insertion sort, ranks are tiny. */
    private static int[] order(int[] shape, int[] out) {
        int[] order = new int[shape.length];
        int count = 0;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] == 1) continue;
            int j = count++;
            while (j > 0 && out[order[j - 1]] < out[d]) {
                order[j] = order[j - 1];
                j--;
            }
            order[j] = d;
        }
        return Arrays.copyOf(order, count);
    }

    /** Whether there is exactly one dimension around the innermost run. */
    boolean isMatrix() {
        return sizes.length == 1;
    }

    /** Step of an operand from one innermost run to the next, for {@link #isMatrix}. */
    int outerStep(int operand) {
        return strides[operand][0];
    }

    /** Runs the body over every innermost run, cut into chunks and shared with the pool when large. */
    void run(int chunk, Row body) {
        if (rows == 0 || inner == 0) return;
        if (!Parallel.worthwhile((long) rows * inner, chunk)) {
            runRows(0, rows, body);
        } else if (inner >= chunk) {
            int segments = (inner - 1) / chunk + 1;
            WorkerPool.current().forEach(Math.multiplyExact(rows, segments),
                    t -> runSegment(t / segments, t % segments * chunk, chunk, body));
        } else {
            Parallel.rows(rows, inner, chunk, (from, count) -> runRows(from, count, body));
        }
    }

    private void runSegment(int row, int from, int chunk, Row body) {
        int[] at = start(row, new int[sizes.length]);
        for (int k = 0; k < operands; k++) at[k] += from * step[k];
        body.run(new float[3 * BLOCK], at[0], at[1], at[2], at[3], Math.min(chunk, inner - from));
    }

    private void runRows(int from, int count, Row body) {
        int[] index = new int[sizes.length];
        int[] at = start(from, index);
        float[] scratch = new float[3 * Math.min(BLOCK, inner)];
        for (int r = 0; r < count; r++) {
            body.run(scratch, at[0], at[1], at[2], at[3], inner);
            advance(index, at);
        }
    }

    /** Offsets at the start of a row; {@code index} receives its position. */
    private int[] start(int row, int[] index) {
        int[] at = base.clone();
        for (int d = sizes.length - 1; d >= 0; d--) {
            index[d] = row % sizes[d];
            row /= sizes[d];
            for (int k = 0; k < operands; k++) at[k] += index[d] * strides[k][d];
        }
        return at;
    }

    private void advance(int[] index, int[] at) {
        for (int d = sizes.length - 1; d >= 0; d--) {
            if (++index[d] < sizes[d]) {
                for (int k = 0; k < operands; k++) at[k] += strides[k][d];
                return;
            }
            index[d] = 0;
            for (int k = 0; k < operands; k++) at[k] -= (sizes[d] - 1) * strides[k][d];
        }
    }
}
