package org.lanewise.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.survival.Survival;

/**
 * Sparse-group elastic net: minimises over b, and an intercept b0 that is not penalised,
 *
 * <pre>loss + alpha (l1Ratio |b|_1 + (1 - l1Ratio)/2 |b|_2^2) + groupPenalty sum_g weight_g |b_g|_2</pre>
 *
 * where loss is 1/(2W) sum_i w_i (y_i - b0 - x_i'b)^2 or -1/W log partial likelihood (W the sum of the weights). This is
 * scikit-learn's scaling. With {@link #standardize}, x_j and b_j in the formula are of columns divided by their root mean square
 * about the mean; reported coefficients are for the columns as given. glmnet's (lambda, alpha) are our (alpha, l1Ratio): for Cox as
 * they stand, for gaussian after dividing y by its root mean square about the mean.
 * <p>
 * Groups may overlap. The penalty is then on b itself, so a column is dropped as soon as one of its groups is, and zeros are
 * unions of groups; it keeps the l1 and l2 terms, the objective and the KKT conditions those of one vector b, which a formulation
 * with duplicated columns would not. To have a column kept as long as any of its groups is (the latent group lasso), give it once
 * for each group under different names.
 *
 * <pre>{@code
 * ProximalElasticNet net = ProximalElasticNet.defaults().withAlpha(0.05).withL1Ratio(0.5);
 * LinearPredictor line = net.fit(x, y).model();
 * for (ElasticNetFit<CoxModel> step : net.coxPath(x, outcome, SurvivalRows.none(), net.coxAlphas(x, outcome, 50, 1e-3))) { ... }
 * }</pre>
 *
 * @param alpha
 *            strength of the elastic net
 * @param l1Ratio
 *            1 for the lasso, 0 for ridge
 * @param groupPenalty
 *            strength of the group norms
 * @param groups
 *            used if {@code groupPenalty} is above 0
 * @param standardize
 *            whether the penalty is on standardised columns
 * @param ties
 *            for Cox
 * @param tolerance
 *            the KKT residual to reach, as a share of the largest slope at b = 0
 * @param mostSteps
 *            before giving up
 */
