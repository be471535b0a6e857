package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import org.lanewise.engine.kernels.ScalarColumns;

/**
 * What attention over a few tokens needs, on columns: scores, softmax, weighted sums. Each in whole registers, then in vectors of
 * four for the few lanes of an ensemble.
 */
final class VectorMixing {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    private VectorMixing() {}

    /** Needs {@code k >= 2}. */
    static void scores(float[] a, int ao, float[] b, int bo, int k, int width, float[] s, int so, int n) {
        int wide = F.loopBound(n);
        int end = FOUR.loopBound(n);
        int r = 0;
        for (; r < wide; r += LANES) products(a, ao + r, b, bo + r, k, width, s, so + r, n);
        for (; r < end; r += 4) products4(a, ao + r, b, bo + r, k, width, s, so + r, n);
        if (r < n) ScalarColumns.scores(a, ao, b, bo, k, width, s, so, n, r);
    }

    static void mix(float[] s, int so, float[] x, int xo, int k, int width, float[] y, int yo, int n) {
        int wide = F.loopBound(n);
        int end = FOUR.loopBound(n);
        int r = 0;
        for (; r < wide; r += LANES) sums(s, so + r, x, xo + r, k, width, y, yo + r, n);
        for (; r < end; r += 4) sums4(s, so + r, x, xo + r, k, width, y, yo + r, n);
        if (r < n) ScalarColumns.mix(s, so, x, xo, k, width, y, yo, n, r);
    }

    static void subtractMax(float[] x, int xo, int groups, int k, int n) {
        int wide = F.loopBound(n);
        int end = FOUR.loopBound(n);
        int r = 0;
        for (; r < wide; r += LANES) subtractMaxWide(x, xo + r, groups, k, n);
        for (; r < end; r += 4) subtractMax4(x, xo + r, groups, k, n);
        if (r < n) ScalarColumns.subtractMax(x, xo, groups, k, n, r);
    }

    static void normalise(float[] x, int xo, int groups, int k, float total, int n) {
        int wide = F.loopBound(n);
        int end = FOUR.loopBound(n);
        int r = 0;
        for (; r < wide; r += LANES) normaliseWide(x, xo + r, groups, k, total, n);
        for (; r < end; r += 4) normalise4(x, xo + r, groups, k, total, n);
        if (r < n) ScalarColumns.normalise(x, xo, groups, k, total, n, r);
    }

    /** Scores of one vector of lanes, two queries by two keys; of an odd number the last two are taken, some scores twice. */
    private static void products(float[] a, int ao, float[] b, int bo, int k, int width, float[] s, int so, int n) {
        int step = width * n;
        for (int q = 0; q < k; q += 2)
            for (int t = 0; t < k; t += 2) {
                int q0 = Math.min(q, k - 2);
                int t0 = Math.min(t, k - 2);
                int ai = ao + q0 * step;
                int bi = bo + t0 * step;
                FloatVector s00 = FloatVector.zero(F);
                FloatVector s01 = FloatVector.zero(F);
                FloatVector s10 = FloatVector.zero(F);
                FloatVector s11 = FloatVector.zero(F);
                for (int i = 0; i < width; i++) {
                    FloatVector a0 = FloatVector.fromArray(F, a, ai);
                    FloatVector a1 = FloatVector.fromArray(F, a, ai + step);
                    FloatVector b0 = FloatVector.fromArray(F, b, bi);
                    FloatVector b1 = FloatVector.fromArray(F, b, bi + step);
                    s00 = a0.fma(b0, s00);
                    s01 = a0.fma(b1, s01);
                    s10 = a1.fma(b0, s10);
                    s11 = a1.fma(b1, s11);
                    ai += n;
                    bi += n;
                }
                int to = so + (q0 * k + t0) * n;
                s00.intoArray(s, to);
                s01.intoArray(s, to + n);
                s10.intoArray(s, to + k * n);
                s11.intoArray(s, to + k * n + n);
            }
    }

