package org.lanewise.linear;

import org.lanewise.engine.WorkerPool;

/**
 * How the columns of a store are seen by a fit: z_j = (x_j - mean_j) / scale_j, without changing the store. The mean is 0 without an
 * intercept; the scale is the weighted standard deviation, or 1 if columns are not to be standardised.
 */
final class Standardization {
    /** Columns to a task. */
    private static final int CHUNK = 64;
    final double[] mean;
    final double[] scale;
    /** Weighted mean square of z_j; 0 for a column without variation, which takes no part. */
    final double[] square;

    /**
     * @param v
     *            weights that sum to 1
     */
    Standardization(ColumnStore x, double[] v, boolean centre, boolean standardize) {
        int p = x.columns();
        mean = new double[p];
        scale = new double[p];
        square = new double[p];
        forColumns(p, j -> {
            double[] moments = new double[2];
            x.moments(j, v, moments);
            double about0 = moments[1] + moments[0] * moments[0];
            // What rounding leaves of a constant is no variation.
            boolean constant = moments[1] <= 1e-24 * about0;
            mean[j] = centre ? moments[0] : 0;
            scale[j] = standardize && !constant ? Math.sqrt(moments[1]) : 1;
            square[j] = centre ? constant ? 0 : moments[1] / (scale[j] * scale[j]) : about0 / (scale[j] * scale[j]);
        });
    }

    /** Runs the body for each column, in parallel. */
    static void forColumns(int p, java.util.function.IntConsumer body) {
        WorkerPool.current().forEach((p + CHUNK - 1) / CHUNK, task -> {
            for (int j = task * CHUNK; j < Math.min(p, (task + 1) * CHUNK); j++) {
                body.accept(j);
            }
        });
    }

    /**
     * z_j'u.
     *
     * @param sum
     *            of u
     */
    double dot(ColumnStore x, int j, double[] u, double sum) {
        return square[j] == 0 ? 0 : (x.dot(j, u) - mean[j] * sum) / scale[j];
    }
}
