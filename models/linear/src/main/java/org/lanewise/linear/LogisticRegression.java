package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;

/**
 * Logistic regression without penalty: the intercept and coefficients that maximise
 *
 * <pre>sum_i y_i eta_i - ln(1 + e^eta_i),  eta_i = b0 + x_i'b</pre>
 *
 * by Newton's method with halved steps. For a few columns, as a baseline.
 *
 * <pre>{@code
 * LinearPredictor logOdds = LogisticRegression.fit(DesignMatrix.of(table, "age", "sex"), sick);
 * }</pre>
 */
public final class LogisticRegression {
    private static final int MOST_STEPS = 50;
    private static final double TOLERANCE = 1e-10;

    private LogisticRegression() {
    }

    /**
     * @return the log odds
     *
     * @throws BadInputException
     *             if a value is missing, both classes are not there, or a column is constant or depends on others
     * @throws ConvergenceException
     *             if the classes can be separated, so that no finite optimum exists
     */
    public static LinearPredictor fit(DesignMatrix x, boolean[] y) {
        int p = x.columns();
        int n = x.rows();
        int positives = 0;
        for (boolean one : y) {
            positives += one ? 1 : 0;
        }
        if (y.length != n || positives == 0 || positives == n) {
            throw BadInputException.at(x.source())
                    .because(positives + " of " + y.length + " outcomes are positive, of " + n + " rows: needs both");
        }
        Standardized z = new Standardized(x, null, true, "logistic regression");
        z.refuseConstants("a logistic regression");
        double[][] rows = new double[n][p + 1];
        for (int i = 0; i < n; i++) {
            rows[i][p] = 1;
            for (int j = 0; j < p; j++) {
                rows[i][j] = z.columns[j][i];
            }
        }
        double[] b = newton(rows, y, x.source());
        double[] coefficients = z.unscale(Arrays.copyOf(b, p));
        double intercept = b[p];
        for (int j = 0; j < p; j++) {
            intercept -= coefficients[j] * z.mean[j];
        }
        return LinearPredictor.of(x.names(), intercept, coefficients);
    }

    private static double[] newton(double[][] rows, boolean[] y, String source) {
        int q = rows[0].length;
        double[] b = new double[q];
        double loss = loss(rows, y, b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[q];
            double[][] hessian = new double[q][q];
            for (int i = 0; i < rows.length; i++) {
                double chance = 1 / (1 + Math.exp(-dot(rows[i], b)));
                for (int j = 0; j < q; j++) {
                    gradient[j] += (chance - (y[i] ? 1 : 0)) * rows[i][j];
                    for (int k = 0; k <= j; k++) {
                        hessian[j][k] += chance * (1 - chance) * rows[i][j] * rows[i][k];
                    }
                }
            }
            double[] move;
            try {
                move = Cholesky.of(hessian).solve(gradient);
            } catch (Cholesky.SingularException e) {
                throw BadInputException.at(source).because("logistic regression: the columns depend on one another, "
                        + "or separate the classes");
            }
            double scale = 1;
            double[] next = moved(b, move, scale);
            double better = loss(rows, y, next);
            while (!(better <= loss) && scale > 1e-10) {
                scale /= 2;
                next = moved(b, move, scale);
                better = loss(rows, y, next);
            }
            b = next;
            boolean settled = loss - better <= TOLERANCE * Math.abs(loss);
            loss = better;
            if (settled) {
                return b;
            }
        }
        throw new ConvergenceException("logistic regression has not converged in " + MOST_STEPS
                + " steps: the columns probably separate the classes");
    }

    private static double[] moved(double[] b, double[] move, double scale) {
        double[] next = b.clone();
        for (int j = 0; j < b.length; j++) {
            next[j] -= scale * move[j];
        }
        return next;
    }

    private static double loss(double[][] rows, boolean[] y, double[] b) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double eta = dot(rows[i], b);
            sum += Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - (y[i] ? eta : 0);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
