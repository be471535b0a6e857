package org.lanewise.engine;

import java.util.Arrays;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Element-wise operations with broadcasting. Contiguous operands of one shape go to the kernel as one range; other layouts
 * go run by run through {@link StridedLoop}, and runs whose elements are apart are gathered into blocks first.
 */
final class Elementwise {

    /** Above this size a scattered operand is copied to row-major order first: tiled, that is kinder to the cache. */
    private static final int MATERIALISE = 1 << 12;

    private Elementwise() {}

    static Tensor unary(UnaryOp op, Tensor a) {
        return unary(op.kernel, op.chunk, a);
    }

    static Tensor unary(UnaryOp.Kernel kernel, int chunk, Tensor a) {
        Tensor out = Tensor.like(a);
        unaryInto(kernel, chunk, a, out);
        return out;
    }

    static Tensor unaryInto(UnaryOp op, Tensor a, Tensor out) {
        Alias.sameShape(op.label, a, out);
        Alias.checkWritable(op.label, out);
        Alias.checkElementwise(op.label, a, out);
        unaryInto(op.kernel, op.chunk, a, out);
        return out;
    }

    /** {@code out = f(a)}; shapes are equal. */
    static void unaryInto(UnaryOp.Kernel kernel, int chunk, Tensor a, Tensor out) {
        Kernels k = KernelProvider.get();
        if (a.contiguous && out.contiguous) {
            if (!Parallel.worthwhile(a.numel, chunk)) {
                kernel.run(k, a.data, a.offset, out.data, out.offset, a.numel);
            } else {
                Parallel.chunks(a.numel, chunk,
                        (from, n) -> kernel.run(k, a.data, a.offset + from, out.data, out.offset + from, n));
            }
            return;
        }
        Tensor source = scattered(a, out.shape) ? a.contiguous() : a;
        StridedLoop loop = StridedLoop.over(out.shape, source, out);
        int sa = loop.step[0];
        int so = loop.step[1];
        if (so == 1 && sa == 1) {
            loop.run(chunk, (_, ia, io, _, _, n) -> kernel.run(k, source.data, ia, out.data, io, n));
        } else {
            loop.run(chunk, (scratch, ia, io, _, _, n) -> {
                for (int from = 0; from < n; from += StridedLoop.BLOCK) {
                    int m = Math.min(StridedLoop.BLOCK, n - from);
                    gather(source.data, ia + from * sa, sa, scratch, 0, m);
                    kernel.run(k, scratch, 0, scratch, 0, m);
                    scatter(scratch, 0, out.data, io + from * so, so, m);
                }
            });
        }
    }

    static Tensor binary(BinaryOp op, Tensor a, Tensor b) {
        int[] shape = Shapes.broadcast(op.label, a.shape, b.shape);
        Tensor out = shape == a.shape ? Tensor.like(a) : shape == b.shape ? Tensor.like(b) : Tensor.zeros(shape);
        compute(op, a, b, out);
        return out;
    }

    /** {@code out = a op b}; {@code out} may be {@code a} or {@code b} itself, but not overlap them otherwise. */
    static Tensor binaryInto(BinaryOp op, Tensor a, Tensor b, Tensor out) {
        int[] shape = Shapes.broadcast(op.label, a.shape, b.shape);
        if (!Arrays.equals(shape, out.shape)) {
            throw ShapeException.of(op.label, shape, "does not fit into the destination " + Shapes.text(out.shape));
        }
        Alias.checkWritable(op.label, out);
        Alias.checkElementwise(op.label, a, out);
        Alias.checkElementwise(op.label, b, out);
        compute(op, a, b, out);
        return out;
    }

    static Tensor binary(BinaryOp op, Tensor a, float s) {
        return unary((k, x, xo, out, oo, n) -> op.rangeNumber(k, x, xo, s, out, oo, n), Parallel.CHEAP, a);
    }

    private static void compute(BinaryOp op, Tensor a, Tensor b, Tensor out) {
        Kernels k = KernelProvider.get();
        if (out.contiguous && a.contiguous && b.contiguous && a.numel == out.numel && b.numel == out.numel) {
            if (!Parallel.worthwhile(out.numel, Parallel.CHEAP)) {
                op.ranges(k, a.data, a.offset, b.data, b.offset, out.data, out.offset, out.numel);
            } else {
                Parallel.chunks(out.numel, Parallel.CHEAP, (from, n) -> op.ranges(k, a.data, a.offset + from, b.data,
                        b.offset + from, out.data, out.offset + from, n));
            }
            return;
        }
        Tensor x = scattered(a, out.shape) ? a.contiguous() : a;
        Tensor y = scattered(b, out.shape) ? b.contiguous() : b;
        StridedLoop loop = StridedLoop.over(out.shape, x, y, out);
        if (ThinRows.compute(op, k, x, y, out, loop)) return;
        loop.run(Parallel.CHEAP, rowBody(op, k, x.data, y.data, out.data, loop.step));
    }

