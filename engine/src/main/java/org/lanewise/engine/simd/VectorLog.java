package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.kernels.Polynomials.*;
import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import org.lanewise.engine.Scratch;

/**
 * The logarithm two vectors at a time, with the bits of {@code FloatMath.log}. Written out for the reasons {@link VectorExp}
 * gives. The exponent becomes a float by adding its bits to {@code ROUND}, which is exact and, unlike a conversion, is not many
 * calls deep.
 */
final class VectorLog {
    private static final int PAIR = 2 * LANES;
    /** The bits of 4f, less those of a power of two: the bits of 4 over that power. */
    private static final int FOUR_BITS = 0x40800000;

    private VectorLog() {}

    /** {@code out[i] = log(a[i])}. The last elements go through a buffer, so that they are computed as vectors too. */
    static void log(float[] a, int ao, float[] out, int oo, int n) {
        int end = pairs(a, ao, out, oo, n);
        if (end == n) return;
        float[] buffer = Scratch.floats(Scratch.KERNEL, PAIR);
        System.arraycopy(a, ao + end, buffer, 0, n - end);
        Arrays.fill(buffer, n - end, PAIR, 1f);
        pairs(buffer, 0, buffer, 0, PAIR);
        System.arraycopy(buffer, 0, out, oo + end, n - end);
    }

    /** Whole pairs of vectors; returns how many elements that was. */
    private static int pairs(float[] a, int ao, float[] out, int oo, int n) {
        FloatVector zero = FloatVector.zero(F);
        FloatVector nan = FloatVector.broadcast(F, Float.NaN);
        FloatVector ln2 = FloatVector.broadcast(F, LN2);
        FloatVector c0 = FloatVector.broadcast(F, LOG_0);
        FloatVector c1 = FloatVector.broadcast(F, LOG_1);
        FloatVector c2 = FloatVector.broadcast(F, LOG_2);
        FloatVector c3 = FloatVector.broadcast(F, LOG_3);
        FloatVector c4 = FloatVector.broadcast(F, LOG_4);
        FloatVector c5 = FloatVector.broadcast(F, LOG_5);
        FloatVector c6 = FloatVector.broadcast(F, LOG_6);
        FloatVector c7 = FloatVector.broadcast(F, LOG_7);
        FloatVector c8 = FloatVector.broadcast(F, LOG_8);
        int end = n - n % PAIR;
        for (int i = 0; i < end; i += PAIR) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, a, ao + i + LANES);
            VectorMask<Float> xm = x.compare(LT, Float.MIN_NORMAL);
            IntVector xd = x.blend(x.mul(0x1p23f), xm).reinterpretAsInts().sub(TWO_THIRDS_BITS);
            FloatVector xe = xd.lanewise(ASHR, 23).add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
            xe = xe.add(zero.blend(-23f, xm));
            FloatVector xf = xd.and(MANTISSA).add(TWO_THIRDS_BITS).reinterpretAsFloats().sub(1f);
            FloatVector xq = c8.fma(xf, c7);
            xq = xq.fma(xf, c6);
            xq = xq.fma(xf, c5);
            xq = xq.fma(xf, c4);
            xq = xq.fma(xf, c3);
            xq = xq.fma(xf, c2);
            xq = xq.fma(xf, c1);
            xq = xq.fma(xf, c0);
            xq = xq.fma(xf.mul(xf), xf);
            FloatVector xl = xe.fma(ln2, xq);
            xl = x.blend(xl, x.compare(LT, Float.POSITIVE_INFINITY));
            xl = nan.blend(xl, x.compare(GT, 0f));
            xl = xl.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
            VectorMask<Float> ym = y.compare(LT, Float.MIN_NORMAL);
            IntVector yd = y.blend(y.mul(0x1p23f), ym).reinterpretAsInts().sub(TWO_THIRDS_BITS);
            FloatVector ye = yd.lanewise(ASHR, 23).add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
            ye = ye.add(zero.blend(-23f, ym));
            FloatVector yf = yd.and(MANTISSA).add(TWO_THIRDS_BITS).reinterpretAsFloats().sub(1f);
            FloatVector yq = c8.fma(yf, c7);
            yq = yq.fma(yf, c6);
            yq = yq.fma(yf, c5);
            yq = yq.fma(yf, c4);
            yq = yq.fma(yf, c3);
            yq = yq.fma(yf, c2);
            yq = yq.fma(yf, c1);
            yq = yq.fma(yf, c0);
            yq = yq.fma(yf.mul(yf), yf);
            FloatVector yl = ye.fma(ln2, yq);
            yl = y.blend(yl, y.compare(LT, Float.POSITIVE_INFINITY));
            yl = nan.blend(yl, y.compare(GT, 0f));
            yl = yl.blend(Float.NEGATIVE_INFINITY, y.compare(EQ, 0f));
            xl.intoArray(out, oo + i);
            yl.intoArray(out, oo + i + LANES);
        }
        return end;
    }

    /** {@code out[i] = log(1 + a[i])} for whole vectors: {@code n} is a multiple of the lanes. */
    static void log1p(float[] a, int ao, float[] out, int oo, int n) {
        FloatVector minusOne = FloatVector.broadcast(F, -1f);
        FloatVector quarter = FloatVector.broadcast(F, 0.25f);
        FloatVector nan = FloatVector.broadcast(F, Float.NaN);
        FloatVector ln2 = FloatVector.broadcast(F, LN2);
        FloatVector c8 = FloatVector.broadcast(F, LOG_8);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            IntVector d = x.add(1f).reinterpretAsInts().sub(TWO_THIRDS_BITS).and(~MANTISSA);
            FloatVector e = d.lanewise(ASHR, 23).add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
            FloatVector s = d.neg().add(FOUR_BITS).reinterpretAsFloats();
            FloatVector f = x.mul(0.25f).fma(s, s.fma(quarter, minusOne));
            FloatVector q = c8.fma(f, FloatVector.broadcast(F, LOG_7));
            q = q.fma(f, FloatVector.broadcast(F, LOG_6));
            q = q.fma(f, FloatVector.broadcast(F, LOG_5));
            q = q.fma(f, FloatVector.broadcast(F, LOG_4));
            q = q.fma(f, FloatVector.broadcast(F, LOG_3));
            q = q.fma(f, FloatVector.broadcast(F, LOG_2));
            q = q.fma(f, FloatVector.broadcast(F, LOG_1));
            q = q.fma(f, FloatVector.broadcast(F, LOG_0));
            q = q.fma(f.mul(f), f);
            FloatVector y = e.fma(ln2, q);
            y = y.blend(x, x.abs().compare(LT, TINY));
            y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
            y = nan.blend(y, x.compare(GT, -1f));
            y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1f)).intoArray(out, oo + i);
        }
    }
}
