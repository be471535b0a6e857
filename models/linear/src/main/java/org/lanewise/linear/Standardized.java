package org.lanewise.linear;

import java.util.List;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;

/**
 * Predictors moved to weighted mean 0 and scaled to weighted mean square 1, column by column. Fits work on these, so that units
 * do not matter to their accuracy, and translate the answer back.
 */
final class Standardized {
    final List<String> names;
    final int rows;
    final double[][] columns;
    final double[] mean;
    /** 1 for a constant column. */
    final double[] scale;
    final boolean[] constant;
    private final String source;

    /**
     * @param weights
     *            not negative, or null for ones
     * @param centre
     *            whether to subtract the means; otherwise {@link #mean} is 0
     * @param method
     *            named when values are missing
     */
    Standardized(DesignMatrix x, double[] weights, boolean centre, String method) {
        x.requireFinite(method);
        source = x.source();
        names = x.names();
        rows = x.rows();
        columns = new double[x.columns()][];
        mean = new double[columns.length];
        scale = new double[columns.length];
        constant = new boolean[columns.length];
        double total = 0;
        for (int i = 0; i < rows; i++) {
            total += weights == null ? 1 : weights[i];
        }
        for (int j = 0; j < columns.length; j++) {
            double[] column = x.column(j);
            double largest = 0;
            for (int i = 0; i < rows; i++) {
                mean[j] += (weights == null ? 1 : weights[i]) / total * column[i];
                largest = Math.max(largest, Math.abs(column[i]));
            }
            mean[j] = centre ? mean[j] : 0;
            double square = 0;
            for (int i = 0; i < rows; i++) {
                column[i] -= mean[j];
                square += (weights == null ? 1 : weights[i]) / total * column[i] * column[i];
            }
            scale[j] = Math.sqrt(square);
            // What rounding leaves of a constant is no variation.
            constant[j] = !(scale[j] > 1e-13 * largest);
            if (constant[j]) {
                scale[j] = 1;
            }
            for (int i = 0; i < rows; i++) {
                column[i] = constant[j] && centre ? 0 : column[i] / scale[j];
            }
            columns[j] = column;
        }
    }

    void refuseConstants(String method) {
        for (int j = 0; j < columns.length; j++) {
            if (constant[j]) {
                throw BadInputException.at(source).column(names.get(j))
                        .because("constant, so " + method + " has no use for it");
            }
        }
    }

    BadInputException dependent(int column) {
        return BadInputException.at(source).column(names.get(column)).because("a linear combination of other columns");
    }

    /** Coefficients of the columns as they were given. */
    double[] unscale(double[] coefficients) {
        double[] raw = new double[coefficients.length];
        for (int j = 0; j < raw.length; j++) {
            raw[j] = coefficients[j] / scale[j];
        }
        return raw;
    }
}
