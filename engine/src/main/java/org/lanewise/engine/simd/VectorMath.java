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

    static FloatVector exp(FloatVector x) {
        FloatVector c = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
        c = c.blend(EXP_MIN, c.compare(LT, EXP_MIN));
        FloatVector round = FloatVector.broadcast(F, ROUND);
        FloatVector t = c.fma(FloatVector.broadcast(F, LOG2_E), round);
        FloatVector k = t.sub(round);
        FloatVector r = k.fma(FloatVector.broadcast(F, -LN2_HI), c);
        r = k.fma(FloatVector.broadcast(F, -LN2_LO), r);
        FloatVector q = FloatVector.broadcast(F, EXP_4).fma(r, FloatVector.broadcast(F, EXP_3));
        q = q.fma(r, FloatVector.broadcast(F, EXP_2));
        q = q.fma(r, FloatVector.broadcast(F, EXP_1));
        q = q.fma(r, FloatVector.broadcast(F, EXP_0));
        FloatVector p = q.fma(r.mul(r), r).add(1f);
        IntVector e = t.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = e.lanewise(ASHR, 1);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(e.sub(half)));
    }

    /**
     * {@link #exp} of arguments in -87 .. 88, with its bits: no limits to check, and 2^k is one normal factor. Inside larger
     * functions the shorter form keeps the whole within what C2 compiles as one piece.
     */
    static FloatVector expBounded(FloatVector x) {
        FloatVector round = FloatVector.broadcast(F, ROUND);
        FloatVector t = x.fma(FloatVector.broadcast(F, LOG2_E), round);
        FloatVector k = t.sub(round);
        FloatVector r = k.fma(FloatVector.broadcast(F, -LN2_HI), x);
        r = k.fma(FloatVector.broadcast(F, -LN2_LO), r);
        FloatVector q = FloatVector.broadcast(F, EXP_4).fma(r, FloatVector.broadcast(F, EXP_3));
        q = q.fma(r, FloatVector.broadcast(F, EXP_2));
        q = q.fma(r, FloatVector.broadcast(F, EXP_1));
        q = q.fma(r, FloatVector.broadcast(F, EXP_0));
        FloatVector p = q.fma(r.mul(r), r).add(1f);
        return p.mul(powerOfTwo(t.reinterpretAsInts().sub(ROUND_BITS)));
    }

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

    static FloatVector log(FloatVector x) {
        var denormal = x.compare(LT, Float.MIN_NORMAL);
        FloatVector scaled = x.blend(x.mul(0x1p23f), denormal);
        IntVector d = scaled.reinterpretAsInts().sub(TWO_THIRDS_BITS);
        FloatVector shift = FloatVector.zero(F).blend(-23f, denormal);
        FloatVector e = toFloat(d.lanewise(ASHR, 23)).add(shift);
        FloatVector f = d.and(MANTISSA).add(TWO_THIRDS_BITS).reinterpretAsFloats().sub(1f);
        FloatVector y = e.fma(FloatVector.broadcast(F, LN2), log1pReduced(f));
        y = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
        y = FloatVector.broadcast(F, Float.NaN).blend(y, x.compare(GT, 0f));
        return y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
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

    static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector s = a.mul(a);
        FloatVector q = FloatVector.broadcast(F, TANH_4).fma(s, FloatVector.broadcast(F, TANH_3));
        q = q.fma(s, FloatVector.broadcast(F, TANH_2));
        q = q.fma(s, FloatVector.broadcast(F, TANH_1));
        q = q.fma(s, FloatVector.broadcast(F, TANH_0));
        FloatVector near = q.mul(s).fma(a, a);
        FloatVector c = a.blend(TANH_MAX, a.compare(GT, TANH_MAX));
        FloatVector one = FloatVector.broadcast(F, 1f);
        FloatVector far = one.sub(FloatVector.broadcast(F, 2f).div(expBounded(c.add(c)).add(1f)));
        return withSign(far.blend(near, a.compare(LT, TANH_NEAR)), x);
    }

    static FloatVector sigmoid(FloatVector x) {
        FloatVector s = exp(x.abs().neg());
        FloatVector d = s.add(1f);
        FloatVector y = FloatVector.broadcast(F, 1f).blend(s, x.compare(LT, 0f)).div(d);
        FloatVector lost = s.sub(d.sub(1f));
        FloatVector inverse = d.fma(FloatVector.broadcast(F, SIGMOID_1), FloatVector.broadcast(F, SIGMOID_0));
        return y.neg().mul(lost).fma(inverse, y);
    }

    static FloatVector silu(FloatVector x) {
        FloatVector c = x.blend(GATE_MIN, x.compare(LT, GATE_MIN));
        return c.mul(sigmoid(c));
    }

    static FloatVector siluSlope(FloatVector x) {
        FloatVector c = x.blend(GATE_MIN, x.compare(LT, GATE_MIN));
        c = c.blend(-GATE_MIN, c.compare(GT, -GATE_MIN));
        FloatVector s = sigmoid(c);
        FloatVector one = FloatVector.broadcast(F, 1f);
        return s.mul(c.fma(one.sub(s), one));
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