    /** The cheapest body for the steps (1: run, 0: one number, other: scattered) of the innermost dimension. */
    private static StridedLoop.Row rowBody(BinaryOp op, Kernels k, float[] a, float[] b, float[] out, int[] step) {
        int sa = step[0];
        int sb = step[1];
        int so = step[2];
        if (so == 1 && sa == 1 && sb == 1) return (_, ia, ib, io, _, n) -> op.ranges(k, a, ia, b, ib, out, io, n);
        if (so == 1 && sa == 1 && sb == 0) {
            return (_, ia, ib, io, _, n) -> op.rangeNumber(k, a, ia, b[ib], out, io, n);
        }
        if (so == 1 && sa == 0 && sb == 1) {
            return (_, ia, ib, io, _, n) -> op.numberRange(k, a[ia], b, ib, out, io, n);
        }
        return (scratch, ia, ib, io, _, n) -> {
            int second = scratch.length / 3;
            for (int from = 0; from < n; from += StridedLoop.BLOCK) {
                int m = Math.min(StridedLoop.BLOCK, n - from);
                gather(a, ia + from * sa, sa, scratch, 0, m);
                gather(b, ib + from * sb, sb, scratch, second, m);
                op.ranges(k, scratch, 0, scratch, second, scratch, 0, m);
                scatter(scratch, 0, out, io + from * so, so, m);
            }
        };
    }

    /** {@code cond != 0 ? a : b}, all three broadcast. */
    static Tensor where(Tensor cond, Tensor a, Tensor b) {
        int[] shape = Shapes.broadcast("where", cond.shape, Shapes.broadcast("where", a.shape, b.shape));
        Tensor out = Tensor.zeros(shape);
        StridedLoop loop = StridedLoop.over(shape, cond, a, b, out);
        int sc = loop.step[0];
        int sa = loop.step[1];
        int sb = loop.step[2];
        int so = loop.step[3];
        loop.run(Parallel.CHEAP, (_, ic, ia, ib, io, n) -> {
            for (int i = 0; i < n; i++) {
                // The bits of both sides, so that the choice is a conditional move and not a branch.
                int yes = Float.floatToRawIntBits(a.data[ia + i * sa]);
                int no = Float.floatToRawIntBits(b.data[ib + i * sb]);
                out.data[io + i * so] = Float.intBitsToFloat(cond.data[ic + i * sc] != 0f ? yes : no);
            }
        });
        return out;
    }

    /** {@code y = y + alpha * x}, {@code x} broadcast to {@code y}. */
    static void addScaled(Tensor y, Tensor x, float alpha) {
        checkInPlace("addScaled_", y, x);
        Kernels k = KernelProvider.get();
        if (y.contiguous && x.contiguous && x.numel == y.numel) {
            if (!Parallel.worthwhile(y.numel, Parallel.CHEAP)) {
                k.axpy(alpha, x.data, x.offset, y.data, y.offset, y.numel);
            } else {
                Parallel.chunks(y.numel, Parallel.CHEAP,
                        (from, n) -> k.axpy(alpha, x.data, x.offset + from, y.data, y.offset + from, n));
            }
            return;
        }
        StridedLoop loop = StridedLoop.over(y.shape, x, y);
        int sx = loop.step[0];
        int sy = loop.step[1];
        loop.run(Parallel.CHEAP, (scratch, ix, iy, _, _, n) -> {
            if (sx == 1 && sy == 1) {
                k.axpy(alpha, x.data, ix, y.data, iy, n);
                return;
            }
            int second = scratch.length / 3;
            for (int from = 0; from < n; from += StridedLoop.BLOCK) {
                int m = Math.min(StridedLoop.BLOCK, n - from);
                gather(x.data, ix + from * sx, sx, scratch, 0, m);
                gather(y.data, iy + from * sy, sy, scratch, second, m);
                k.axpy(alpha, scratch, 0, scratch, second, m);
                scatter(scratch, second, y.data, iy + from * sy, sy, m);
            }
        });
    }

    /** {@code y = y op x}, {@code x} broadcast to {@code y}. */
    static void inPlace(String label, BinaryOp op, Tensor y, Tensor x) {
        checkInPlace(label, y, x);
        compute(op, y, x, y);
    }

    /** {@code y = y * s}. */
    static void scale(Tensor y, float s) {
        Alias.checkWritable("mul_", y);
        unaryInto((k, x, xo, out, oo, n) -> k.mulScalar(x, xo, s, out, oo, n), Parallel.CHEAP, y, y);
    }

    private static void checkInPlace(String label, Tensor y, Tensor x) {
        if (!Arrays.equals(Shapes.broadcast(label, y.shape, x.shape), y.shape)) {
            throw ShapeException.of(label, y.shape, x.shape, "cannot be combined in place");
        }
        Alias.checkWritable(label, y);
        Alias.checkElementwise(label, x, y);
    }

    /** Whether reading {@code t} run by run would jump through memory for every element. */
    private static boolean scattered(Tensor t, int[] shape) {
        if (t.numel < MATERIALISE || t.contiguous) return false;
        for (int d = t.shape.length - 1; d >= 0; d--) {
            if (t.shape[d] != 1 && t.strides[d] != 0) return t.strides[d] != 1;
            if (t.shape[d] != 1 && t.strides[d] == 0) return false;
        }
        return false;
    }

    private static void gather(float[] a, int at, int step, float[] block, int bo, int n) {
        if (step == 1) System.arraycopy(a, at, block, bo, n);
        else for (int i = 0; i < n; i++) block[bo + i] = a[at + i * step];
    }

    private static void scatter(float[] block, int bo, float[] out, int at, int step, int n) {
        if (step == 1) System.arraycopy(block, bo, out, at, n);
        else for (int i = 0; i < n; i++) out[at + i * step] = block[bo + i];
    }
}
