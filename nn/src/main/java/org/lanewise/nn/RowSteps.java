package org.lanewise.nn;

import org.lanewise.autograd.Parameter;
import org.lanewise.engine.RowNormalisation;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;

/** The {@link Step}s that take each row by itself and keep its width. */
final class RowSteps {

    private RowSteps() {}

    /** A step that may write over its argument. */
    abstract static class RowStep implements Step {
        @Override
        public int width(int in) {
            return in;
        }

        @Override
        public boolean inPlace() {
            return true;
        }

        @Override
        public void run(Piece piece, int in, float[] x, int xo, float[] y, int yo, float[] space, int at) {
            piece.forRows((first, count) -> rows(count, in, x, xo + first * in, y, yo + first * in));
        }

        abstract void rows(int rows, int width, float[] x, int xo, float[] y, int yo);
    }

    /** A kernel on a range of numbers. */
    @FunctionalInterface
    interface Function {
        void apply(float[] x, int xo, float[] y, int yo, int n);
    }

    /** A function of each number. */
    static Step elementwise(Function function) {
        return new RowStep() {
            @Override
            void rows(int rows, int width, float[] x, int xo, float[] y, int yo) {
                function.apply(x, xo, y, yo, rows * width);
            }
        };
    }

    /** Layer or root mean square normalisation. */
    static final class Norm extends RowStep {
        private final String name;
        private final RowNormalisation norm;

        /** @param beta null for none */
        Norm(String name, Parameter gamma, Parameter beta, double eps, boolean centred) {
            float[] scale = gamma.value().copy().data();
            float[] shift = beta == null ? new float[scale.length] : beta.value().copy().data();
            this.name = name;
            norm = new RowNormalisation(scale, 0, shift, 0, scale.length, (float) eps, centred);
        }

        @Override
        public int width(int in) {
            return checked(name, norm.n(), in);
        }

        @Override
        void rows(int rows, int width, float[] x, int xo, float[] y, int yo) {
            norm.apply(x, xo, y, yo, rows);
        }

        /** {@code y = norm(x + y)}. */
        void ofSum(Piece piece, float[] x, int xo, float[] y, int yo) {
            int n = norm.n();
            piece.forRows((first, count) -> norm.applyToSum(x, xo + first * n, y, yo + first * n, count));
        }
    }

    /** {@code (x - mean) scale + shift} with one value for each column. */
    static Step batchNorm(String name, Tensor mean, Tensor scale, Tensor shift) {
        float[] m = mean.copy().data();
        float[] s = scale.copy().data();
        float[] b = shift.copy().data();
        return new RowStep() {
            @Override
            public int width(int in) {
                return checked(name, m.length, in);
            }

            @Override
            void rows(int rows, int width, float[] x, int xo, float[] y, int yo) {
                var kernels = KernelProvider.get();
                for (int i = 0; i < rows * width; i += width) {
                    kernels.sub(x, xo + i, m, 0, y, yo + i, width);
                    kernels.mul(y, yo + i, s, 0, y, yo + i, width);
                    kernels.add(y, yo + i, b, 0, y, yo + i, width);
                }
            }
        };
    }

    /** {@code y = x + y}. */
    static void add(Piece piece, int width, float[] x, int xo, float[] y, int yo) {
        var kernels = KernelProvider.get();
        piece.forRows((first, count) -> {
            int at = first * width;
            kernels.add(x, xo + at, y, yo + at, y, yo + at, count * width);
        });
    }

    private static int checked(String name, int width, int in) {
        if (in != width)
            throw new ShapeException(name, "input must have shape [..., " + width + "], got [..., " + in + "]");
        return width;
    }
}
