package org.lanewise.engine;

import java.util.Arrays;

/** Copies between layouts: whole ranges where both sides run on, tiles where one side is transposed. */
final class Copying {

    /** Edge of a tile in floats: 16 lines of 64 bytes on each side stay in the first-level cache. */
    private static final int TILE = 16;

    private Copying() {}

    /** {@code out = a}, {@code a} broadcast to {@code out}; the memory does not overlap. */
    static void into(Tensor a, Tensor out) {
        if (a.contiguous && out.contiguous && a.numel == out.numel) {
            Parallel.chunks(a.numel, Parallel.CHEAP, (from, n) -> System.arraycopy(a.data, a.offset + from, out.data,
                    out.offset + from, n));
            return;
        }
        if (transposed(a, out)) return;
        StridedLoop loop = StridedLoop.over(out.shape, a, out);
        int sa = loop.step[0];
        int so = loop.step[1];
        loop.run(Parallel.CHEAP, (_, ia, io, _, _, n) -> run(a.data, ia, sa, out.data, io, so, n));
    }

    private static void run(float[] a, int ia, int sa, float[] out, int io, int so, int n) {
        if (so == 1 && sa == 1) System.arraycopy(a, ia, out, io, n);
        else if (so == 1 && sa == 0) Arrays.fill(out, io, io + n, a[ia]);
        else for (int i = 0; i < n; i++) out[io + i * so] = a[ia + i * sa];
    }

    /** Copies tile by tile if {@code a} has its unit stride in another dimension than {@code out}; else returns false. */
    private static boolean transposed(Tensor a, Tensor out) {
        int rank = out.shape.length;
        if (rank < 2 || out.numel == 0 || !Arrays.equals(a.shape, out.shape)) return false;
        int col = unit(out);
        int row = unit(a);
        if (col < 0 || row < 0 || col == row) return false;
        int rows = a.shape[row];
        int cols = a.shape[col];
        int jump = a.strides[col];
        int pitch = out.strides[row];
        Tensor from = one(one(a, row), col);
        Tensor to = one(one(out, row), col);
        StridedLoop loop = StridedLoop.over(from.shape, from, to);
        int sa = loop.step[0];
        int so = loop.step[1];
        int chunk = Math.max(1, Parallel.CHEAP / Math.max(1, (int) Math.min(Integer.MAX_VALUE, (long) rows * cols)));
        loop.run(chunk, (_, ia, io, _, _, n) -> {
            for (int i = 0; i < n; i++) {
                transpose(a.data, ia + i * sa, jump, out.data, io + i * so, pitch, rows, cols);
            }
        });
        return true;
    }

    /** {@code out[r * pitch + c] = a[r + c * jump]}. */
    private static void transpose(float[] a, int ao, int jump, float[] out, int oo, int pitch, int rows, int cols) {
        Parallel.rows((rows + TILE - 1) / TILE, TILE * cols, Parallel.CHEAP, (from, count) -> {
            int end = Math.min(rows, (from + count) * TILE);
            for (int r0 = from * TILE; r0 < end; r0 += TILE) {
                int r1 = Math.min(end, r0 + TILE);
                for (int c0 = 0; c0 < cols; c0 += TILE) {
                    tile(a, ao, jump, out, oo, pitch, r0, r1, c0, Math.min(cols, c0 + TILE));
                }
            }
        });
    }

    private static void tile(float[] a, int ao, int jump, float[] out, int oo, int pitch, int r0, int r1, int c0,
            int c1) {
        for (int r = r0; r < r1; r++) {
            int to = oo + r * pitch;
            for (int c = c0; c < c1; c++) out[to + c] = a[ao + r + c * jump];
        }
    }

    /** The dimension of more than one element with stride one, or -1. */
    private static int unit(Tensor t) {
        for (int d = t.shape.length - 1; d >= 0; d--) {
            if (t.shape[d] > 1 && t.strides[d] == 1) return d;
        }
        return -1;
    }

    /** The first entry along {@code d}, the dimension kept with size one. */
    private static Tensor one(Tensor t, int d) {
        return new Tensor(t.data, t.offset, Shapes.with(t.shape, d, 1), t.strides);
    }
}
