package org.lanewise.linear;

import java.util.List;
import java.util.Objects;

/**
 * Settings of an {@link ElasticNet}. It minimises over b, and an intercept b0 that is not penalised,
 *
 * <pre>1/W sum_i w_i loss(y_i, o_i + b0 + x_i'b) + alpha sum_j f_j (l1Ratio |b_j| + (1 - l1Ratio)/2 b_j^2),   W = sum_i w_i</pre>
 *
 * plus groupPenalty sum_g weight_g |b_g|_2 for groups of columns, subject to lower_j &lt;= b_j &lt;= upper_j, with loss (y - eta)^2 / 2 for gaussian targets (others: {@link Family}), weights w, offsets o
 * and penalty factors f. With {@code standardize}, b_j in the penalty is the coefficient of the column divided by its weighted standard
 * deviation (with 1/W); reported coefficients and bounds are always those of the columns as given.
 * <p>
 * This is scikit-learn's scaling: its {@code alpha} and {@code l1_ratio} are ours (without standardising). In other words:
 * <table>
 * <caption>Synonyms</caption>
 * <tr><th>here</th><th>scikit-learn</th><th>glmnet</th></tr>
 * <tr><td>alpha</td><td>alpha</td><td>lambda; for gaussian targets glmnet first divides y by its standard deviation s (with 1/W), so that
 * its (lambda, alpha) minimise our objective with l1 part lambda alpha and ridge part lambda (1 - alpha)/s: alpha = lambda (l1Ratio glmnet
 * + (1 - l1Ratio glmnet)/s). For y with s = 1 and for other families it is lambda itself</td></tr>
 * <tr><td>l1Ratio</td><td>l1_ratio</td><td>alpha; for gaussian targets l1 part / (l1 part + ridge part)</td></tr>
 * <tr><td>penaltyFactors</td><td>-</td><td>penalty.factor, which glmnet rescales to sum to the number of columns</td></tr>
 * <tr><td>tolerance</td><td>tol (of the gap over |y|^2/n)</td><td>thresh (of a change of coefficients, not of the gap)</td></tr>
 * </table>
 *
 * <pre>{@code
 * ElasticNetParams p = ElasticNetParams.builder(Family.gaussian()).l1Ratio(0.5).alphas(AlphaGrid.auto(100, 1e-2)).build();
 * }</pre>
 *
 * @param family
 *            of the target
 * @param alphas
 *            penalty strengths
 * @param l1Ratio
 *            1 for the lasso, 0 for ridge
 * @param standardize
 *            whether the penalty is on the coefficients of standardised columns
 * @param fitIntercept
 *            whether there is b0
 * @param penaltyFactors
 *            one for each column, or empty for ones: 0 is never penalised, infinity keeps a column out
 * @param lower
 *            one for each column, at most 0, or empty for none
 * @param upper
 *            one for each column, at least 0, or empty for none
 * @param groupPenalty
 *            strength of the group norms, the same for all alphas; 0 for none
 * @param groups
 *            columns that come and go together; for few columns, without penalty factors and bounds
 * @param tolerance
 *            duality gap to reach, as a share of the loss of the model without columns; with groups the KKT residual, as a share of the
 *            largest slope of that model
 * @param maxSweeps
 *            over the columns for one alpha, before giving up
 * @param screening
 *            of columns that stay at 0; changes times only
 */
