package org.lanewise.engine;

/**
 * Logarithm and exponential in double precision from plain arithmetic, so that their bits never depend on the JIT as those
 * of {@code Math.log} and {@code Math.exp} do. The reductions and polynomials are those of Sun's fdlibm ({@code e_log.c},
 * {@code e_exp.c}), below one ulp; the special values are left to the callers.
 */
public final class DoubleMath {

    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;
    private static final double INVERSE_LN2 = 1.44269504088896338700;
    private static final double SQRT2 = 1.4142135623730951;

    private DoubleMath() {}

    /** The natural logarithm of a positive, finite, normal number. */
    public static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) - 1023;
        double m = Double.longBitsToDouble(bits & 0x000FFFFFFFFFFFFFL | 0x3FF0000000000000L);
        if (m > SQRT2) {
            m *= 0.5;
            exponent++;
        }
        double f = m - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        double even = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01
                + w * 1.479819860511658591e-01)));
        double square = 0.5 * f * f;
        return exponent * LN2_HIGH - (square - (s * (square + odd + even) + exponent * LN2_LOW) - f);
    }

    /** {@code e^x} for -700 < x < 700. */
    public static double exp(double x) {
        double k = Math.rint(x * INVERSE_LN2);
        double high = x - k * LN2_HIGH;
        double low = k * LN2_LOW;
        double r = high - low;
        double t = r * r;
        double c = r
                - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05
                        + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
        double y = 1 - (low - r * c / (2 - c) - high);
        return y * Double.longBitsToDouble((long) k + 1023 << 52);
    }

    /** {@code e^x} with x held within -700 and 700, so that the result is neither 0 nor infinite; NaN for NaN. */
    public static double expClamped(double x) {
        return exp(Math.max(-700, Math.min(700, x)));
    }

    /** {@code 1 / (1 + e^-x)}; NaN for NaN. */
    public static double sigmoid(double x) {
        return 1 / (1 + expClamped(-x));
    }
}
