package org.lanewise.engine.kernels;

import static org.lanewise.engine.kernels.Fused.fma;
import static org.lanewise.engine.kernels.Polynomials.*;

/**
 * Elementary functions in single precision, within 2 ulp of the exact value over the whole range.
 *
 * <p>Built from add, multiply, divide, fused multiply-add, comparisons and integer operations only, so that the vector
 * form, which repeats them operation by operation, gives the same bits on every lane width and whether compiled or
 * interpreted. Methods of reduction: exp by {@code 2^k e^r} (Tang 1989), log by exponent split, tanh from exp beyond 0.6,
 * erf from {@code 1 - exp} of a polynomial beyond 0.95.
 */
public final class FloatMath {
    private FloatMath() {}

    /** {@code e^x}; 0 below -104, +Infinity above 88.73, denormal results kept. */
    public static float exp(float x) {
        float c = x > EXP_MAX ? EXP_MAX : x;
        c = c < EXP_MIN ? EXP_MIN : c;
        float t = fma(c, LOG2_E, ROUND);
        float k = t - ROUND;
        float r = fma(k, -LN2_HI, c);
        r = fma(k, -LN2_LO, r);
        float q = fma(EXP_4, r, EXP_3);
        q = fma(q, r, EXP_2);
        q = fma(q, r, EXP_1);
        q = fma(q, r, EXP_0);
        float p = fma(q, r * r, r) + 1f;
        // 2^k in two factors, because k may exceed the exponents of normal floats on either side
        int e = Float.floatToRawIntBits(t) - ROUND_BITS;
        int half = e >> 1;
        return p * powerOfTwo(half) * powerOfTwo(e - half);
    }

    /** {@code e^x - 1}, accurate near 0. */
    public static float expm1(float x) {
        float c = x > EXP_MAX ? EXP_MAX : x;
        c = c < EXPM1_MIN ? EXPM1_MIN : c;
        float t = fma(c, LOG2_E, ROUND);
        float k = t - ROUND;
        float r = fma(k, -LN2_HI, c);
        r = fma(k, -LN2_LO, r);
        float q = fma(EXPM1_5, r, EXPM1_4);
        q = fma(q, r, EXPM1_3);
        q = fma(q, r, EXPM1_2);
        q = fma(q, r, EXPM1_1);
        q = fma(q, r, EXPM1_0);
        float p = fma(q, r * r, r);
        // half of 2^k (1 + p) - 1, because 2^128 is not a float
        float s = powerOfTwo(Float.floatToRawIntBits(t) - ROUND_BITS - 1);
        float y = fma(p, s, s - 0.5f);
        return Math.abs(x) < TINY ? x : y + y;
    }

    /** The natural logarithm; NaN below 0, -Infinity at 0. */
    public static float log(float x) {
        boolean denormal = x < Float.MIN_NORMAL;
        float scaled = denormal ? x * 0x1p23f : x;
        int d = Float.floatToRawIntBits(scaled) - TWO_THIRDS_BITS;
        float e = (float) (d >> 23) + (denormal ? -23f : 0f);
        float f = Float.intBitsToFloat((d & MANTISSA) + TWO_THIRDS_BITS) - 1f;
        float y = fma(e, LN2, log1pReduced(f));
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x > 0f ? y : Float.NaN;
        return x == 0f ? Float.NEGATIVE_INFINITY : y;
    }

    /** {@code log(1 + x)}, accurate near 0; NaN below -1, -Infinity at -1. */
    public static float log1p(float x) {
        float u = x + 1f;
        int d = (Float.floatToRawIntBits(u) - TWO_THIRDS_BITS) & ~MANTISSA;
        float e = (float) (d >> 23);
        // 1 + x = 2^e (1 + f): f = x 2^-e + (2^-e - 1), with 2^(2-e) because 2^-128 is not a normal float
        float s = Float.intBitsToFloat(0x40800000 - d);
        float f = fma(x * 0.25f, s, fma(0.25f, s, -1f));
        float y = fma(e, LN2, log1pReduced(f));
        y = Math.abs(x) < TINY ? x : y;
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x > -1f ? y : Float.NaN;
        return x == -1f ? Float.NEGATIVE_INFINITY : y;
    }