public record ProximalElasticNet(double alpha, double l1Ratio, double groupPenalty, List<GroupPenalty> groups,
        boolean standardize,
        Ties ties, double tolerance, int mostSteps) {

    public ProximalElasticNet {
        groups = List.copyOf(groups);
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY) || !(l1Ratio >= 0 && l1Ratio <= 1)
                || !(groupPenalty >= 0 && groupPenalty < Double.POSITIVE_INFINITY) || !(tolerance > 0)
                || mostSteps < 1) {
            throw new IllegalArgumentException(
                    "alpha " + alpha + ", l1Ratio " + l1Ratio + ", groupPenalty " + groupPenalty
                            + ", tolerance " + tolerance + ", mostSteps " + mostSteps);
        }
    }

    /** alpha 0.01, l1Ratio 0.5, no groups, standardised, Efron, tolerance 1e-7, 100,000 steps. */
    public static ProximalElasticNet defaults() {
        return new ProximalElasticNet(0.01, 0.5, 0, List.of(), true, Ties.EFRON, 1e-7, 100_000);
    }

    public ProximalElasticNet withAlpha(double changed) {
        return new ProximalElasticNet(changed, l1Ratio, groupPenalty, groups, standardize, ties, tolerance, mostSteps);
    }

    public ProximalElasticNet withL1Ratio(double changed) {
        return new ProximalElasticNet(alpha, changed, groupPenalty, groups, standardize, ties, tolerance, mostSteps);
    }

    public ProximalElasticNet withGroups(double penalty, GroupPenalty... changed) {
        return new ProximalElasticNet(alpha, l1Ratio, penalty, List.of(changed), standardize, ties, tolerance,
                mostSteps);
    }

    public ProximalElasticNet withStandardize(boolean changed) {
        return new ProximalElasticNet(alpha, l1Ratio, groupPenalty, groups, changed, ties, tolerance, mostSteps);
    }

    public ProximalElasticNet withTies(Ties changed) {
        return new ProximalElasticNet(alpha, l1Ratio, groupPenalty, groups, standardize, changed, tolerance, mostSteps);
    }

    public ProximalElasticNet withTolerance(double changed) {
        return new ProximalElasticNet(alpha, l1Ratio, groupPenalty, groups, standardize, ties, changed, mostSteps);
    }

    public ProximalElasticNet withMostSteps(int changed) {
        return new ProximalElasticNet(alpha, l1Ratio, groupPenalty, groups, standardize, ties, tolerance, changed);
    }

    public ElasticNetFit<LinearPredictor> fit(DesignMatrix x, double[] y) {
        return path(x, y, null, alpha).getFirst();
    }

    /**
     * Fits for each alpha in turn, each from the last solution; {@link #alpha} is not used. Falling alphas are quickest.
     *
     * @param weights
     *            one per row, or {@code null} for all ones
     *
     * @throws BadInputException
     *             if a value is missing or infinite
     * @throws ConvergenceException
     *             if the tolerance is not reached
     */
    public List<ElasticNetFit<LinearPredictor>> path(DesignMatrix x, double[] y, double[] weights, double... alphas) {
        GaussianProblem problem = new GaussianProblem(x, y, weights);
        return path(x, problem.z, problem.loss, alphas, b -> {
            double intercept = problem.mean;
            double[] raw = unscale(problem.z, b);
            for (int j = 0; j < raw.length; j++) {
                intercept -= raw[j] * problem.z.mean[j];
            }
            return LinearPredictor.of(x.names(), intercept, raw);
        });
    }

    public ElasticNetFit<CoxModel> fitCox(DesignMatrix x, Survival outcome) {
        return coxPath(x, outcome, SurvivalRows.none(), alpha).getFirst();
    }

    /** As {@link #path}, for Cox regression. The models know no standard errors. */
    public List<ElasticNetFit<CoxModel>> coxPath(DesignMatrix x, Survival outcome, SurvivalRows rows,
            double... alphas) {
        CoxProblem problem = new CoxProblem(x, outcome, rows);
        return path(x, problem.z, problem.loss, alphas,
                b -> new CoxModel(x.names(), unscale(problem.z, b), problem.z.mean,
                        CoxModel.unknownCovariance(b.length), -problem.cox.evaluate(problem.loss.eta(b), null),
                        -problem.cox.evaluate(new double[x.rows()], null), 0, problem.sets.label,
                        problem.cox.baselines(problem.loss.eta(b))));
    }

    /**
     * A grid of alphas for {@link #path}, falling evenly in the logarithm from the least that makes every coefficient 0 (without
     * the help of the group norms; for l1Ratio below 0.001, that of 0.001).
     *
     * @param count
     *            at least 2
     * @param ratio
     *            of the last alpha to the first, e.g. 1e-3
     */
    public double[] alphas(DesignMatrix x, double[] y, double[] weights, int count, double ratio) {
        return grid(new GaussianProblem(x, y, weights).loss, count, ratio);
    }

    /** As {@link #alphas}, for {@link #coxPath}. */
    public double[] coxAlphas(DesignMatrix x, Survival outcome, SurvivalRows rows, int count, double ratio) {
        return grid(new CoxProblem(x, outcome, rows).loss, count, ratio);
    }

    private double[] grid(SmoothLoss loss, int count, double ratio) {
        if (count < 2 || !(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException(count + " alphas down to a share of " + ratio);
        }
        double first = steepest(loss) / Math.max(l1Ratio, 1e-3);
        double[] grid = new double[count];
        Arrays.setAll(grid, k -> first * Math.pow(ratio, k / (count - 1.0)));
        return grid;
    }

    private static double steepest(SmoothLoss loss) {
        double[] slope = new double[loss.columns()];
        loss.evaluate(new double[slope.length], slope);
        return Arrays.stream(slope).map(Math::abs).max().orElse(0);
    }

    private <M> List<ElasticNetFit<M>> path(DesignMatrix x, Standardized z, SmoothLoss loss, double[] alphas,
            Function<double[], M> model) {
        double unit = steepest(loss);
        SparseGroupProx prox = prox(x);
        AcceleratedProximalGradient solver = new AcceleratedProximalGradient(loss, prox,
                Math.max(tolerance * unit, Double.MIN_NORMAL),
                mostSteps);
        double[] b = new double[x.columns()];
        double[] slope = new double[b.length];
        List<ElasticNetFit<M>> fits = new ArrayList<>();
        for (double a : alphas) {
            double l1 = a * l1Ratio;
            double l2 = a * (1 - l1Ratio);
            b = solver.minimise(b, l1, l2);
            if (!(solver.residual <= tolerance * unit + Double.MIN_NORMAL)) {
                throw new ConvergenceException(
                        "elastic net at alpha " + a + ": KKT residual " + solver.residual / unit + " after "
                                + solver.steps + " steps, " + tolerance + " wanted");
            }
            double objective = loss.evaluate(b, slope) + prox.value(b);
            for (double v : b) {
                objective += l1 * Math.abs(v) + l2 / 2 * v * v;
            }
            fits.add(new ElasticNetFit<>(model.apply(b), a, objective, unit == 0 ? 0 : solver.residual / unit,
                    solver.steps));
        }
        return List.copyOf(fits);
    }

    private SparseGroupProx prox(DesignMatrix x) {
        List<GroupPenalty> used = groupPenalty > 0 ? groups : List.of();
        int[][] columns = new int[used.size()][];
        double[] norms = new double[columns.length];
        for (int g = 0; g < columns.length; g++) {
            GroupPenalty group = used.get(g);
            columns[g] = group.columns().stream().mapToInt(name -> x.names().indexOf(name)).toArray();
            norms[g] = groupPenalty * group.weight();
            for (int k = 0; k < columns[g].length; k++) {
                if (columns[g][k] < 0) {
                    throw BadInputException.at(x.source()).column(group.columns().get(k))
                            .because("named by group \"" + group.name() + "\" but not there");
                }
            }
        }
        return new SparseGroupProx(x.columns(), columns, norms);
    }

    private double[] unscale(Standardized z, double[] b) {
        return standardize ? z.unscale(b) : b.clone();
    }

    /** Centred columns, scaled or not. */
    private Standardized columns(DesignMatrix x, double[] weights) {
        Standardized z = new Standardized(x, weights, true, "elastic net");
        for (int j = 0; !standardize && j < z.columns.length; j++) {
            for (int i = 0; i < z.rows; i++) {
                z.columns[j][i] *= z.scale[j];
            }
        }
        return z;
    }

    /** What the gaussian fits of one path share. */
    private final class GaussianProblem {
        final Standardized z;
        final double mean;
        final GaussianLoss loss;

        GaussianProblem(DesignMatrix x, double[] y, double[] weights) {
            Weights.checkTarget(y, x.rows());
            double[] w = Weights.onesIfNull(weights, x.rows());
            z = columns(x, w);
            double total = Arrays.stream(w).sum();
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += w[i] / total * y[i];
            }
            mean = sum;
            loss = new GaussianLoss(z.columns, Arrays.stream(y).map(v -> v - mean).toArray(), w);
        }
    }

    /** What the Cox fits of one path share. */
    private final class CoxProblem {
        final Standardized z;
        final RiskSets sets;
        final CoxLoss cox;
        final CoxPredictorLoss loss;

        CoxProblem(DesignMatrix x, Survival outcome, SurvivalRows rows) {
            if (outcome.size() != x.rows()) {
                throw new IllegalArgumentException(outcome.size() + " outcomes for " + x.rows() + " rows");
            }
            double[] w = Weights.onesIfNull(rows.weights(), x.rows());
            sets = new RiskSets(outcome, rows);
            if (sets.eventCount == 0) {
                throw BadInputException.at(x.source()).because("no events to fit a Cox regression to");
            }
            z = columns(x, w);
            cox = new CoxLoss(sets, ties);
            loss = new CoxPredictorLoss(z.columns, cox, w);
        }
    }
}
