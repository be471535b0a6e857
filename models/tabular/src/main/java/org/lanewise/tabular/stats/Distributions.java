package org.lanewise.tabular.stats;

/** The chi-squared, Student t and F distributions; degrees of freedom are positive and need not be whole. */
public final class Distributions {
    private Distributions() {
    }

    /** P(X &gt; x) of chi-squared. */
    public static double chiSquaredTail(double x, double df) {
        return Gammas.upperGamma(positive(df) / 2, x / 2);
    }

    /** P(|T| &gt; |t|) of Student's t. */
    public static double studentTwoSided(double t, double df) {
        return Gammas.beta(positive(df) / 2, 0.5, df / (df + t * t));
    }

    /** The t with P(|T| &gt; t) = p. */
    public static double studentTwoSidedQuantile(double p, double df) {
        double x = Gammas.inverseBeta(positive(df) / 2, 0.5, p);
        return Math.sqrt(df * (1 - x) / x);
    }

    /** P(X &lt;= x) of F with {@code df1} and {@code df2} degrees of freedom. */
    public static double fCdf(double x, double df1, double df2) {
        return x <= 0 ? 0 : Gammas.beta(positive(df1) / 2, positive(df2) / 2, df1 * x / (df1 * x + df2));
    }

    /** The x with P(X &lt;= x) = p. */
    public static double fQuantile(double p, double df1, double df2) {
        if (p > 0.5) { // 1/F has the degrees of freedom exchanged; its lower tail keeps more digits.
            return 1 / fQuantile(1 - p, df2, df1);
        }
        double x = Gammas.inverseBeta(positive(df1) / 2, positive(df2) / 2, p);
        return df2 * x / (df1 * (1 - x));
    }

    private static double positive(double df) {
        if (!(df > 0)) {
            throw new IllegalArgumentException("degrees of freedom must be positive: " + df);
        }
        return df;
    }
}
