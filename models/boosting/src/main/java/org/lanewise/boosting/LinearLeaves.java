package org.lanewise.boosting;

/**
 * Leaves that hold linear functions of the numeric features tested on their path (Shi, Li and Li 2019): with the gradients g
 * and hessians h of a leaf's rows, X their values beside a column of ones, the coefficients
 *
 * <pre>b = -(X'HX + lambda I)^-1 X'g,   the constant not penalised,</pre>
 *
 * minimise sum_i g_i f(x_i) + h_i f(x_i)^2 / 2 + lambda |b|^2 / 2. Rows in which one of the features is missing have the
 * leaf's constant value, as in LightGBM; the trees of the first round are constant, too.
 *
 * @param lambda ridge penalty, at least 0
 */
public record LinearLeaves(boolean enabled, double lambda) {
    public LinearLeaves {
        if (!(lambda >= 0)) throw new IllegalArgumentException("linear lambda must not be negative: " + lambda);
    }

    /** Constant leaves. */
    public static LinearLeaves none() {
        return new LinearLeaves(false, 0);
    }

    public static LinearLeaves ridge(double lambda) {
        return new LinearLeaves(true, lambda);
    }
}
