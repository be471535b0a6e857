package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.survival.Survival;

/**
 * Proportional hazards with Gompertz' law of mortality (Gompertz 1825), h(t | x) = a exp(b t) exp(x'beta), by maximum likelihood:
 *
 * <pre>sum_i w_i [ event_i (log a + b t_i + x_i'beta) - a exp(x_i'beta) (exp(b t_i) - exp(b entry_i)) / b ] - l2/2 sum_j beta_j^2</pre>
 *
 * The function is concave in (log a, b, beta), so Newton's method with step halving finds its one maximum. b may be negative.
 *
 * <pre>{@code
 * GompertzModel model = GompertzRegression.defaults().fit(x, Survival.of(yearsFollowed, died));
 * double tenYearRisk = model.risk(10, row);
 * }</pre>
 *
 * @param l2
 *            penalty on the coefficients of the columns as given; 0 for none
 * @param mostSteps
 *            Newton steps before giving up
 */
public record GompertzRegression(double l2, int mostSteps) {
    private static final double CONVERGED = 1e-13;
    /** Log hazard ratio per standard deviation, or log hazard gained over the longest time, that no data bear out. */
    private static final double RUNAWAY = 20;
    private static final double STEEPEST = 300;

    public GompertzRegression {
        if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY) || mostSteps < 1) {
            throw new IllegalArgumentException("l2 " + l2 + ", mostSteps " + mostSteps);
        }
    }

    /** No penalty, 100 steps. */
    public static GompertzRegression defaults() {
        return new GompertzRegression(0, 100);
    }

    public GompertzRegression withL2(double changed) {
        return new GompertzRegression(changed, mostSteps);
    }

    public GompertzModel fit(DesignMatrix x, Survival outcome) {
        return fit(x, outcome, SurvivalRows.none());
    }

    /**
     * @param rows
     *            weights and entry times; there are no strata here
     *
     * @throws BadInputException
     *             if a value is missing, there is no event or no time, or, without penalty, a column is constant or depends on others
     * @throws ConvergenceException
     *             if the likelihood has no maximum
     */
    public GompertzModel fit(DesignMatrix x, Survival outcome, SurvivalRows rows) {
        int n = x.rows();
        if (outcome.size() != n) {
            throw new IllegalArgumentException(outcome.size() + " outcomes for " + n + " rows");
        }
        if (rows.strata() != null) {
            throw new IllegalArgumentException("a Gompertz regression has no strata");
        }
        double[] weight = Weights.onesIfNull(rows.weights(), n);
        Standardized z = new Standardized(x, rows.weights(), true, "Gompertz regression");
        if (l2 == 0) {
            z.refuseConstants("a Gompertz regression");
        }
        double unit = Arrays.stream(outcome.times()).max().orElse(0); // Times are fitted as shares of the longest.
        double[] time = scaled(outcome.times(), unit);
        double[] entry = rows.entry() == null ? new double[n] : scaled(rows.entry(), unit);
        double events = 0;
        double exposure = 0;
        for (int i = 0; i < n; i++) {
            if (!(entry[i] >= 0 && entry[i] <= time[i])) {
                throw BadInputException.at(x.source()).row(i + 1L).column("entry")
                        .value(Double.toString(entry[i] * unit))
                        .because("must lie between 0 and the time " + outcome.time(i));
            }
            events += outcome.event(i) ? weight[i] : 0;
            exposure += weight[i] * (time[i] - entry[i]);
        }
        if (!(events > 0 && exposure > 0)) {
            throw BadInputException.at(x.source())
                    .because("a Gompertz regression needs events and time under observation");
        }
        GompertzLikelihood likelihood = new GompertzLikelihood(z.columns, time, entry, outcome.events(), weight);
        double[] theta = new double[z.columns.length + 2];
        theta[0] = Math.log(events / exposure); // The best constant hazard.
        int steps = maximise(likelihood, z, theta);
        double[][] covariance = solver(likelihood, z).inverse();
        // Back from scaled columns and times: (log a, b, beta) is linear in the fitted numbers.
        double[] factor = new double[theta.length];
        factor[0] = 1;
        factor[1] = 1 / unit;
        for (int j = 0; j < z.scale.length; j++) {
            factor[j + 2] = 1 / z.scale[j];
        }
        for (int i = 0; i < factor.length; i++) {
            for (int j = 0; j < factor.length; j++) {
                covariance[i][j] *= factor[i] * factor[j];
            }
        }
        double[] coefficients = z.unscale(Arrays.copyOfRange(theta, 2, theta.length));
        return new GompertzModel(x.names(), coefficients, z.mean, Math.exp(theta[0]) / unit, theta[1] / unit,
                covariance,
                likelihood.value - events * Math.log(unit), steps);
    }

    private static double[] scaled(double[] times, double unit) {
        double[] scaled = times.clone();
        Arrays.setAll(scaled, i -> unit == 0 ? 0 : times[i] / unit);
        return scaled;
    }

    /** Modifies {@code theta}; returns the steps taken. */
    private int maximise(GompertzLikelihood likelihood, Standardized z, double[] theta) {
        double objective = evaluate(likelihood, z, theta);
        for (int steps = 1; steps <= mostSteps; steps++) {
            double[] step = solver(likelihood, z).solve(likelihood.score);
            double gain = 0;
            for (int j = 0; j < step.length; j++) {
                gain += step[j] * likelihood.score[j];
            }
            double[] from = theta.clone();
            double before = objective;
            double scale = 1;
            do {
                for (int j = 0; j < theta.length; j++) {
                    theta[j] = from[j] + scale * step[j];
                }
                objective = evaluate(likelihood, z, theta);
                scale /= 2;
            } while (!(objective >= before - 1e-12 * Math.abs(before)) && scale > 1e-12);
            for (int j = 1; j < theta.length; j++) {
                if (l2 == 0 && !(Math.abs(theta[j]) < (j == 1 ? STEEPEST : RUNAWAY))) {
                    throw new ConvergenceException((j == 1
                            ? "the slope of the log hazard over time"
                            : "the coefficient of \"" + z.names.get(j - 2) + '"') + " grows without bound");
                }
            }
            if (gain <= CONVERGED * (Math.abs(objective) + 1)) {
                return steps;
            }
        }
        throw new ConvergenceException("Gompertz regression has not converged after " + mostSteps + " steps");
    }

    private double evaluate(GompertzLikelihood likelihood, Standardized z, double[] theta) {
        likelihood.evaluate(theta);
        double objective = likelihood.value;
        for (int j = 0; j < z.scale.length; j++) {
            double penalty = l2 / (z.scale[j] * z.scale[j]);
            objective -= penalty / 2 * theta[j + 2] * theta[j + 2];
            likelihood.score[j + 2] -= penalty * theta[j + 2];
            likelihood.information[j + 2][j + 2] += penalty;
        }
        return objective;
    }

    private static Cholesky solver(GompertzLikelihood likelihood, Standardized z) {
        try {
            return Cholesky.of(likelihood.information);
        } catch (Cholesky.SingularException e) {
            throw e.row < 2
                    ? new ConvergenceException("the times do not determine a Gompertz law")
                    : z.dependent(e.row - 2);
        }
    }
}
