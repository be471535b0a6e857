package org.lanewise.linear.table;

import org.lanewise.linear.AlphaGrid;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetParams;
import org.lanewise.linear.Family;

/**
 * Settings of an elastic net on a table; see {@link ElasticNetParams} for the objective.
 *
 * @param family
 *            of the target
 * @param l1Ratio
 *            1 for the lasso, 0 for ridge
 * @param alphas
 *            penalty strengths on the path
 * @param alphaRatio
 *            of the last to the first
 * @param standardize
 *            whether the penalty is on standardised columns
 * @param fitIntercept
 *            whether there is an intercept
 * @param tolerance
 *            duality gap, as a share of the loss without columns
 * @param folds
 *            of the cross-validation that chooses alpha
 * @param rule
 *            which alpha it chooses
 * @param huberDelta
 *            where the loss of the huber family turns linear, in units of the target
 * @param seed
 *            of the folds
 */
public record LinearConfig(TargetFamily family, double l1Ratio, int alphas, double alphaRatio, boolean standardize,
        boolean fitIntercept, double tolerance, int folds, ElasticNetCv.AlphaRule rule, double huberDelta, long seed) {

    /** What the target is; AUTO decides by its type and values. */
    public enum TargetFamily {
        AUTO, GAUSSIAN, BINOMIAL, MULTINOMIAL, POISSON, COX, HUBER
    }

    public LinearConfig {
        if (!(l1Ratio >= 0 && l1Ratio <= 1)) {
            throw new IllegalArgumentException("l1Ratio must lie between 0 and 1");
        }
        if (alphas < 2 || !(alphaRatio > 0 && alphaRatio < 1)) {
            throw new IllegalArgumentException("alphas must be at least 2, alphaRatio lie between 0 and 1");
        }
        if (!(tolerance > 0 && tolerance < 1) || folds < 2 || !(huberDelta > 0)) {
            throw new IllegalArgumentException(
                    "tolerance must lie between 0 and 1, folds be at least 2, huberDelta be positive");
        }
    }

    /** Half lasso, half ridge; 100 alphas down to a thousandth; five folds; the alpha of least deviance. */
    public static LinearConfig defaults() {
        return new LinearConfig(TargetFamily.AUTO, 0.5, 100, 1e-3, true, true, 1e-4, 5, ElasticNetCv.AlphaRule.MIN, 1,
                1);
    }

    public LinearConfig withSeed(long changed) {
        return new LinearConfig(family, l1Ratio, alphas, alphaRatio, standardize, fitIntercept, tolerance, folds, rule,
                huberDelta, changed);
    }

    ElasticNetParams params(Family decided) {
        return ElasticNetParams.builder(decided).l1Ratio(l1Ratio).alphas(AlphaGrid.auto(alphas, alphaRatio))
                .standardize(standardize).fitIntercept(fitIntercept).tolerance(tolerance).build();
    }
}
