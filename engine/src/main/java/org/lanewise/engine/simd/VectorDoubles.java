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
    private static final ThreadLocal<double[]> PARTIAL = ThreadLocal.withInitial(() -> new double[2 * LANES]);

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
    public double squares(double[] x, int xo, double centre, double[] h, int ho, int n) {
        double[] lanes = PARTIAL.get();
        int end = n - n % LANES;
        for (int from = 0; from < LANES; from += 4 * L) squaresPass(x, xo, centre, h, ho, end, lanes, from);
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) {
            double d = x[xo + i] - centre;
            sum = Math.fma(h[ho + i] * d, d, sum);
        }
        return sum;
    }

    private static void squaresPass(double[] x, int xo, double centre, double[] h, int ho, int end, double[] lanes,
            int from) {
        DoubleVector c = DoubleVector.broadcast(D, centre);
        DoubleVector s0 = DoubleVector.zero(D);
        DoubleVector s1 = DoubleVector.zero(D);
        DoubleVector s2 = DoubleVector.zero(D);
        DoubleVector s3 = DoubleVector.zero(D);
        for (int i = from; i < end; i += LANES) {
            DoubleVector d0 = DoubleVector.fromArray(D, x, xo + i).sub(c);
            DoubleVector d1 = DoubleVector.fromArray(D, x, xo + i + L).sub(c);
            DoubleVector d2 = DoubleVector.fromArray(D, x, xo + i + 2 * L).sub(c);
            DoubleVector d3 = DoubleVector.fromArray(D, x, xo + i + 3 * L).sub(c);
            s0 = DoubleVector.fromArray(D, h, ho + i).mul(d0).fma(d0, s0);
            s1 = DoubleVector.fromArray(D, h, ho + i + L).mul(d1).fma(d1, s1);
            s2 = DoubleVector.fromArray(D, h, ho + i + 2 * L).mul(d2).fma(d2, s2);
            s3 = DoubleVector.fromArray(D, h, ho + i + 3 * L).mul(d3).fma(d3, s3);
        }
        s0.intoArray(lanes, from);
        s1.intoArray(lanes, from + L);
        s2.intoArray(lanes, from + 2 * L);
        s3.intoArray(lanes, from + 3 * L);
    }

    @Override
    public double squares(float[] x, int xo, double centre, double[] h, int ho, int n) {
        double[] lanes = PARTIAL.get();
        int end = n - n % LANES;
        for (int from = 0; from < LANES; from += 4 * L) squaresPass(x, xo, centre, h, ho, end, lanes, from);
        double sum = DoubleKernels.tree(lanes, LANES);
        for (int i = end; i < n; i++) {
            double d = x[xo + i] - centre;
            sum = Math.fma(h[ho + i] * d, d, sum);
        }
        return sum;
    }

    private static void squaresPass(float[] x, int xo, double centre, double[] h, int ho, int end, double[] lanes,
            int from) {
        DoubleVector c = DoubleVector.broadcast(D, centre);
        DoubleVector s0 = DoubleVector.zero(D);
        DoubleVector s1 = DoubleVector.zero(D);
        DoubleVector s2 = DoubleVector.zero(D);
        DoubleVector s3 = DoubleVector.zero(D);
        for (int i = from; i < end; i += LANES) {
            DoubleVector w0 = (DoubleVector) FloatVector.fromArray(H, x, xo + i).convertShape(F2D, D, 0);
            DoubleVector d0 = w0.sub(c);
            DoubleVector w1 = (DoubleVector) FloatVector.fromArray(H, x, xo + i + L).convertShape(F2D, D, 0);
            DoubleVector d1 = w1.sub(c);
            DoubleVector w2 = (DoubleVector) FloatVector.fromArray(H, x, xo + i + 2 * L).convertShape(F2D, D, 0);
            DoubleVector d2 = w2.sub(c);
            DoubleVector w3 = (DoubleVector) FloatVector.fromArray(H, x, xo + i + 3 * L).convertShape(F2D, D, 0);
            DoubleVector d3 = w3.sub(c);
            s0 = DoubleVector.fromArray(D, h, ho + i).mul(d0).fma(d0, s0);
            s1 = DoubleVector.fromArray(D, h, ho + i + L).mul(d1).fma(d1, s1);
            s2 = DoubleVector.fromArray(D, h, ho + i + 2 * L).mul(d2).fma(d2, s2);
            s3 = DoubleVector.fromArray(D, h, ho + i + 3 * L).mul(d3).fma(d3, s3);
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

    /** Two ranges with four at a time: eight sums, six loads and few enough registers for every width. */
    @Override
    public void dots(double[] a, int ao, int aStride, double[] b, int bo, int bStride, int n, double[] out) {
        double[] lanes = PARTIAL.get();
        int end = n - n % 8;
        for (int i = 0; i < 4; i += 2) {
            for (int from = 0; from < 8; from += L)
                pairs(a, ao + i * aStride, aStride, b, bo, bStride, end, lanes, from);
            for (int t = 0; t < 8; t++) {
                int x = ao + (i + t / 4) * aStride;
                int y = bo + t % 4 * bStride;
                double sum = tree8(lanes, 8 * t);
                for (int s = end; s < n; s++) sum = Math.fma(a[x + s], b[y + s], sum);
                out[4 * i + t] = sum;
            }
        }
    }

    private static void pairs(double[] a, int ao, int aStride, double[] b, int bo, int bStride, int end,
            double[] lanes, int from) {
        DoubleVector s00 = DoubleVector.zero(D);
        DoubleVector s01 = DoubleVector.zero(D);
        DoubleVector s02 = DoubleVector.zero(D);
        DoubleVector s03 = DoubleVector.zero(D);
        DoubleVector s10 = DoubleVector.zero(D);
        DoubleVector s11 = DoubleVector.zero(D);
        DoubleVector s12 = DoubleVector.zero(D);
        DoubleVector s13 = DoubleVector.zero(D);
        int b2 = bo + 2 * bStride;
        for (int t = from; t < end; t += 8) {
            DoubleVector a0 = DoubleVector.fromArray(D, a, ao + t);
            DoubleVector a1 = DoubleVector.fromArray(D, a, ao + aStride + t);
            DoubleVector b0 = DoubleVector.fromArray(D, b, bo + t);
            DoubleVector b1 = DoubleVector.fromArray(D, b, bo + bStride + t);
            s00 = a0.fma(b0, s00);
            s10 = a1.fma(b0, s10);
            s01 = a0.fma(b1, s01);
            s11 = a1.fma(b1, s11);
            b0 = DoubleVector.fromArray(D, b, b2 + t);
            b1 = DoubleVector.fromArray(D, b, b2 + bStride + t);
            s02 = a0.fma(b0, s02);
            s12 = a1.fma(b0, s12);
            s03 = a0.fma(b1, s03);
            s13 = a1.fma(b1, s13);
        }
        s00.intoArray(lanes, from);
        s01.intoArray(lanes, 8 + from);
        s02.intoArray(lanes, 16 + from);
        s03.intoArray(lanes, 24 + from);
        s10.intoArray(lanes, 32 + from);
        s11.intoArray(lanes, 40 + from);
        s12.intoArray(lanes, 48 + from);
        s13.intoArray(lanes, 56 + from);
    }

    private static double tree8(double[] l, int o) {
        return l[o] + l[o + 4] + (l[o + 2] + l[o + 6]) + (l[o + 1] + l[o + 5] + (l[o + 3] + l[o + 7]));
    }
}
