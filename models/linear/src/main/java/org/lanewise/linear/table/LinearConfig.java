package org.lanewise.linear.table;

import java.util.List;
import java.util.Objects;
import org.lanewise.linear.AlphaGrid;
import org.lanewise.linear.ColumnStore;
import org.lanewise.linear.ElasticNet;
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
 * @param gamma
 *            1 for the penalised fit, 0 for one without penalty on the columns it chose, mixtures between: see {@link ElasticNet#relaxed}
 * @param alphas
 *            how many penalty strengths are on the path
 * @param alphaRatio
 *            of the last to the first; 0 for a ten-thousandth where there are more rows than columns, else a hundredth, as in glmnet
 * @param grid
 *            penalty strengths in the place of those two; empty for an automatic grid
 * @param standardize
 *            whether the penalty is on standardised columns
 * @param scaleTarget
 *            whether numbers (gaussian, huber) are divided by their standard deviation for the fit, and the coefficients multiplied by it
 *            afterwards: alpha then means the same in any unit of the target, as in glmnet. Without, the ridge part of the penalty is the
 *            stronger the larger the unit's numbers
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
 * @param preparation
 *            how predictors become numbers
 * @param seed
 *            of the folds and of bootstraps
 */
public record LinearConfig(TargetFamily family, double l1Ratio, double gamma, int alphas, double alphaRatio,
        List<Double> grid, boolean standardize, boolean scaleTarget, boolean fitIntercept, double tolerance, int folds,
        ElasticNetCv.AlphaRule rule, double huberDelta, Preparation preparation, long seed) {

    private static final double RATIO_LONG = 1e-4;
    private static final double RATIO_WIDE = 1e-2;

    /** What the target is; AUTO decides by its type and values. */
    public enum TargetFamily {
        AUTO, GAUSSIAN, BINOMIAL, MULTINOMIAL, POISSON, COX, HUBER
    }

    public LinearConfig {
        Objects.requireNonNull(family);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(preparation);
        grid = List.copyOf(grid);
        if (!(l1Ratio >= 0 && l1Ratio <= 1)) {
            throw new IllegalArgumentException("l1Ratio must lie between 0 and 1");
        }
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma must lie between 0 and 1");
        }
        if (alphas < 2 || alphas > 10_000 || !(alphaRatio >= 0 && alphaRatio < 1)) {
            throw new IllegalArgumentException("alphas must be 2 to 10000, alphaRatio lie between 0 (automatic) and 1");
        }
        if (grid.stream().anyMatch(alpha -> !(alpha >= 0 && alpha < Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException("the alphas of the grid must be finite and not negative");
        }
        if (!(tolerance > 0 && tolerance < 1) || folds < 2
                || !(huberDelta > 0 && huberDelta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "tolerance must lie between 0 and 1, folds be at least 2, huberDelta be positive");
        }
    }

    /** Half lasso, half ridge; 100 alphas, down to a share that follows from the table's shape; five folds; the alpha of least deviance. */
    public static LinearConfig defaults() {
        return new LinearConfig(TargetFamily.AUTO, 0.5, 1, 100, 0, List.of(), true, true, true, 1e-4, 5,
                ElasticNetCv.AlphaRule.MIN, 1, Preparation.defaults(), 1);
    }

    public LinearConfig withSeed(long changed) {
        return new LinearConfig(family, l1Ratio, gamma, alphas, alphaRatio, grid, standardize, scaleTarget,
                fitIntercept, tolerance, folds, rule, huberDelta, preparation, changed);
    }

    public LinearConfig withPreparation(Preparation changed) {
        return new LinearConfig(family, l1Ratio, gamma, alphas, alphaRatio, grid, standardize, scaleTarget,
                fitIntercept, tolerance, folds, rule, huberDelta, changed, seed);
    }

    public LinearConfig withPenalty(double changedL1Ratio, double changedGamma) {
        return new LinearConfig(family, changedL1Ratio, changedGamma, alphas, alphaRatio, grid, standardize,
                scaleTarget, fitIntercept, tolerance, folds, rule, huberDelta, preparation, seed);
    }

    ElasticNetParams params(Family decided, ColumnStore x) {
        double ratio = alphaRatio > 0 ? alphaRatio : x.rows() > x.columns() ? RATIO_LONG : RATIO_WIDE;
        AlphaGrid given = grid.isEmpty()
                ? AlphaGrid.auto(alphas, ratio)
                : AlphaGrid.of(grid.stream().mapToDouble(v -> v).toArray());
        return ElasticNetParams.builder(decided).l1Ratio(l1Ratio).alphas(given).standardize(standardize)
                .fitIntercept(fitIntercept).tolerance(tolerance).build();
    }
}
