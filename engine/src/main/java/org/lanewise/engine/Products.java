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
        if (out.strides[out.shape.length - 1] == 1 || out.shape[out.shape.length - 1] <= 1) compute(a, b, out);
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

    /** The last stride of {@code out} is one. */
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
        loop.run(Integer.MAX_VALUE, (_, ix, iy, io, _, count) -> {
            for (int i = 0; i < count; i++) {
                gemm(m, n, k, x.data, ix + i * sx, xr, xc, y.data, iy + i * sy, yr, yc, out.data, io + i * so, or);
            }
        });
    }

    /** The first element of every matrix of a stack. */
    private static Tensor heads(Tensor t) {
        int rank = t.shape.length - 2;
        return new Tensor(t.data, t.offset, Arrays.copyOf(t.shape, rank), Arrays.copyOf(t.strides, rank));
    }

    private static void gemm(int m, int n, int k, float[] a, int ao, int ar, int ac, float[] b, int bo, int br, int bc,
            float[] c, int co, int cr) {
        for (int i = 0; i < m; i++) {
            int row = co + i * cr;
            Arrays.fill(c, row, row + n, 0f);
            for (int p = 0; p < k; p++) {
                float s = a[ao + i * ar + p * ac];
                for (int j = 0; j < n; j++) c[row + j] += s * b[bo + p * br + j * bc];
            }
        }
    }
}
