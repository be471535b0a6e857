package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;

/**
 * Ridge regression in closed form: minimises over b0 and b
 *
 * <pre>1/(2W) sum_i w_i (y_i - b0 - x_i'b)^2 + alpha/2 |b|_2^2</pre>
 *
 * with W the sum of the weights, so that it is {@link ProximalElasticNet} with l1Ratio 0. With {@code standardize} the penalty is on
 * the coefficients of columns divided by their root mean square about the mean. The intercept is not penalised.
 *
 * @param alpha
 *            above 0
 */
public record Ridge(double alpha, boolean standardize) {
    public Ridge {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha must be positive: " + alpha);
        }
    }

    /** alpha 0.01, standardised. */
    public static Ridge defaults() {
        return new Ridge(0.01, true);
    }

    public Ridge withAlpha(double changed) {
        return new Ridge(changed, standardize);
    }

    public Ridge withStandardize(boolean changed) {
        return new Ridge(alpha, changed);
    }

    public LinearPredictor fit(DesignMatrix x, double[] y) {
        return fit(x, y, null);
    }

    /**
     * @param weights
     *            one per row, or {@code null} for all ones
     *
     * @throws BadInputException
     *             if a value is missing or infinite
     */
    public LinearPredictor fit(DesignMatrix x, double[] y, double[] weights) {
        int n = x.rows();
        int p = x.columns();
        Weights.checkTarget(y, n);
        double[] w = Weights.onesIfNull(weights, n);
        Standardized z = new Standardized(x, w, true, "ridge regression");
        double total = Arrays.stream(w).sum();
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += w[i] / total * y[i];
        }
        double[][] gram = new double[p][p];
        double[] moment = new double[p];
        for (int j = 0; j < p; j++) {
            double[] weighted = new double[n];
            for (int i = 0; i < n; i++) {
                weighted[i] = w[i] / total * z.columns[j][i];
                moment[j] += weighted[i] * (y[i] - mean);
            }
            for (int k = 0; k <= j; k++) {
                gram[j][k] = Dot.of(weighted, z.columns[k]);
            }
            gram[j][j] += standardize ? alpha : alpha / (z.scale[j] * z.scale[j]);
        }
        double[] raw;
        try {
            raw = z.unscale(Cholesky.of(gram).solve(moment));
        } catch (Cholesky.SingularException e) {
            throw new ConvergenceException(
                    "alpha " + alpha + " is too small to tell apart the columns on which \"" + x.names().get(e.row)
                            + "\" depends");
        }
        double intercept = mean;
        for (int j = 0; j < p; j++) {
            intercept -= raw[j] * z.mean[j];
        }
        return LinearPredictor.of(x.names(), intercept, raw);
    }
}
