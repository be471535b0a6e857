package org.lanewise.engine;

import java.util.Arrays;
import org.lanewise.engine.kernels.Kernels;

/**
 * Broadcasting over matrices of few columns, where one kernel call per row would cost more than the work: the row vector is
 * repeated, or the column spread, into a block of many rows, and the kernel runs over whole blocks.
 */
final class ThinRows {

    /** Wider rows keep a kernel busy by themselves. */
    private static final int WIDTH = 32;
    private static final int MIN_ROWS = 16;
    private static final int BLOCK = 512;

    private ThinRows() {}

    /** Computes {@code out = a op b} if the operands are of that kind; else returns false. */
    static boolean compute(BinaryOp op, Kernels k, Tensor a, Tensor b, Tensor out, StridedLoop loop) {
        int width = loop.inner;
        if (width >= WIDTH || loop.rows < MIN_ROWS || !loop.isMatrix() || !out.contiguous) return false;
        boolean left = a.contiguous && a.numel == out.numel;
        boolean right = b.contiguous && b.numel == out.numel;
        if (left == right) return false;
        Tensor other = left ? b : a;
        int down = loop.outerStep(left ? 1 : 0);
        int along = loop.step[left ? 1 : 0];
        boolean row = down == 0 && along == 1;
        boolean column = down != 0 && along == 0;
        if (!row && !column) return false;
        int rows = BLOCK / width;
        Parallel.rows(loop.rows, width, Parallel.CHEAP, (from, count) -> {
            float[] block = new float[rows * width];
            if (row) {
                for (int i = 0; i < block.length; i += width) {
                    System.arraycopy(other.data, other.offset, block, i, width);
                }
            }
            for (int r = from; r < from + count; r += rows) {
                int m = Math.min(rows, from + count - r);
                for (int i = 0; column && i < m; i++) {
                    Arrays.fill(block, i * width, (i + 1) * width, other.data[other.offset + (r + i) * down]);
                }
                int at = r * width;
                int n = m * width;
                if (left) op.ranges(k, a.data, a.offset + at, block, 0, out.data, out.offset + at, n);
                else op.ranges(k, block, 0, b.data, b.offset + at, out.data, out.offset + at, n);
            }
        });
        return true;
    }
}
