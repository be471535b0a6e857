package org.lanewise.engine.kernels;

/**
 * The constants of the elementary functions, shared by the scalar and the vector form.
 *
 * <p>Minimax polynomials, fitted by {@code src-test-data/engine/fit_coefficients.py}; index 0 is the constant term.
 */
public final class Polynomials {
    /** Adding 1.5 * 2^23 to a float of modest size rounds it to an integer held in the low bits of the sum. */
    public static final float ROUND = 0x1.8p23f;
    /** The bits of {@link #ROUND}. */
    public static final int ROUND_BITS = 0x4b400000;

    /** 1 / ln 2. */
    public static final float LOG2_E = 1.4426950408889634f;
    /** ln 2, rounded. */
    public static final float LN2 = 0.6931471805599453f;
    /** The upper bits of ln 2: its product with an integer of up to 9 bits is exact. */
    public static final float LN2_HI = 0x1.62e4p-1f;
    /** ln 2 - {@link #LN2_HI}. */
    public static final float LN2_LO = 0x1.7f7d1cp-20f;

    /** Above this exp overflows. */
    public static final float EXP_MAX = 89f;
    /** Below this exp is less than half the smallest denormal. */
    public static final float EXP_MIN = -104f;
    /** Below this expm1 rounds to -1. */
    public static final float EXPM1_MIN = -18f;

    // exp r = 1 + r + r^2 q(r), |r| <= ln 2 / 2
    public static final float EXP_0 = 0x1.fffffcp-2f;
    public static final float EXP_1 = 0x1.55548ap-3f;
    public static final float EXP_2 = 0x1.555916p-5f;
    public static final float EXP_3 = 0x1.123fc6p-7f;
    public static final float EXP_4 = 0x1.6a1a6ep-10f;

    // expm1 r = r + r^2 q(r), |r| <= ln 2 / 2
    public static final float EXPM1_0 = 0.5f;
    public static final float EXPM1_1 = 0x1.555554p-3f;
    public static final float EXPM1_2 = 0x1.5554aap-5f;
    public static final float EXPM1_3 = 0x1.11118ep-7f;
    public static final float EXPM1_4 = 0x1.6d78dap-10f;
    public static final float EXPM1_5 = 0x1.a0332cp-13f;

    /** The bits of 2/3: subtracting them puts the mantissa of a logarithm's argument into [2/3, 4/3). */
    public static final int TWO_THIRDS_BITS = 0x3f2aaaab;
    /** The mantissa bits of a float. */
    public static final int MANTISSA = 0x007fffff;

    // log(1 + f) = f + f^2 q(f), |f| <= 1/3
    public static final float LOG_0 = -0.5f;
    public static final float LOG_1 = 0x1.555502p-2f;
    public static final float LOG_2 = -0x1.fffe84p-3f;
    public static final float LOG_3 = 0x1.99d1f2p-3f;
    public static final float LOG_4 = -0x1.55a750p-3f;
    public static final float LOG_5 = 0x1.1ebe64p-3f;
    public static final float LOG_6 = -0x1.f25e32p-4f;
    public static final float LOG_7 = 0x1.1ed156p-3f;
    public static final float LOG_8 = -0x1.09312ep-3f;

    /** Up to here f(x) = x to the last bit, for expm1, log1p. */
    public static final float TINY = 0x1p-25f;

    /** tanh x = x + x s q(s), s = x^2, up to here. */
    public static final float TANH_NEAR = 0.6f;
    /** Beyond this tanh is 1 to the last bit. */
    public static final float TANH_MAX = 10f;
    public static final float TANH_0 = -0x1.55553ep-2f;
    public static final float TANH_1 = 0x1.1109dcp-3f;
    public static final float TANH_2 = -0x1.b89ed8p-5f;
    public static final float TANH_3 = 0x1.54e014p-6f;
    public static final float TANH_4 = -0x1.830be6p-8f;

    // 1 / d = c0 + c1 d within 0.05, 1 <= d <= 2
    public static final float SIGMOID_0 = 1.457f;
    public static final float SIGMOID_1 = -0.5f;

    /** erf x = x + x q(x^2) up to here, 1 - exp(-x - x q(x)) beyond. */
    public static final float ERF_NEAR = 0.95f;
    /** Beyond this erf is 1 to the last bit. */
    public static final float ERF_MAX = 4f;
    public static final float ERF_NEAR_0 = 0x1.06eba8p-3f;
    public static final float ERF_NEAR_1 = -0x1.812742p-2f;
    public static final float ERF_NEAR_2 = 0x1.ce2de2p-4f;
    public static final float ERF_NEAR_3 = -0x1.b80b0ep-6f;
    public static final float ERF_NEAR_4 = 0x1.54a490p-8f;
    public static final float ERF_NEAR_5 = -0x1.a8fc6cp-11f;
    public static final float ERF_NEAR_6 = 0x1.589470p-14f;
    public static final float ERF_FAR_0 = 0x1.074d72p-3f;
    public static final float ERF_FAR_1 = 0x1.456840p-1f;
    public static final float ERF_FAR_2 = 0x1.afaa32p-4f;
    public static final float ERF_FAR_3 = -0x1.75a0fcp-6f;
    public static final float ERF_FAR_4 = 0x1.8a932ep-9f;
    public static final float ERF_FAR_5 = -0x1.494c92p-14f;
    public static final float ERF_FAR_6 = -0x1.4ee69cp-15f;
    public static final float ERF_FAR_7 = 0x1.2c531ap-18f;

    /** 1 / sqrt 2. */
    public static final float SQRT_HALF = 0.70710678118654752f;
    /** 1 / sqrt(2 pi), the height of the normal density. */
    public static final float NORMAL_PEAK = 0.39894228040143268f;
    /** Below this gelu and silu are -0; stops -Infinity times zero. */
    public static final float GATE_MIN = -1e4f;

    private Polynomials() {}
}
