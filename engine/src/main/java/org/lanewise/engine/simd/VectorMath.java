package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.kernels.Polynomials.*;
import static org.lanewise.engine.simd.Width.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import org.lanewise.engine.kernels.FloatMath;

/**
 * {@link FloatMath} operation by operation on vectors.
 *
 * <p>The lane-wise EXP, LOG and TANH of the Vector API are not used: they give other bits once compiled. A scalar choice
 * becomes both sides and a blend; comparisons with NaN are false on both sides.
 */
final class VectorMath {
    private VectorMath() {}

    static FloatVector expm1(FloatVector x) {
        FloatVector c = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
        c = c.blend(EXPM1_MIN, c.compare(LT, EXPM1_MIN));
        FloatVector round = FloatVector.broadcast(F, ROUND);
        FloatVector t = c.fma(FloatVector.broadcast(F, LOG2_E), round);
        FloatVector k = t.sub(round);
        FloatVector r = k.fma(FloatVector.broadcast(F, -LN2_HI), c);
        r = k.fma(FloatVector.broadcast(F, -LN2_LO), r);
        FloatVector q = FloatVector.broadcast(F, EXPM1_5).fma(r, FloatVector.broadcast(F, EXPM1_4));
        q = q.fma(r, FloatVector.broadcast(F, EXPM1_3));
        q = q.fma(r, FloatVector.broadcast(F, EXPM1_2));
        q = q.fma(r, FloatVector.broadcast(F, EXPM1_1));
        q = q.fma(r, FloatVector.broadcast(F, EXPM1_0));
        FloatVector p = q.fma(r.mul(r), r);
        FloatVector s = powerOfTwo(t.reinterpretAsInts().sub(ROUND_BITS + 1));
        FloatVector y = p.fma(s, s.sub(0.5f));
        return y.add(y).blend(x, x.abs().compare(LT, TINY));
    }

    static FloatVector log1p(FloatVector x) {
        IntVector d = x.add(1f).reinterpretAsInts().sub(TWO_THIRDS_BITS).and(~MANTISSA);
        FloatVector e = toFloat(d.lanewise(ASHR, 23));
        FloatVector s = IntVector.broadcast(d.species(), 0x40800000).sub(d).reinterpretAsFloats();
        FloatVector f = x.mul(0.25f).fma(s, s.fma(FloatVector.broadcast(F, 0.25f), FloatVector.broadcast(F, -1f)));
        FloatVector y = e.fma(FloatVector.broadcast(F, LN2), log1pReduced(f));
        y = y.blend(x, x.abs().compare(LT, TINY));
        y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
        y = FloatVector.broadcast(F, Float.NaN).blend(y, x.compare(GT, -1f));
        return y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1f));
    }

    static FloatVector relu(FloatVector x) {
        return x.blend(0f, x.compare(LT, 0f));
    }

    private static FloatVector log1pReduced(FloatVector f) {
        FloatVector q = FloatVector.broadcast(F, LOG_8).fma(f, FloatVector.broadcast(F, LOG_7));
        q = q.fma(f, FloatVector.broadcast(F, LOG_6));
        q = q.fma(f, FloatVector.broadcast(F, LOG_5));
        q = q.fma(f, FloatVector.broadcast(F, LOG_4));
        q = q.fma(f, FloatVector.broadcast(F, LOG_3));
        q = q.fma(f, FloatVector.broadcast(F, LOG_2));
        q = q.fma(f, FloatVector.broadcast(F, LOG_1));
        q = q.fma(f, FloatVector.broadcast(F, LOG_0));
        return q.fma(f.mul(f), f);
    }

    private static FloatVector powerOfTwo(IntVector exponent) {
        return exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector toFloat(IntVector i) {
        return (FloatVector) i.convert(VectorOperators.I2F, 0);
    }

    static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
        return magnitude.reinterpretAsInts().or(sign.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
    }
}
