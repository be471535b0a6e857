package org.lanewise.engine;

import java.util.Arrays;

/** Matrix products with the promotion and broadcasting rules of {@code numpy.matmul}. */
final class Products {

    private Products() {}

    static Tensor matmul(Tensor a, Tensor b) {
        if (a.shape.length == 0 || b.shape.length == 0) {
            throw ShapeException.of("matmul", a.shape, b.shape, "do not fit: rank zero has no matrix product");
        }
        Tensor x = a.shape.length == 1 ? Views.unsqueeze(a, 0) : a;
        Tensor y = b.shape.length == 1 ? Views.unsqueeze(b, 1) : b;
        Tensor out = Tensor.zeros(resultShape(x, y, a, b));
        compute(x, y, out);
        if (b.shape.length == 1) out = Views.squeeze(out, -1);
        if (a.shape.length == 1) out = Views.squeeze(out, b.shape.length == 1 ? -1 : -2);
        return out;
    }

    /** {@code out = a * b} for matrices and stacks of them; {@code out} shares no memory with the operands. */
    static Tensor matmulInto(Tensor a, Tensor b, Tensor out) {
        if (a.shape.length < 2 || b.shape.length < 2) {
            throw ShapeException.of("matmulInto", a.shape, b.shape, "are not both matrices");
        }
        int[] shape = resultShape(a, b, a, b);
        if (!Arrays.equals(shape, out.shape)) {
            throw ShapeException.of("matmulInto", shape, "does not fit into the destination " + Shapes.text(out.shape));
        }
        Alias.checkWritable("matmulInto", out);
        Alias.checkDisjoint("matmulInto", a, out);
        Alias.checkDisjoint("matmulInto", b, out);
        int rank = out.shape.length;
        boolean rows = (out.strides[rank - 1] == 1 || shape[rank - 1] <= 1)
                && (out.strides[rank - 2] >= shape[rank - 1] || shape[rank - 2] <= 1);
        if (rows && a.data != out.data && b.data != out.data) compute(a, b, out);
        else out.copyFrom(matmul(a, b));
        return out;
    }

    private static int[] resultShape(Tensor x, Tensor y, Tensor a, Tensor b) {
        int rx = x.shape.length;
        int ry = y.shape.length;
        if (x.shape[rx - 1] != y.shape[ry - 2]) {
            throw ShapeException.of("matmul", a.shape, b.shape,
                    "do not fit: the inner sizes " + x.shape[rx - 1] + " and "
                            + y.shape[ry - 2] + " differ");
        }
        int[] batch;
        try {
            batch = Shapes.broadcast("matmul", Arrays.copyOf(x.shape, rx - 2), Arrays.copyOf(y.shape, ry - 2));
        } catch (ShapeException _) {
            throw ShapeException.of("matmul", a.shape, b.shape, "do not fit: the leading sizes do not broadcast");
        }
        int[] shape = Arrays.copyOf(batch, batch.length + 2);
        shape[batch.length] = x.shape[rx - 2];
        shape[batch.length + 1] = y.shape[ry - 1];
        return shape;
    }

