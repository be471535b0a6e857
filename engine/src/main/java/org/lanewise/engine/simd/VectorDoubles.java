package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import org.lanewise.engine.kernels.DoubleKernels;
import org.lanewise.engine.kernels.ScalarDoubles;

/** {@link DoubleKernels} on vectors as wide as {@link Width#F}; single-precision data are widened in the register. */
final class VectorDoubles implements DoubleKernels {
    private static final VectorSpecies<Double> D = VectorSpecies.of(double.class, Width.F.vectorShape());
    /** As many floats as {@link #D} has doubles. */
    private static final VectorSpecies<Float> H = D.length() == 8
            ? FloatVector.SPECIES_256
            : D.length() == 4 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_64;
    private static final int L = D.length();
    private static final ScalarDoubles TAIL = ScalarDoubles.INSTANCE;
    private static final ThreadLocal<double[]> PARTIAL = ThreadLocal.withInitial(() -> new double[LANES]);

    @Override
    public double dot(double[] a, int ao, double[] b, int bo, int n) {
        double[] lanes = PARTIAL.get();
        int end = n - n % LANES;
        for (int from = 0; from < LANES; from += 4 * L) pass(a, ao, b, bo, end, lanes, from);
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) sum = Math.fma(a[ao + i], b[bo + i], sum);
        return sum;
    }

    private static void pass(double[] a, int ao, double[] b, int bo, int end, double[] lanes, int from) {
        DoubleVector s0 = DoubleVector.zero(D);
        DoubleVector s1 = DoubleVector.zero(D);
        DoubleVector s2 = DoubleVector.zero(D);
        DoubleVector s3 = DoubleVector.zero(D);
        for (int i = from; i < end; i += LANES) {
            int x = ao + i;
            int y = bo + i;
            s0 = DoubleVector.fromArray(D, a, x).fma(DoubleVector.fromArray(D, b, y), s0);
            s1 = DoubleVector.fromArray(D, a, x + L).fma(DoubleVector.fromArray(D, b, y + L), s1);
            s2 = DoubleVector.fromArray(D, a, x + 2 * L).fma(DoubleVector.fromArray(D, b, y + 2 * L), s2);
            s3 = DoubleVector.fromArray(D, a, x + 3 * L).fma(DoubleVector.fromArray(D, b, y + 3 * L), s3);
        }
        s0.intoArray(lanes, from);
        s1.intoArray(lanes, from + L);
        s2.intoArray(lanes, from + 2 * L);
        s3.intoArray(lanes, from + 3 * L);
    }

    @Override
    public double dot(float[] a, int ao, double[] b, int bo, int n) {
        double[] lanes = PARTIAL.get();
        int end = n - n % LANES;
        for (int from = 0; from < LANES; from += 4 * L) pass(a, ao, b, bo, end, lanes, from);
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) sum = Math.fma((double) a[ao + i], b[bo + i], sum);
        return sum;
    }

    private static void pass(float[] a, int ao, double[] b, int bo, int end, double[] lanes, int from) {
        DoubleVector s0 = DoubleVector.zero(D);
        DoubleVector s1 = DoubleVector.zero(D);
        DoubleVector s2 = DoubleVector.zero(D);
        DoubleVector s3 = DoubleVector.zero(D);
        for (int i = from; i < end; i += LANES) {
            int x = ao + i;
            int y = bo + i;
            DoubleVector w0 = (DoubleVector) FloatVector.fromArray(H, a, x).convertShape(F2D, D, 0);
            s0 = w0.fma(DoubleVector.fromArray(D, b, y), s0);
            DoubleVector w1 = (DoubleVector) FloatVector.fromArray(H, a, x + L).convertShape(F2D, D, 0);
            s1 = w1.fma(DoubleVector.fromArray(D, b, y + L), s1);
            DoubleVector w2 = (DoubleVector) FloatVector.fromArray(H, a, x + 2 * L).convertShape(F2D, D, 0);
            s2 = w2.fma(DoubleVector.fromArray(D, b, y + 2 * L), s2);
            DoubleVector w3 = (DoubleVector) FloatVector.fromArray(H, a, x + 3 * L).convertShape(F2D, D, 0);
            s3 = w3.fma(DoubleVector.fromArray(D, b, y + 3 * L), s3);
        }
        s0.intoArray(lanes, from);
        s1.intoArray(lanes, from + L);
        s2.intoArray(lanes, from + 2 * L);
        s3.intoArray(lanes, from + 3 * L);
    }

    @Override
    public void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n) {
        int end = D.loopBound(n);
        DoubleVector s = DoubleVector.broadcast(D, alpha);
        for (int i = 0; i < end; i += L) {
            s.fma(DoubleVector.fromArray(D, x, xo + i), DoubleVector.fromArray(D, y, yo + i)).intoArray(y, yo + i);
        }
        TAIL.axpy(alpha, x, xo + end, y, yo + end, n - end);
    }

    @Override
    public void axpy(double alpha, float[] x, int xo, double[] y, int yo, int n) {
        int end = D.loopBound(n);
        DoubleVector s = DoubleVector.broadcast(D, alpha);
        for (int i = 0; i < end; i += L) {
            DoubleVector w = (DoubleVector) FloatVector.fromArray(H, x, xo + i).convertShape(F2D, D, 0);
            s.fma(w, DoubleVector.fromArray(D, y, yo + i)).intoArray(y, yo + i);
        }
        TAIL.axpy(alpha, x, xo + end, y, yo + end, n - end);
    }

    @Override
    public void axpy(double alpha, double[] w, int wo, double[] x, int xo, double[] y, int yo, int n) {
        int end = D.loopBound(n);
        DoubleVector s = DoubleVector.broadcast(D, alpha);
        for (int i = 0; i < end; i += L) {
            s.mul(DoubleVector.fromArray(D, w, wo + i))
                    .fma(DoubleVector.fromArray(D, x, xo + i), DoubleVector.fromArray(D, y, yo + i))
                    .intoArray(y, yo + i);
        }
        TAIL.axpy(alpha, w, wo + end, x, xo + end, y, yo + end, n - end);
    }

    @Override
    public void axpy(double alpha, double[] w, int wo, float[] x, int xo, double[] y, int yo, int n) {
        int end = D.loopBound(n);
        DoubleVector s = DoubleVector.broadcast(D, alpha);
        for (int i = 0; i < end; i += L) {
            DoubleVector v = (DoubleVector) FloatVector.fromArray(H, x, xo + i).convertShape(F2D, D, 0);
            s.mul(DoubleVector.fromArray(D, w, wo + i)).fma(v, DoubleVector.fromArray(D, y, yo + i))
                    .intoArray(y, yo + i);
        }
        TAIL.axpy(alpha, w, wo + end, x, xo + end, y, yo + end, n - end);
    }

    /** Two rows of four at a time: eight sums, six loads and few enough registers for every width. */
    @Override
    public void dots(double[] a, int ao, int aStride, double[] b, int bo, int bStride, int n, double[] out) {
        double[] lanes = PARTIAL.get();
        int end = n - n % 8;
        for (int i = 0; i < 4; i += 2) {
            for (int j = 0; j < 4; j += 2) {
                for (int from = 0; from < 8; from += L)
                    square(a, ao + i * aStride, aStride, b, bo + j * bStride, bStride, end, lanes, from);
                for (int t = 0; t < 4; t++) {
                    int x = ao + (i + t / 2) * aStride;
                    int y = bo + (j + t % 2) * bStride;
                    double sum = tree8(lanes, 8 * t);
                    for (int s = end; s < n; s++) sum = Math.fma(a[x + s], b[y + s], sum);
                    out[4 * (i + t / 2) + j + t % 2] = sum;
                }
            }
        }
    }

    private static void square(double[] a, int ao, int aStride, double[] b, int bo, int bStride, int end,
            double[] lanes, int from) {
        DoubleVector s00 = DoubleVector.zero(D);
        DoubleVector s01 = DoubleVector.zero(D);
        DoubleVector s10 = DoubleVector.zero(D);
        DoubleVector s11 = DoubleVector.zero(D);
        for (int t = from; t < end; t += 8) {
            DoubleVector a0 = DoubleVector.fromArray(D, a, ao + t);
            DoubleVector a1 = DoubleVector.fromArray(D, a, ao + aStride + t);
            DoubleVector b0 = DoubleVector.fromArray(D, b, bo + t);
            DoubleVector b1 = DoubleVector.fromArray(D, b, bo + bStride + t);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
        }
        s00.intoArray(lanes, from);
        s01.intoArray(lanes, 8 + from);
        s10.intoArray(lanes, 16 + from);
        s11.intoArray(lanes, 24 + from);
    }

    private static double tree8(double[] l, int o) {
        return l[o] + l[o + 4] + (l[o + 2] + l[o + 6]) + (l[o + 1] + l[o + 5] + (l[o + 3] + l[o + 7]));
    }
}