public record ElasticNetParams(Family family, AlphaGrid alphas, double l1Ratio, boolean standardize,
        boolean fitIntercept, double[] penaltyFactors, double[] lower, double[] upper, double groupPenalty,
        List<GroupPenalty> groups, double tolerance, int maxSweeps, Screening screening) {

    public ElasticNetParams {
        Objects.requireNonNull(family);
        Objects.requireNonNull(alphas);
        Objects.requireNonNull(screening);
        penaltyFactors = penaltyFactors.clone();
        lower = lower.clone();
        upper = upper.clone();
        groups = List.copyOf(groups);
        if (!(groupPenalty >= 0 && groupPenalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "groupPenalty is " + groupPenalty + "; it must be finite and not negative");
        }
        if (!(l1Ratio >= 0 && l1Ratio <= 1)) {
            throw new IllegalArgumentException("l1Ratio is " + l1Ratio + "; it must lie between 0 and 1");
        }
        if (!(tolerance > 0 && tolerance < 1) || maxSweeps < 1) {
            throw new IllegalArgumentException("tolerance " + tolerance + ", maxSweeps " + maxSweeps);
        }
        for (double f : penaltyFactors) {
            if (!(f >= 0)) {
                throw new IllegalArgumentException("a penalty factor is " + f + "; it must not be negative");
            }
        }
        if (lower.length != upper.length) {
            throw new IllegalArgumentException(lower.length + " lower and " + upper.length + " upper bounds");
        }
        for (int j = 0; j < lower.length; j++) {
            if (!(lower[j] <= 0 && upper[j] >= 0)) {
                throw new IllegalArgumentException("the bounds of coefficient " + j + " are " + lower[j] + " and "
                        + upper[j] + "; 0 must lie between them");
            }
        }
    }

    /** Settings to start from: lasso, 100 automatic alphas down to a thousandth, standardised, with intercept, tolerance 1e-4. */
    public static Builder builder(Family family) {
        return new Builder(family);
    }

    public ElasticNetParams withAlphas(AlphaGrid changed) {
        return new ElasticNetParams(family, changed, l1Ratio, standardize, fitIntercept, penaltyFactors, lower, upper,
                groupPenalty, groups, tolerance, maxSweeps, screening);
    }

    public ElasticNetParams withFamily(Family changed) {
        return new ElasticNetParams(changed, alphas, l1Ratio, standardize, fitIntercept, penaltyFactors, lower, upper,
                groupPenalty, groups, tolerance, maxSweeps, screening);
    }

    /** Without penalty, but the columns with an infinite factor kept out. */
    ElasticNetParams unpenalised(double[] factors) {
        return new ElasticNetParams(family, AlphaGrid.of(0), l1Ratio, standardize, fitIntercept, factors, lower, upper,
                0,
                List.of(), tolerance, maxSweeps, screening);
    }

    @Override
    public double[] penaltyFactors() {
        return penaltyFactors.clone();
    }

    @Override
    public double[] lower() {
        return lower.clone();
    }

    @Override
    public double[] upper() {
        return upper.clone();
    }

    /** The penalty without strength, on coefficients of standardised columns. */
    Penalty penalty(Standardization z) {
        int p = z.scale.length;
        if (penaltyFactors.length != 0 && penaltyFactors.length != p || lower.length != 0 && lower.length != p) {
            throw new IllegalArgumentException(penaltyFactors.length + " penalty factors and " + lower.length
                    + " bounds for " + p + " columns");
        }
        double[] low = new double[lower.length];
        double[] high = new double[lower.length];
        for (int j = 0; j < low.length; j++) {
            low[j] = lower[j] * z.scale[j];
            high[j] = upper[j] * z.scale[j];
        }
        return new Penalty(0, 0, penaltyFactors.length == 0 ? null : penaltyFactors, low.length == 0 ? null : low,
                low.length == 0 ? null : high);
    }

    /** Collects settings; see {@link ElasticNetParams} for their meaning. */
    public static final class Builder {
        private final Family family;
        private AlphaGrid alphas = AlphaGrid.auto(100, 1e-3);
        private double l1Ratio = 1;
        private boolean standardize = true;
        private boolean fitIntercept = true;
        private double[] penaltyFactors = {};
        private double[] lower = {};
        private double[] upper = {};
        private double groupPenalty;
        private List<GroupPenalty> groups = List.of();
        private double tolerance = 1e-4;
        private int maxSweeps = 100_000;
        private Screening screening = Screening.STRONG;

        private Builder(Family family) {
            this.family = family;
        }

        public Builder alphas(AlphaGrid value) {
            alphas = value;
            return this;
        }

        public Builder alphas(double... values) {
            alphas = AlphaGrid.of(values);
            return this;
        }

        public Builder l1Ratio(double value) {
            l1Ratio = value;
            return this;
        }

        public Builder standardize(boolean value) {
            standardize = value;
            return this;
        }

        public Builder fitIntercept(boolean value) {
            fitIntercept = value;
            return this;
        }

        public Builder penaltyFactors(double... values) {
            penaltyFactors = values;
            return this;
        }

        public Builder bounds(double[] lowest, double[] highest) {
            lower = lowest;
            upper = highest;
            return this;
        }

        public Builder groups(double penalty, GroupPenalty... values) {
            groupPenalty = penalty;
            groups = List.of(values);
            return this;
        }

        public Builder tolerance(double value) {
            tolerance = value;
            return this;
        }

        public Builder maxSweeps(int value) {
            maxSweeps = value;
            return this;
        }

        public Builder screening(Screening value) {
            screening = value;
            return this;
        }

        public ElasticNetParams build() {
            return new ElasticNetParams(family, alphas, l1Ratio, standardize, fitIntercept, penaltyFactors, lower,
                    upper, groupPenalty, groups, tolerance, maxSweeps, screening);
        }
    }
}