    private static void sums(float[] s, int so, float[] x, int xo, int k, int width, float[] y, int yo, int n) {
        int step = width * n;
        for (int q = 0; q < k; q++) {
            for (int i = 0; i + 4 <= width; i += 4) {
                int si = so + q * k * n;
                int xi = xo + i * n;
                FloatVector c0 = FloatVector.zero(F);
                FloatVector c1 = FloatVector.zero(F);
                FloatVector c2 = FloatVector.zero(F);
                FloatVector c3 = FloatVector.zero(F);
                for (int t = 0; t < k; t++) {
                    FloatVector v = FloatVector.fromArray(F, s, si);
                    c0 = v.fma(FloatVector.fromArray(F, x, xi), c0);
                    c1 = v.fma(FloatVector.fromArray(F, x, xi + n), c1);
                    c2 = v.fma(FloatVector.fromArray(F, x, xi + 2 * n), c2);
                    c3 = v.fma(FloatVector.fromArray(F, x, xi + 3 * n), c3);
                    si += n;
                    xi += step;
                }
                int to = yo + q * step + i * n;
                c0.intoArray(y, to);
                c1.intoArray(y, to + n);
                c2.intoArray(y, to + 2 * n);
                c3.intoArray(y, to + 3 * n);
            }
            for (int i = width & ~3; i < width; i++)
                sum(s, so + q * k * n, n, x, xo + i * n, step, k, y, yo + q * step + i * n);
        }
    }

    private static void sum(float[] s, int so, int n, float[] x, int xo, int step, int k, float[] y, int yo) {
        FloatVector sum = FloatVector.zero(F);
        for (int t = 0; t < k; t++) {
            sum = FloatVector.fromArray(F, s, so).fma(FloatVector.fromArray(F, x, xo), sum);
            so += n;
            xo += step;
        }
        sum.intoArray(y, yo);
    }

    private static void subtractMaxWide(float[] x, int xo, int groups, int k, int n) {
        for (int g = 0; g < groups; g++) {
            int from = xo + g * k * n;
            FloatVector most = FloatVector.fromArray(F, x, from);
            for (int t = 1; t < k; t++) {
                FloatVector v = FloatVector.fromArray(F, x, from + t * n);
                most = most.blend(v, most.compare(VectorOperators.LT, v));
            }
            for (int t = 0; t < k; t++) FloatVector.fromArray(F, x, from + t * n).sub(most).intoArray(x, from + t * n);
        }
    }

    private static void normaliseWide(float[] x, int xo, int groups, int k, float total, int n) {
        for (int g = 0; g < groups; g++) {
            int from = xo + g * k * n;
            FloatVector sum = FloatVector.fromArray(F, x, from);
            for (int t = 1; t < k; t++) sum = sum.add(FloatVector.fromArray(F, x, from + t * n));
            FloatVector share = FloatVector.broadcast(F, total).div(sum);
            for (int t = 0; t < k; t++) FloatVector.fromArray(F, x, from + t * n).mul(share).intoArray(x, from + t * n);
        }
    }

    private static void products4(float[] a, int ao, float[] b, int bo, int k, int width, float[] s, int so, int n) {
        int step = width * n;
        for (int q = 0; q < k; q += 2)
            for (int t = 0; t < k; t += 2) {
                int q0 = Math.min(q, k - 2);
                int t0 = Math.min(t, k - 2);
                int ai = ao + q0 * step;
                int bi = bo + t0 * step;
                FloatVector s00 = FloatVector.zero(FOUR);
                FloatVector s01 = FloatVector.zero(FOUR);
                FloatVector s10 = FloatVector.zero(FOUR);
                FloatVector s11 = FloatVector.zero(FOUR);
                for (int i = 0; i < width; i++) {
                    FloatVector a0 = FloatVector.fromArray(FOUR, a, ai);
                    FloatVector a1 = FloatVector.fromArray(FOUR, a, ai + step);
                    FloatVector b0 = FloatVector.fromArray(FOUR, b, bi);
                    FloatVector b1 = FloatVector.fromArray(FOUR, b, bi + step);
                    s00 = a0.fma(b0, s00);
                    s01 = a0.fma(b1, s01);
                    s10 = a1.fma(b0, s10);
                    s11 = a1.fma(b1, s11);
                    ai += n;
                    bi += n;
                }
                int to = so + (q0 * k + t0) * n;
                s00.intoArray(s, to);
                s01.intoArray(s, to + n);
                s10.intoArray(s, to + k * n);
                s11.intoArray(s, to + k * n + n);
            }
    }

