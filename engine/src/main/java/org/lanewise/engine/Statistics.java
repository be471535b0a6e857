package org.lanewise.engine;

import java.util.Arrays;
import org.lanewise.engine.Reductions.Kind;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/** Reductions built from the basic ones: means, variances, log-sum-exp, running sums, undoing a broadcast. */
final class Statistics {

    private Statistics() {}

    static Tensor reduce(Kind kind, Tensor a, boolean keep, int... dims) {
        return Reductions.reduce(kind, a, Shapes.mask(kind.label, dims, a.shape), keep);
    }

    static Tensor sum(Tensor a, boolean keep, int... dims) {
        return reduce(Kind.SUM, a, keep, dims);
    }

    static Tensor mean(Tensor a, boolean keep, int... dims) {
        boolean[] mask = Shapes.mask("mean", dims, a.shape);
        return Reductions.reduce(Kind.SUM, a, mask, keep).div((float) count(a, mask));
    }

    static Tensor var(Tensor a, boolean unbiased, boolean keep, int... dims) {
        boolean[] mask = Shapes.mask("var", dims, a.shape);
        int n = count(a, mask);
        Tensor mean = Reductions.reduce(Kind.SUM, a, mask, true).div((float) n);
        Tensor squares = Reductions.reduce(Kind.SQUARES, a.sub(mean), mask, keep);
        return squares.div((float) (unbiased ? n - 1 : n));
    }

    private static int count(Tensor a, boolean[] mask) {
        int n = 1;
        for (int d = 0; d < mask.length; d++) if (mask[d]) n *= a.shape[d];
        return n;
    }

    static Tensor logSumExp(Tensor a, int dim, boolean keep) {
        int d = Shapes.dim("logSumExp", dim, a.shape);
        if (d == a.shape.length - 1 && a.contiguous && a.shape[d] > 0) return logSumExpRows(a, keep);
        Tensor max = reduce(Kind.MAX, a, true, d);
        // An infinite maximum is the answer itself; it must not be subtracted from itself.
        for (int i = 0; i < max.numel; i++) if (Float.isInfinite(max.data[i])) max.data[i] = 0f;
        Tensor out = a.sub(max).exp().sum(true, d).log().add_(max);
        return keep ? out : out.squeeze(d);
    }

    /** Along the last dimension, without temporaries. */
    private static Tensor logSumExpRows(Tensor a, boolean keep) {
        int last = a.shape.length - 1;
        int n = a.shape[last];
        Tensor out = Tensor.zeros(Shapes.with(a.shape, last, 1));
        Kernels k = KernelProvider.get();
        Parallel.rows(out.numel, n, Parallel.COSTLY, (from, count) -> {
            for (int r = from; r < from + count; r++) {
                float max = k.max(a.data, a.offset + r * n, n);
                boolean finite = Math.abs(max) < Float.POSITIVE_INFINITY;
                // The sum is at least one: the largest element contributes exp(0).
                out.data[r] = finite ? (float) (max + DoubleMath.log(k.sumExp(a.data, a.offset + r * n, max, n))) : max;
            }
        });
        return keep ? out : out.squeeze(last);
    }

    static Tensor cumsum(Tensor a, int dim) {
        int d = Shapes.dim("cumsum", dim, a.shape);
        Tensor out = a.copy();
        if (out.numel == 0) return out;
        int n = a.shape[d];
        int inner = Shapes.product(a.shape, d + 1, a.shape.length);
        Kernels k = KernelProvider.get();
        Parallel.rows(out.numel / (n * inner), n * inner, Parallel.CHEAP, (from, count) -> {
            for (int at = from * n * inner; at < (from + count) * n * inner; at += n * inner) {
                if (inner == 1) running(out.data, at, n);
                else for (int i = 1; i < n; i++) {
                    int row = at + i * inner;
                    k.add(out.data, row - inner, out.data, row, out.data, row, inner);
                }
            }
        });
        return out;
    }

    private static void running(float[] x, int at, int n) {
        for (int i = 1; i < n; i++) x[at + i] += x[at + i - 1];
    }

    static Tensor sumTo(Tensor a, int... shape) {
        if (Arrays.equals(a.shape, shape)) return a;
        if (!Arrays.equals(Shapes.broadcast("sumTo", a.shape, shape), a.shape)) {
            throw ShapeException.of("sumTo", a.shape, shape, "do not fit: the second does not broadcast to the first");
        }
        int lead = a.shape.length - shape.length;
        boolean[] mask = new boolean[a.shape.length];
        for (int d = 0; d < mask.length; d++) mask[d] = d < lead || shape[d - lead] == 1 && a.shape[d] != 1;
        return Views.reshape(Reductions.reduce(Kind.SUM, a, mask, false), shape);
    }
}
