package org.lanewise.linear;

import java.util.Objects;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.survival.Survival;

/**
 * Proportional hazards regression, h(t | x) = h0(t) exp(x'b), h0 free (Cox 1972). The coefficients maximise
 *
 * <pre>log partial likelihood - l2/2 sum_j b_j^2</pre>
 *
 * by Newton-Raphson with step halving. Left truncation, case weights and strata come with {@link SurvivalRows}.
 *
 * <pre>{@code
 * CoxModel model = CoxRegression.defaults().fit(DesignMatrix.of(table, "age", "albumin"), Survival.of(years, died));
 * double tenYearRisk = model.risk(10, 54, 41.5);
 * }</pre>
 *
 * @param ties
 *            treatment of equal event times
 * @param l2
 *            penalty on the coefficients of the columns as given; 0 for none
 * @param mostSteps
 *            Newton steps before giving up
 */
public record CoxRegression(Ties ties, double l2, int mostSteps) {
    private static final double CONVERGED = 1e-13;
    /** Log hazard ratio per standard deviation beyond which a coefficient is taken to run away. */
    private static final double RUNAWAY = 20;

    public CoxRegression {
        Objects.requireNonNull(ties, "ties");
        if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY) || mostSteps < 1) {
            throw new IllegalArgumentException("l2 " + l2 + ", mostSteps " + mostSteps);
        }
    }

    /** Efron's ties, no penalty, 50 steps. */
    public static CoxRegression defaults() {
        return new CoxRegression(Ties.EFRON, 0, 50);
    }

    public CoxRegression withTies(Ties changed) {
        return new CoxRegression(changed, l2, mostSteps);
    }

    public CoxRegression withL2(double changed) {
        return new CoxRegression(ties, changed, mostSteps);
    }

    public CoxRegression withMostSteps(int changed) {
        return new CoxRegression(ties, l2, changed);
    }

    public CoxModel fit(DesignMatrix x, Survival outcome) {
        return fit(x, outcome, SurvivalRows.none());
    }

    /**
     * @throws BadInputException
     *             if a value is missing, there is no event, or, without penalty, a column is constant or depends on others
     * @throws ConvergenceException
     *             if the likelihood has no maximum, since some combination of columns separates the events from the rest
     */
    public CoxModel fit(DesignMatrix x, Survival outcome, SurvivalRows rows) {
        if (outcome.size() != x.rows()) {
            throw new IllegalArgumentException(outcome.size() + " outcomes for " + x.rows() + " rows");
        }
        RiskSets sets = new RiskSets(outcome, rows);
        if (sets.eventCount == 0) {
            throw BadInputException.at(x.source()).because("no events to fit a Cox regression to");
        }
        Standardized z = new Standardized(x, rows.weights(), true, "Cox regression");
        if (l2 == 0) {
            z.refuseConstants("a Cox regression");
        }
        CoxInformation information = new CoxInformation(sets, ties, z.columns);
        int p = z.columns.length;
        double[] beta = new double[p];
        double objective = evaluate(information, z, beta);
        double nullLogLikelihood = information.logLikelihood;
        int steps = 0;
        boolean converged = p == 0;
        while (!converged) {
            if (steps++ == mostSteps) {
                throw new ConvergenceException("Cox regression has not converged after " + mostSteps + " steps");
            }
            double[] step = solver(information, z).solve(information.score);
            double gain = 0;
            for (int j = 0; j < p; j++) {
                gain += step[j] * information.score[j];
            }
            double scale = 1;
            double[] from = beta;
            double before = objective;
            do {
                beta = moved(from, step, scale);
                objective = evaluate(information, z, beta);
                scale /= 2;
                // Near the maximum the gain drowns in rounding, so a loss of that size is no reason to halve.
            } while (!(objective >= before - 1e-12 * Math.abs(before)) && scale > 1e-10);
            refuseRunaways(beta, z);
            converged = gain <= CONVERGED * (Math.abs(objective) + 1);
        }
        double[][] covariance = solver(information, z).inverse();
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                covariance[i][j] /= z.scale[i] * z.scale[j];
            }
        }
        double[] eta = new double[x.rows()];
        for (int j = 0; j < p; j++) {
            for (int i = 0; i < eta.length; i++) {
                eta[i] += beta[j] * z.columns[j][i];
            }
        }
        return new CoxModel(x.names(), z.unscale(beta), z.mean, covariance, information.logLikelihood,
                nullLogLikelihood, steps,
                sets.label, new CoxLoss(sets, ties).baselines(eta));
    }

    private static double[] moved(double[] from, double[] step, double scale) {
        double[] to = from.clone();
        for (int j = 0; j < to.length; j++) {
            to[j] += scale * step[j];
        }
        return to;
    }

    /** Evaluates and adds the penalty, which is on the unscaled coefficients. */
    private double evaluate(CoxInformation information, Standardized z, double[] beta) {
        information.evaluate(beta);
        double objective = information.logLikelihood;
        for (int j = 0; j < beta.length; j++) {
            double penalty = l2 / (z.scale[j] * z.scale[j]);
            objective -= penalty / 2 * beta[j] * beta[j];
            information.score[j] -= penalty * beta[j];
            information.information[j][j] += penalty;
        }
        return objective;
    }

    private static Cholesky solver(CoxInformation information, Standardized z) {
        try {
            return Cholesky.of(information.information);
        } catch (Cholesky.SingularException e) {
            throw z.dependent(e.row);
        }
    }

    private void refuseRunaways(double[] beta, Standardized z) {
        for (int j = 0; j < beta.length && l2 == 0; j++) {
            if (!(Math.abs(beta[j]) < RUNAWAY)) {
                throw new ConvergenceException("the coefficient of \"" + z.names.get(j)
                        + "\" grows without bound: the columns separate the events; use a penalty (l2) or drop a column");
            }
        }
    }
}
