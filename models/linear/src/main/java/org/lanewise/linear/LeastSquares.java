package org.lanewise.linear;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;

/**
 * Weighted linear regression: the intercept b0 and coefficients b that minimise
 *
 * <pre>sum_i w_i (y_i - b0 - x_i'b)^2</pre>
 *
 * by a QR decomposition with pivoting of the centred and scaled columns.
 *
 * <pre>{@code
 * LeastSquaresFit fit = LeastSquares.defaults().fit(DesignMatrix.of(table, "albumin", "rdw"), table.numbers("age"));
 * double[] predicted = fit.predictor().of(x);
 * }</pre>
 *
 * @param intercept
 *            whether to fit b0; otherwise it is 0
 */
public record LeastSquares(boolean intercept) {

    /** With an intercept. */
    public static LeastSquares defaults() {
        return new LeastSquares(true);
    }

    public LeastSquaresFit fit(DesignMatrix x, double[] y) {
        return fit(x, y, null);
    }

    /**
     * @param weights
     *            one per row, not negative; {@code null} for all ones. A row of weight 0 is left out, in the degrees of freedom too
     *
     * @throws BadInputException
     *             if a value is missing, a column is constant or depends on others, or there are fewer rows than coefficients
     */
    public LeastSquaresFit fit(DesignMatrix x, double[] y, double[] weights) {
        Weights.check(weights, x.rows());
        Weights.checkTarget(y, x.rows());
        int p = x.columns();
        int used = x.rows();
        double total = 0;
        double mean = 0;
        for (int i = 0; i < x.rows(); i++) {
            double w = weights == null ? 1 : weights[i];
            used -= w == 0 ? 1 : 0;
            total += w;
            mean += w * y[i];
        }
        mean = intercept ? mean / total : 0;
        int parameters = p + (intercept ? 1 : 0);
        if (used < parameters || used == 0) {
            throw BadInputException.at(x.source())
                    .because(used + " rows are too few for " + parameters + " coefficients");
        }
        Standardized z = new Standardized(x, weights, intercept, "least squares");
        if (intercept) {
            z.refuseConstants("a regression with an intercept");
        }
        double[] b = new double[p];
        double[][] inverse = new double[p][p];
        if (p > 0) {
            solve(z, y, mean, weights, b, inverse);
        }
        return summarise(z, y, weights, b, inverse, mean, total, used - parameters);
    }

    /** Fills {@code b} and the inverse of Z'WZ. */
    private static void solve(Standardized z, double[] y, double mean, double[] weights, double[] b,
            double[][] inverse) {
        int n = z.rows;
        int p = b.length;
        DMatrixRMaj a = new DMatrixRMaj(n, p);
        double[] target = new double[n];
        for (int i = 0; i < n; i++) {
            double root = weights == null ? 1 : Math.sqrt(weights[i]);
            target[i] = root * (y[i] - mean);
            for (int j = 0; j < p; j++) {
                a.data[i * p + j] = root * z.columns[j][i];
            }
        }
        QRColPivDecompositionHouseholderColumn_DDRM qr = new QRColPivDecompositionHouseholderColumn_DDRM();
        qr.setSingularThreshold(1e-11);
        qr.decompose(a);
        int[] pivots = qr.getColPivots();
        DMatrixRMaj r = qr.getR(null, true);
        for (int j = 0; j < p; j++) {
            if (!(Math.abs(r.get(j, j)) > 1e-11 * Math.abs(r.get(0, 0)))) {
                throw z.dependent(pivots[j]);
            }
        }
        DMatrixRMaj q = qr.getQ(null, true);
        double[] qy = new double[p];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                qy[j] += q.data[i * p + j] * target[i];
            }
        }
        double[][] rInverse = new double[p][p];
        for (int column = 0; column < p; column++) {
            for (int i = column; i >= 0; i--) {
                double sum = i == column ? 1 : 0;
                for (int k = i + 1; k <= column; k++) {
                    sum -= r.get(i, k) * rInverse[k][column];
                }
                rInverse[i][column] = sum / r.get(i, i);
            }
        }
        for (int i = 0; i < p; i++) {
            for (int k = i; k < p; k++) {
                b[pivots[i]] += rInverse[i][k] * qy[k];
            }
            for (int j = 0; j < p; j++) {
                for (int k = Math.max(i, j); k < p; k++) {
                    inverse[pivots[i]][pivots[j]] += rInverse[i][k] * rInverse[j][k];
                }
            }
        }
    }

    private LeastSquaresFit summarise(Standardized z, double[] y, double[] weights, double[] b, double[][] inverse,
            double mean,
            double total, int freedom) {
        int p = b.length;
        double[] raw = z.unscale(b);
        double constant = mean;
        for (int j = 0; j < p; j++) {
            constant -= raw[j] * z.mean[j];
        }
        double residual = 0;
        double spread = 0;
        for (int i = 0; i < y.length; i++) {
            double fitted = mean;
            for (int j = 0; j < p; j++) {
                fitted += b[j] * z.columns[j][i];
            }
            double w = weights == null ? 1 : weights[i];
            residual += w * (y[i] - fitted) * (y[i] - fitted);
            spread += w * (y[i] - mean) * (y[i] - mean);
        }
        double variance = freedom > 0 ? residual / freedom : Double.NaN;
        double[] errors = new double[p];
        double[] at = new double[p];
        for (int j = 0; j < p; j++) {
            errors[j] = Math.sqrt(variance * inverse[j][j]) / z.scale[j];
            at[j] = z.mean[j] / z.scale[j];
        }
        double interceptVariance = 1 / total; // Var(b0) = s^2 (1/W + m' C m), m being the means.
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                interceptVariance += at[i] * inverse[i][j] * at[j];
            }
        }
        return new LeastSquaresFit(LinearPredictor.of(z.names, intercept ? constant : 0, raw), errors,
                intercept ? Math.sqrt(variance * interceptVariance) : 0, Math.sqrt(variance),
                spread > 0 ? 1 - residual / spread : Double.NaN,
                freedom);
    }
}