    /** {@code out} consists of rows with unit steps, in an array of its own. */
    private static void compute(Tensor x, Tensor y, Tensor out) {
        if (out.numel == 0) return;
        int rank = out.shape.length;
        int m = out.shape[rank - 2];
        int n = out.shape[rank - 1];
        int k = x.shape[x.shape.length - 1];
        int xr = x.strides[x.shape.length - 2];
        int xc = x.strides[x.shape.length - 1];
        int yr = y.strides[y.shape.length - 2];
        int yc = y.strides[y.shape.length - 1];
        int or = out.strides[rank - 2];
        if (y.shape.length == 2 && x.shape.length > 2 && x.contiguous && out.contiguous) {
            // One weight matrix for a whole stack: a single product with more rows.
            gemm(out.numel / n, n, k, x.data, x.offset, k, 1, y.data, y.offset, yr, yc, out.data, out.offset, n);
            return;
        }
        Tensor xs = heads(x);
        Tensor ys = heads(y);
        Tensor os = heads(out);
        StridedLoop loop = StridedLoop.over(os.shape, xs, ys, os);
        int sx = loop.step[0];
        int sy = loop.step[1];
        int so = loop.step[2];
        // One batch per run; the products themselves are shared by the pool.
        loop.run(Integer.MAX_VALUE, (_, ix, iy, io, _, count) -> {
            if (count == 1 || so >= (m - 1) * or + n) {
                Gemm.multiply(count, m, n, k, x.data, ix, sx, xr, xc, y.data, iy, sy, yr, yc, out.data, io, so, or,
                        false,
                        Epilogue.NONE);
                return;
            }
            // Rows of the results lie between one another, as in the heads of attention.
            WorkerPool.current().forEach(count, i -> gemm(m, n, k, x.data, ix + i * sx, xr, xc, y.data, iy + i * sy, yr,
                    yc, out.data, io + i * so, or));
        });
    }

    /**
     * {@code out = activation(x w^T + bias)} for x [..., in], w [out, in], bias [out] or null; {@code out} [..., out] shares
     * no memory with the others.
     */
    static Tensor linearInto(Tensor x, Tensor w, Tensor bias, Activation activation, Tensor out) {
        int[] shape = linearShape(x, w, bias);
        if (!Arrays.equals(shape, out.shape)) {
            throw ShapeException.of("linearInto", shape, "does not fit into the destination " + Shapes.text(out.shape));
        }
        Alias.checkWritable("linearInto", out);
        Alias.checkDisjoint("linearInto", x, out);
        Alias.checkDisjoint("linearInto", w, out);
        if (bias != null) Alias.checkDisjoint("linearInto", bias, out);
        int n = w.shape[0];
        int k = w.shape[1];
        if (out.numel == 0) return out;
        int[] flat = {out.numel / n, n};
        Tensor to = Views.reshape(out, flat);
        boolean direct = to.data == out.data && x.data != out.data && w.data != out.data
                && (to.strides[1] == 1 || n == 1) && (to.strides[0] >= n || flat[0] == 1);
        if (!direct) to = Tensor.zeros(flat);
        Tensor from = Views.reshape(x, new int[] {flat[0], k});
        Tensor b = bias == null ? null : bias.contiguous();
        Epilogue epilogue = b == null ? Epilogue.activation(activation) : Epilogue.of(b.data, b.offset, activation);
        Gemm.multiply(flat[0], n, k, from.data, from.offset, from.strides[0], from.strides[1], w.data, w.offset,
                w.strides[1], w.strides[0], to.data, to.offset, flat[0] == 1 ? n : to.strides[0], false, epilogue);
        return direct ? out : out.copyFrom(Views.reshape(to, shape));
    }

    /** [..., out] for x [..., in], w [out, in], bias [out] or null. */
    static int[] linearShape(Tensor x, Tensor w, Tensor bias) {
        int last = x.shape.length - 1;
        if (last < 0 || w.shape.length != 2 || x.shape[last] != w.shape[1]) {
            throw ShapeException.of("linear", x.shape, w.shape, "of input and weight do not fit");
        }
        if (bias != null && !Arrays.equals(bias.shape, new int[] {w.shape[0]})) {
            throw ShapeException.of("linear", w.shape, bias.shape, "of weight and bias do not fit");
        }
        return Shapes.with(x.shape, last, w.shape[0]);
    }

    /** The first element of every matrix of a stack. */
    private static Tensor heads(Tensor t) {
        int rank = t.shape.length - 2;
        return new Tensor(t.data, t.offset, Arrays.copyOf(t.shape, rank), Arrays.copyOf(t.strides, rank));
    }

    private static void gemm(int m, int n, int k, float[] a, int ao, int ar, int ac, float[] b, int bo, int br, int bc,
            float[] c, int co, int cr) {
        Gemm.multiply(m, n, k, a, ao, ar, ac, b, bo, br, bc, c, co, cr, false, Epilogue.NONE);
    }
}
