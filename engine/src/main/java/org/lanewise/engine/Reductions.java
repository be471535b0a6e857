package org.lanewise.engine;

import java.util.Arrays;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Reductions over any set of dimensions. Three layouts cover all inputs: rows (the reduced elements are one contiguous
 * run), columns (the kept elements are, and whole rows are folded into one another), and everything else, which is copied
 * into rows first.
 *
 * <p>Long reductions are cut at fixed places ({@link #ROW_CHUNK} elements, {@link #COLUMN_CHUNK} rows) and the parts
 * combined in index order, so the bits depend on the shape and layout but never on the number of threads; it also keeps
 * the error of a long float sum small.
 */
final class Reductions {

    static final int ROW_CHUNK = 1 << 12;
    static final int COLUMN_CHUNK = 128;
    /** Columns folded at a time, so that the running results stay in the first-level cache. */
    private static final int COLUMN_BLOCK = 2048;

    private Reductions() {}

    /** What is reduced to what. */
    enum Kind {
        SUM("sum", 0f) {
            @Override
            float row(Kernels k, float[] a, int ao, int n) { return k.sum(a, ao, n); }

            @Override
            void fold(Kernels k, float[] x, int xo, float[] acc, int co, int n) { k.add(acc, co, x, xo, acc, co, n); }
        },
        SQUARES("norm", 0f) {
            @Override
            float row(Kernels k, float[] a, int ao, int n) { return k.sumSquares(a, ao, n); }

            @Override
            void first(Kernels k, float[] x, int xo, float[] acc, int co, int n) { k.mul(x, xo, x, xo, acc, co, n); }

            @Override
            void fold(Kernels k, float[] x, int xo, float[] acc, int co, int n) {
                k.fma(x, xo, x, xo, acc, co, acc, co, n);
            }

            @Override
            Kind parts() { return SUM; }
        },
        MAX("max", Float.NEGATIVE_INFINITY) {
            @Override
            float row(Kernels k, float[] a, int ao, int n) { return k.max(a, ao, n); }

            @Override
            void fold(Kernels k, float[] x, int xo, float[] acc, int co, int n) { k.max(acc, co, x, xo, acc, co, n); }

            @Override
            double combine(double x, double y) { return Math.max(x, y); }
        },
        MIN("min", Float.POSITIVE_INFINITY) {
            @Override
            float row(Kernels k, float[] a, int ao, int n) { return k.min(a, ao, n); }

            @Override
            void fold(Kernels k, float[] x, int xo, float[] acc, int co, int n) { k.min(acc, co, x, xo, acc, co, n); }

            @Override
            double combine(double x, double y) { return Math.min(x, y); }
        };

        final String label;
        /** The result of nothing. */
        final float identity;

        Kind(String label, float identity) {
            this.label = label;
            this.identity = identity;
        }

        abstract float row(Kernels k, float[] a, int ao, int n);

        /** {@code acc = acc op x}, element by element. */
        abstract void fold(Kernels k, float[] x, int xo, float[] acc, int co, int n);

        /** {@code acc} from the first row. */
        void first(Kernels k, float[] x, int xo, float[] acc, int co, int n) {
            System.arraycopy(x, xo, acc, co, n);
        }

        /** How the results of parts are reduced. */
        Kind parts() { return this; }

        /** Two results of parts, in double so that long sums lose nothing more. */
        double combine(double x, double y) {
            return x + y;
        }
    }

    /** Everything to one number. */
    static float all(Kind kind, Tensor a) {
        Tensor x = a.contiguous();
        return row(kind, KernelProvider.get(), x.data, x.offset, x.numel);
    }

    /** One contiguous run, cut at multiples of {@link #ROW_CHUNK}. */
    private static float row(Kind kind, Kernels k, float[] a, int ao, int n) {
        if (n <= ROW_CHUNK) return n == 0 ? kind.identity : kind.row(k, a, ao, n);
        int parts = (n - 1) / ROW_CHUNK + 1;
        float[] results = new float[parts];
        Parallel.rows(parts, ROW_CHUNK, Parallel.CHEAP, (from, count) -> {
            for (int p = from; p < from + count; p++) {
                results[p] = kind.row(k, a, ao + p * ROW_CHUNK, Math.min(ROW_CHUNK, n - p * ROW_CHUNK));
            }
        });
        double sum = results[0];
        for (int p = 1; p < parts; p++) sum = kind.combine(sum, results[p]);
        return (float) sum;
    }

    /** Reduces the dimensions of the mask; they stay with size one if {@code keep}. */
    static Tensor reduce(Kind kind, Tensor a, boolean[] mask, boolean keep) {
        int rank = a.shape.length;
        int[] order = new int[rank];
        int kept = 0;
        for (int d = 0; d < rank; d++) if (!mask[d]) order[kept++] = d;
        int next = kept;
        for (int d = 0; d < rank; d++) if (mask[d]) order[next++] = d;
        Tensor p = Views.permute(a, order);
        Tensor out = Tensor.zeros(Arrays.copyOf(p.shape, kept));
        int n = Shapes.product(p.shape, kept, rank);
        if (out.numel == 0) return named(out, a, mask, keep);
        if (n == 0) {
            Arrays.fill(out.data, kind.identity);
        } else {
            run(kind, p, kept, n, out);
        }
        return named(out, a, mask, keep);
    }

    private static Tensor named(Tensor out, Tensor a, boolean[] mask, boolean keep) {
        if (!keep) return out;
        int[] shape = a.shape.clone();
        for (int d = 0; d < shape.length; d++) if (mask[d]) shape[d] = 1;
        return Views.reshape(out, shape);
    }

    /** {@code p} has its kept dimensions first; {@code out} is contiguous over them. */
    private static void run(Kind kind, Tensor p, int kept, int n, Tensor out) {
        int step = step(p, kept);
        int inner = kept;
        int width = 1;
        while (inner > 0 && (p.shape[inner - 1] == 1 || p.strides[inner - 1] == width)) width *= p.shape[--inner];
        if (step == 1) {
            rows(kind, heads(p, kept), n, out);
        } else if (step >= 0 && width > 1) {
            columns(kind, heads(p, inner), n, step, width, out);
        } else {
            rows(kind, heads(p.copy(), kept), n, out);
        }
    }

    /** The one stride of all reduced dimensions taken together, or -1 if they do not run on. */
    private static int step(Tensor p, int kept) {
        int step = -1;
        int next = -1;
        for (int d = p.shape.length - 1; d >= kept; d--) {
            if (p.shape[d] == 1) continue;
            if (step < 0) step = p.strides[d];
            else if (p.strides[d] != next) return -1;
            next = p.strides[d] * p.shape[d];
        }
        return step < 0 ? 1 : step;
    }

    /** The first elements over the leading {@code count} dimensions. */
    private static Tensor heads(Tensor p, int count) {
        return new Tensor(p.data, p.offset, Arrays.copyOf(p.shape, count), Arrays.copyOf(p.strides, count));
    }

    private static void rows(Kind kind, Tensor heads, int n, Tensor out) {
        Kernels k = KernelProvider.get();
        float[] a = heads.data;
        StridedLoop loop = StridedLoop.over(heads.shape, heads, out);
        int sa = loop.step[0];
        loop.run(Math.max(1, Parallel.CHEAP / n), (_, ia, io, _, _, count) -> {
            for (int i = 0; i < count; i++) out.data[io + i] = row(kind, k, a, ia + i * sa, n);
        });
    }

    private static void columns(Kind kind, Tensor heads, int n, int step, int width, Tensor out) {
        int blocks = (width - 1) / COLUMN_BLOCK + 1;
        StridedLoop loop = StridedLoop.over(heads.shape, heads, firsts(out, heads.shape, width));
        int sa = loop.step[0];
        int so = loop.step[1];
        long work = (long) n * width;
        loop.run((int) Math.max(1, Parallel.CHEAP / work), (_, ia, io, _, _, count) -> {
            for (int i = 0; i < count; i++) {
                int from = ia + i * sa;
                int to = io + i * so;
                Parallel.rows(blocks, (int) Math.min(Integer.MAX_VALUE, (long) n * COLUMN_BLOCK), Parallel.CHEAP,
                        (first, some) -> {
                            for (int b = first; b < first + some; b++) {
                                int at = b * COLUMN_BLOCK;
                                int w = Math.min(COLUMN_BLOCK, width - at);
                                block(kind, heads.data, from + at, step, n, w, out.data, to + at);
                            }
                        });
            }
        });
    }

    /** Views of every {@code width}-th element of the contiguous result. */
    private static Tensor firsts(Tensor out, int[] shape, int width) {
        int[] strides = Shapes.rowMajor(shape);
        for (int d = 0; d < strides.length; d++) strides[d] *= width;
        return new Tensor(out.data, out.offset, shape, strides);
    }

    /** Folds {@code n} rows of {@code w} columns, {@code step} apart, into {@code out}; parts first when there are many. */
    private static void block(Kind kind, float[] a, int ao, int step, int n, int w, float[] out, int oo) {
        if (n <= COLUMN_CHUNK) {
            fold(kind, a, ao, step, n, w, out, oo);
            return;
        }
        int parts = (n - 1) / COLUMN_CHUNK + 1;
        float[] results = new float[parts * w];
        Parallel.rows(parts, COLUMN_CHUNK * w, Parallel.CHEAP, (from, count) -> {
            for (int p = from; p < from + count; p++) {
                fold(kind, a, ao + p * COLUMN_CHUNK * step, step, Math.min(COLUMN_CHUNK, n - p * COLUMN_CHUNK), w,
                        results, p * w);
            }
        });
        block(kind.parts(), results, 0, w, parts, w, out, oo);
    }

    private static void fold(Kind kind, float[] a, int ao, int step, int n, int w, float[] out, int oo) {
        Kernels k = KernelProvider.get();
        kind.first(k, a, ao, out, oo, w);
        for (int r = 1; r < n; r++) kind.fold(k, a, ao + r * step, out, oo, w);
    }
}
