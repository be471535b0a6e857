package org.lanewise.henaw.explanation;

/**
 * Shapley values by the definition, over all coalitions (Shapley 1953; Strumbelj and Kononenko 2010):
 *
 * <pre>phi_j = sum over S without j of |S|! (p - |S| - 1)! / p! (v(S + j) - v(S))</pre>
 *
 * They add up to {@code v(all) - v(none)}.
 */
public final class ShapleyValues {
    /** Players beyond which 2^p evaluations would take minutes. */
    public static final int LIMIT = 20;

    private ShapleyValues() {}

    /** @param v the value of every coalition, bit j of the index saying whether j takes part; 2^p values */
    public static double[] of(double[] v) {
        int p = Integer.numberOfTrailingZeros(v.length);
        if (v.length != 1 << p)
            throw new IllegalArgumentException("Shapley values need 2^p coalitions, not " + v.length);
        double[] weight = new double[p];
        for (int size = 0; size < p; size++)
            weight[size] = 1.0 / (p * binomial(p - 1, size));
        double[] phi = new double[p];
        for (int s = 0; s < v.length; s++)
            for (int j = 0; j < p; j++)
                if ((s >> j & 1) == 0)
                    phi[j] += weight[Integer.bitCount(s)] * (v[s | 1 << j] - v[s]);
        return phi;
    }

    private static double binomial(int n, int k) {
        double value = 1;
        for (int i = 1; i <= k; i++)
            value = value * (n - k + i) / i;
        return value;
    }
}
