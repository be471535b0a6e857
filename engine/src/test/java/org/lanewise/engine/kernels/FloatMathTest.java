package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;

/** Accuracy over the whole range against double precision, and the special values. */
class FloatMathTest {
    private static final float INF = Float.POSITIVE_INFINITY;

    private interface FloatFunction {
        float apply(float x);
    }

    @Test
    void expIsWithinTwoUlp() {
        assertThat(worst(FloatMath::exp, Math::exp)).isLessThanOrEqualTo(2.0);
    }

    @Test
    void expm1IsWithinTwoUlp() {
        assertThat(worst(FloatMath::expm1, Math::expm1)).isLessThanOrEqualTo(2.0);
    }

    @Test
    void logIsWithinTwoUlp() {
        assertThat(worst(FloatMath::log, Math::log)).isLessThanOrEqualTo(2.0);
    }

    @Test
    void log1pIsWithinTwoUlp() {
        assertThat(worst(FloatMath::log1p, Math::log1p)).isLessThanOrEqualTo(2.0);
    }

    @Test
    void tanhIsWithinTwoUlp() {
        assertThat(worst(FloatMath::tanh, Math::tanh)).isLessThanOrEqualTo(2.0);
    }

    @Test
    void sigmoidIsWithinTwoUlp() {
        assertThat(worst(FloatMath::sigmoid, x -> 1 / (1 + Math.exp(-x)))).isLessThanOrEqualTo(2.0);
    }

    @Test
    void softplusIsWithinTwoUlp() {
        assertThat(worst(FloatMath::softplus, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))))
                .isLessThanOrEqualTo(2.0);
    }

    @Test
    void erfIsWithinTwoUlp() {
        assertThat(worst(FloatMath::erf, FloatMathTest::erf)).isLessThanOrEqualTo(2.0);
    }

    @Test
    void specialValues() {
        same(FloatMath.exp(INF), INF);
        same(FloatMath.exp(-INF), 0f);
        same(FloatMath.exp(-0f), 1f);
        same(FloatMath.exp(88.72f), 3.3931806E38f);
        same(FloatMath.exp(88.8f), INF);
        same(FloatMath.exp(-103.9f), Float.MIN_VALUE);
        same(FloatMath.exp(-104f), 0f);
        same(FloatMath.expm1(INF), INF);
        same(FloatMath.expm1(-INF), -1f);
        same(FloatMath.expm1(-0f), -0f);
        same(FloatMath.expm1(Float.MIN_VALUE), Float.MIN_VALUE);
        same(FloatMath.log(0f), -INF);
        same(FloatMath.log(-0f), -INF);
        same(FloatMath.log(-1f), Float.NaN);
        same(FloatMath.log(-INF), Float.NaN);
        same(FloatMath.log(INF), INF);
        same(FloatMath.log(1f), 0f);
        same(FloatMath.log1p(-1f), -INF);
        same(FloatMath.log1p(-1.5f), Float.NaN);
        same(FloatMath.log1p(-INF), Float.NaN);
        same(FloatMath.log1p(INF), INF);
        same(FloatMath.log1p(-0f), -0f);
        same(FloatMath.log1p(-Float.MIN_VALUE), -Float.MIN_VALUE);
        same(FloatMath.tanh(INF), 1f);
        same(FloatMath.tanh(-INF), -1f);
        same(FloatMath.tanh(20f), 1f);
        same(FloatMath.tanh(-0f), -0f);
        same(FloatMath.tanh(Float.MIN_VALUE), Float.MIN_VALUE);
        same(FloatMath.sigmoid(INF), 1f);
        same(FloatMath.sigmoid(-INF), 0f);
        same(FloatMath.sigmoid(0f), 0.5f);
        same(FloatMath.erf(INF), 1f);
        same(FloatMath.erf(-INF), -1f);
        same(FloatMath.erf(-0f), -0f);
        same(FloatMath.softplus(INF), INF);
        same(FloatMath.softplus(-INF), 0f);
        same(FloatMath.gelu(INF), INF);
        same(FloatMath.gelu(-INF), -0f);
        same(FloatMath.silu(INF), INF);
        same(FloatMath.silu(-INF), -0f);
        same(FloatMath.geluSlope(INF), 1f);
        same(FloatMath.geluSlope(-INF), 0f);
        same(FloatMath.siluSlope(INF), 1f);
        same(FloatMath.siluSlope(-INF), -0f);
        FloatFunction[] all = {FloatMath::exp, FloatMath::expm1, FloatMath::log, FloatMath::log1p, FloatMath::tanh,
                FloatMath::sigmoid, FloatMath::erf, FloatMath::softplus, FloatMath::gelu, FloatMath::silu,
                FloatMath::geluSlope, FloatMath::siluSlope, FloatMath::relu};
        for (FloatFunction f : all) same(f.apply(Float.NaN), Float.NaN);
    }

    @Test
    void slopesMatchCentralDifferences() {
        for (double x = -6; x <= 6; x += 0.37) {
            double h = 1e-5;
            double gelu = (gelu(x + h) - gelu(x - h)) / (2 * h);
            double silu = (silu(x + h) - silu(x - h)) / (2 * h);
            assertThat((double) FloatMath.geluSlope((float) x)).isCloseTo(gelu, within(1e-6));
            assertThat((double) FloatMath.siluSlope((float) x)).isCloseTo(silu, within(1e-6));
            assertThat((double) FloatMath.gelu((float) x)).isCloseTo(gelu((float) x), within(1e-6));
            assertThat((double) FloatMath.silu((float) x)).isCloseTo(silu((float) x), within(1e-6));
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double d) {
        return org.assertj.core.data.Offset.offset(d);
    }

    private static void same(float actual, float expected) {
        assertThat(Float.floatToIntBits(actual)).as("%s for %s", actual, expected)
                .isEqualTo(Float.floatToIntBits(expected));
    }

    /** The largest error in ulp of the exact result, over bit patterns 10007 apart and a dense sweep of [-20, 20]. */
    private static double worst(FloatFunction f, DoubleUnaryOperator exact) {
        double worst = 0;
        for (long bits = 0; bits < 1L << 32; bits += 10007)
            worst = Math.max(worst, error(f, exact, Float.intBitsToFloat((int) bits)));
        for (int i = -200_000; i <= 200_000; i++) worst = Math.max(worst, error(f, exact, i * 1e-4f));
        return worst;
    }

    private static double error(FloatFunction f, DoubleUnaryOperator exact, float x) {
        double expected = exact.applyAsDouble(x);
        float actual = f.apply(x);
        if (Double.isNaN(expected)) return Float.isNaN(actual) ? 0 : INF;
        if (Math.abs(expected) > Float.MAX_VALUE) return Math.abs(actual) >= Float.MAX_VALUE ? 0 : INF;
        return Math.abs(actual - expected) / Math.ulp((float) expected);
    }

    private static double gelu(double x) {
        return x / 2 * (1 + erf(x / Math.sqrt(2)));
    }

    private static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    /** Abramowitz and Stegun 7.1.6 (series with positive terms) and 7.1.14 (continued fraction), in double precision. */
    private static double erf(double x) {
        double a = Math.abs(x);
        if (a > 6) return Math.signum(x);
        if (!(a >= 2.5)) {
            double term = x;
            double sum = x;
            for (int i = 1; i < 60; i++) {
                term *= 2 * x * x / (2 * i + 1);
                sum += term;
            }
            return sum * 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
        }
        double fraction = a;
        for (int i = 100; i > 0; i--) fraction = a + i / 2.0 / fraction;
        return Math.signum(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / fraction);
    }
}
