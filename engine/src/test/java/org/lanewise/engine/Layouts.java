package org.lanewise.engine;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Tensors of given values in every kind of layout, and the plain references that tests compare with. */
enum Layouts {
    CONTIGUOUS {
        @Override
        Tensor of(Tensor t) { return t.copy(); }
    },
    /** Inside a larger array, at an odd offset. */
    SLICED {
        @Override
        Tensor of(Tensor t) {
            int[] big = t.shape();
            for (int d = 0; d < big.length; d++) big[d] += 3;
            Tensor view = Tensor.full(Float.NaN, big);
            for (int d = 0; d < big.length; d++) view = view.slice(d, 1, 1 + t.size(d));
            return write(view, t);
        }
    },
    /** The last two dimensions stored the other way round. */
    TRANSPOSED {
        @Override
        Tensor of(Tensor t) { return t.rank() < 2 ? t.copy() : write(Tensor.zeros(t.t().shape()).t(), t); }
    },
    /** All dimensions stored the other way round. */
    REVERSED {
        @Override
        Tensor of(Tensor t) {
            int rank = t.rank();
            int[] dims = new int[rank];
            int[] shape = new int[rank];
            for (int d = 0; d < rank; d++) {
                dims[d] = rank - 1 - d;
                shape[d] = t.size(rank - 1 - d);
            }
            return write(Tensor.zeros(shape).permute(dims), t);
        }
    },
    /** Every second element of the last dimension, every third of the first. */
    STEPPED {
        @Override
        Tensor of(Tensor t) {
            if (t.rank() == 0) return t.copy();
            int[] big = t.shape();
            int last = big.length - 1;
            big[last] *= 2;
            big[0] *= 3;
            return write(Tensor.full(Float.NaN, big).slice(last, 0, big[last], last == 0 ? 6 : 2)
                    .slice(0, 0, last == 0 ? t.size(0) : big[0], last == 0 ? 1 : 3), t);
        }
    };

    /** The same values and shape in this layout. */
    abstract Tensor of(Tensor t);

    /** Element by element, so that nothing under test is needed. */
    private static Tensor write(Tensor view, Tensor t) {
        each(t.shape(), index -> view.set(t.get(index), index));
        return view;
    }

    static Tensor random(long seed, int... shape) { return Rng.of(seed).uniform(Tensor.zeros(shape), -3f, 3f); }

    interface Index {
        void at(int[] index);
    }

    /** Every index in row-major order. */
    static void each(int[] shape, Index body) {
        for (int size : shape) if (size == 0) return;
        int[] index = new int[shape.length];
        while (true) {
            body.at(index.clone());
            int d = shape.length - 1;
            while (d >= 0 && ++index[d] == shape[d]) index[d--] = 0;
            if (d < 0) return;
        }
    }

    /** Row-major values in double, read one by one. */
    static double[] values(Tensor t) {
        double[] out = new double[t.numel()];
        int[] at = {0};
        each(t.shape(), index -> out[at[0]++] = t.get(index));
        return out;
    }

    /** The element that {@code index} of a broadcast result reads. */
    static double broadcast(Tensor t, int[] index) {
        int[] own = new int[t.rank()];
        int lead = index.length - own.length;
        for (int d = 0; d < own.length; d++) own[d] = t.size(d) == 1 ? 0 : index[lead + d];
        return t.get(own);
    }

    static double[] map(Tensor a, DoubleUnaryOperator f) {
        double[] out = values(a);
        for (int i = 0; i < out.length; i++) out[i] = f.applyAsDouble(out[i]);
        return out;
    }

    static double[] zip(int[] shape, Tensor a, Tensor b, DoubleBinaryOperator f) {
        double[] out = new double[Shapes.numel("test", shape)];
        int[] at = {0};
        each(shape, index -> out[at[0]++] = f.applyAsDouble(broadcast(a, index), broadcast(b, index)));
        return out;
    }
}