    private static void sums4(float[] s, int so, float[] x, int xo, int k, int width, float[] y, int yo, int n) {
        int step = width * n;
        for (int q = 0; q < k; q++) {
            for (int i = 0; i + 4 <= width; i += 4) {
                int si = so + q * k * n;
                int xi = xo + i * n;
                FloatVector c0 = FloatVector.zero(FOUR);
                FloatVector c1 = FloatVector.zero(FOUR);
                FloatVector c2 = FloatVector.zero(FOUR);
                FloatVector c3 = FloatVector.zero(FOUR);
                for (int t = 0; t < k; t++) {
                    FloatVector v = FloatVector.fromArray(FOUR, s, si);
                    c0 = v.fma(FloatVector.fromArray(FOUR, x, xi), c0);
                    c1 = v.fma(FloatVector.fromArray(FOUR, x, xi + n), c1);
                    c2 = v.fma(FloatVector.fromArray(FOUR, x, xi + 2 * n), c2);
                    c3 = v.fma(FloatVector.fromArray(FOUR, x, xi + 3 * n), c3);
                    si += n;
                    xi += step;
                }
                int to = yo + q * step + i * n;
                c0.intoArray(y, to);
                c1.intoArray(y, to + n);
                c2.intoArray(y, to + 2 * n);
                c3.intoArray(y, to + 3 * n);
            }
            for (int i = width & ~3; i < width; i++)
                sum4(s, so + q * k * n, n, x, xo + i * n, step, k, y, yo + q * step + i * n);
        }
    }

    private static void sum4(float[] s, int so, int n, float[] x, int xo, int step, int k, float[] y, int yo) {
        FloatVector sum = FloatVector.zero(FOUR);
        for (int t = 0; t < k; t++) {
            sum = FloatVector.fromArray(FOUR, s, so).fma(FloatVector.fromArray(FOUR, x, xo), sum);
            so += n;
            xo += step;
        }
        sum.intoArray(y, yo);
    }

    private static void subtractMax4(float[] x, int xo, int groups, int k, int n) {
        for (int g = 0; g < groups; g++) {
            int from = xo + g * k * n;
            FloatVector most = FloatVector.fromArray(FOUR, x, from);
            for (int t = 1; t < k; t++) {
                FloatVector v = FloatVector.fromArray(FOUR, x, from + t * n);
                most = most.blend(v, most.compare(VectorOperators.LT, v));
            }
            for (int t = 0; t < k; t++)
                FloatVector.fromArray(FOUR, x, from + t * n).sub(most).intoArray(x, from + t * n);
        }
    }

    private static void normalise4(float[] x, int xo, int groups, int k, float total, int n) {
        for (int g = 0; g < groups; g++) {
            int from = xo + g * k * n;
            FloatVector sum = FloatVector.fromArray(FOUR, x, from);
            for (int t = 1; t < k; t++) sum = sum.add(FloatVector.fromArray(FOUR, x, from + t * n));
            FloatVector share = FloatVector.broadcast(FOUR, total).div(sum);
            for (int t = 0; t < k; t++)
                FloatVector.fromArray(FOUR, x, from + t * n).mul(share).intoArray(x, from + t * n);
        }
    }
}