    /** The hyperbolic tangent. */
    public static float tanh(float x) {
        float a = Math.abs(x);
        float s = a * a;
        float q = fma(TANH_4, s, TANH_3);
        q = fma(q, s, TANH_2);
        q = fma(q, s, TANH_1);
        q = fma(q, s, TANH_0);
        float near = fma(q * s, a, a);
        float c = a > TANH_MAX ? TANH_MAX : a;
        float far = 1f - 2f / (exp(c + c) + 1f);
        return withSign(a < TANH_NEAR ? near : far, x);
    }

    /** {@code 1 / (1 + e^-x)}; small values keep their relative accuracy. */
    public static float sigmoid(float x) {
        float s = exp(-Math.abs(x));
        float d = s + 1f;
        float y = (x < 0f ? s : 1f) / d;
        // give back what rounding took from s + 1; the reciprocal of d need not be exact here
        float lost = s - (d - 1f);
        return fma(-y * lost, fma(d, SIGMOID_1, SIGMOID_0), y);
    }

    /** The error function, {@code 2 / sqrt(pi) * integral of e^(-t^2) from 0 to x}. */
    public static float erf(float x) {
        float a = Math.abs(x);
        float s = a * a;
        float q = fma(ERF_NEAR_6, s, ERF_NEAR_5);
        q = fma(q, s, ERF_NEAR_4);
        q = fma(q, s, ERF_NEAR_3);
        q = fma(q, s, ERF_NEAR_2);
        q = fma(q, s, ERF_NEAR_1);
        q = fma(q, s, ERF_NEAR_0);
        float near = fma(q, a, a);
        float c = a > ERF_MAX ? ERF_MAX : a;
        float p = fma(ERF_FAR_7, c, ERF_FAR_6);
        p = fma(p, c, ERF_FAR_5);
        p = fma(p, c, ERF_FAR_4);
        p = fma(p, c, ERF_FAR_3);
        p = fma(p, c, ERF_FAR_2);
        p = fma(p, c, ERF_FAR_1);
        p = fma(p, c, ERF_FAR_0);
        float far = 1f - exp(fma(-c, p, -c));
        return withSign(a < ERF_NEAR ? near : far, x);
    }

    /** {@code log(1 + e^x)}. */
    public static float softplus(float x) {
        return (x < 0f ? 0f : x) + log1p(exp(-Math.abs(x)));
    }

    /** {@code x / 2 * (1 + erf(x / sqrt 2))}. */
    public static float gelu(float x) {
        float c = x < GATE_MIN ? GATE_MIN : x;
        return c * 0.5f * (erf(c * SQRT_HALF) + 1f);
    }

    /** The derivative of {@link #gelu}: {@code Phi(x) + x phi(x)}. */
    public static float geluSlope(float x) {
        float c = x < GATE_MIN ? GATE_MIN : x;
        c = c > -GATE_MIN ? -GATE_MIN : c;
        float phi = exp(c * c * -0.5f) * NORMAL_PEAK;
        return fma(c, phi, fma(erf(c * SQRT_HALF), 0.5f, 0.5f));
    }

    /** {@code x * sigmoid(x)}. */
    public static float silu(float x) {
        float c = x < GATE_MIN ? GATE_MIN : x;
        return c * sigmoid(c);
    }

    /** The derivative of {@link #silu}: {@code s (1 + x (1 - s))}, {@code s = sigmoid(x)}. */
    public static float siluSlope(float x) {
        float c = x < GATE_MIN ? GATE_MIN : x;
        c = c > -GATE_MIN ? -GATE_MIN : c;
        float s = sigmoid(c);
        return s * fma(c, 1f - s, 1f);
    }

    /** {@code x} where it is not negative, else 0; NaN stays NaN. */
    public static float relu(float x) {
        return x < 0f ? 0f : x;
    }

    private static float log1pReduced(float f) {
        float q = fma(LOG_8, f, LOG_7);
        q = fma(q, f, LOG_6);
        q = fma(q, f, LOG_5);
        q = fma(q, f, LOG_4);
        q = fma(q, f, LOG_3);
        q = fma(q, f, LOG_2);
        q = fma(q, f, LOG_1);
        q = fma(q, f, LOG_0);
        return fma(q, f * f, f);
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }

    private static float withSign(float magnitude, float sign) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude)
                | Float.floatToRawIntBits(sign) & Integer.MIN_VALUE);
    }
}
