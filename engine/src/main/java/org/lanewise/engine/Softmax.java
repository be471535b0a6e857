package org.lanewise.engine;

import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/** Softmax and its logarithm: one kernel call per row; other dimensions are brought to the end first. */
final class Softmax {

    private Softmax() {}

    static Tensor of(Tensor a, int dim, boolean log) {
        int d = Shapes.dim(log ? "logSoftmax" : "softmax", dim, a.shape);
        int last = a.shape.length - 1;
        if (d == last) {
            Tensor x = a.contiguous();
            Tensor out = Tensor.like(x);
            rows(x, out, log);
            return out;
        }
        Tensor x = Views.transpose(a, d, last).copy();
        rows(x, x, log);
        return Views.transpose(x, d, last).contiguous();
    }

    /** Along the last dimension of contiguous tensors; {@code out} may be {@code x}. */
    static void rows(Tensor x, Tensor out, boolean log) {
        if (x.numel == 0) return;
        int n = x.shape[x.shape.length - 1];
        Kernels k = KernelProvider.get();
        Parallel.rows(x.numel / n, n, Parallel.COSTLY, (from, count) -> {
            for (int at = from * n; at < (from + count) * n; at += n) {
                if (log) k.logSoftmax(x.data, x.offset + at, out.data, out.offset + at, n);
                else k.softmax(x.data, x.offset + at, out.data, out.offset + at, n);
            }
        });
    }

    /** {@code out = y * (g - sum(g * y))} along the last dimension of contiguous tensors. */
    static void gradRows(Tensor y, Tensor g, Tensor out) {
        if (y.numel == 0) return;
        int n = y.shape[y.shape.length - 1];
        Kernels k = KernelProvider.get();
        Parallel.rows(y.numel / n, n, Parallel.CHEAP, (from, count) -> {
            for (int at = from * n; at < (from + count) * n; at += n) {
                k.softmaxGrad(y.data, y.offset + at, g.data, g.offset + at, out.data, out.offset + at, n);
            }
        });
    }
}
