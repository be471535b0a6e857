package org.lanewise.engine;

/**
 * The standard normal law in double precision, from plain arithmetic only ({@link DoubleMath}).
 */
public final class NormalLaw {

    private static final double SQRT_TWO_PI = 2.506628274631000502;

    /** Distance from the median up to which the first of the three rational functions holds. */
    private static final double CENTRE = 0.425;

    private NormalLaw() {}

    /**
     * The distribution function, to about 1e-15 (J. F. Hart's rational function as given by G. West, "Better approximations
     * to cumulative normal functions", Wilmott 2005; beyond 4 deviations the continued fraction of the tail).
     */
    public static double cdf(double x) {
        double z = Math.abs(x);
        double tail;
        if (z > 37) {
            tail = 0;
        } else if (z < 4) {
            double p = 3.52624965998911e-2 * z + 0.700383064443688;
            p = p * z + 6.37396220353165;
            p = p * z + 33.912866078383;
            p = p * z + 112.079291497871;
            p = p * z + 221.213596169931;
            p = p * z + 220.206867912376;
            double q = 8.83883476483184e-2 * z + 1.75566716318264;
            q = q * z + 16.064177579207;
            q = q * z + 86.7807322029461;
            q = q * z + 296.564248779674;
            q = q * z + 637.333633378831;
            q = q * z + 793.826512519948;
            q = q * z + 440.413735824752;
            tail = DoubleMath.exp(-z * z / 2) * p / q;
        } else {
            double f = z; // the continued fraction, from a depth at which it no longer changes
            for (int i = 120; i > 0; i--) f = z + i / f;
            tail = DoubleMath.exp(-z * z / 2) / f / SQRT_TWO_PI;
        }
        return x > 0 ? 1 - tail : tail;
    }

    /**
     * The inverse of {@link #cdf} for {@code 0 < p < 1}, to 1e-16 (M. J. Wichura, "Algorithm AS 241: the percentage points
     * of the normal distribution", Applied Statistics 37, 1988).
     */
    public static double quantile(double p) {
        double q = p - 0.5;
        return Math.abs(q) <= CENTRE ? centre(q) : tail(q, q < 0 ? p : 1 - p);
    }

    /** {@code z[i] = quantile(0.5 + q[i])} for |q| < 0.5; q is exact, so both tails are. */
    static void quantiles(double[] q, double[] z, int n) {
        // First as if all lay in the middle, without a branch; 15 of 100 are then done again.
        for (int i = 0; i < n; i++) z[i] = centre(q[i]);
        for (int i = 0; i < n; i++) {
            if (Math.abs(q[i]) > CENTRE) z[i] = tail(q[i], 0.5 - Math.abs(q[i]));
        }
    }

    private static double centre(double q) {
        double r = 0.180625 - q * q;
        double num = ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
                + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
                + 1.3314166789178437745e2) * r + 3.3871328727963666080;
        double den = ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
                + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
                + 4.2313330701600911252e1) * r + 1;
        return q * num / den;
    }

    /** {@code p} is the probability of the tail that {@code q} lies in. */
    private static double tail(double q, double p) {
        double r = Math.sqrt(-DoubleMath.log(p));
        double z = r <= 5 ? middle(r - 1.6) : far(r - 5);
        return q < 0 ? -z : z;
    }

    private static double middle(double r) {
        double num = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1)
                * r
                + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.76949722146069140550) * r
                + 4.63033784615654529590) * r + 1.42343711074968357734;
        double den = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2)
                * r
                + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r
                + 2.05319162663775882187) * r + 1;
        return num / den;
    }

    private static double far(double r) {
        double num = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3)
                * r
                + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r
                + 5.46378491116411436990) * r + 6.65790464350110377720;
        double den = ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5)
                * r
                + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
                + 5.99832206555887937690e-1) * r + 1;
        return num / den;
    }
}
