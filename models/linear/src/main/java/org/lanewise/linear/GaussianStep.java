package org.lanewise.linear;

/** The fit for one alpha while a path is under way: coefficients of the standardised columns, and what the last check found. */
final class GaussianStep {
    final Penalty penalty;
    /** The columns whose coefficients are not 0, and those coefficients. */
    int[] column = {};
    double[] b = {};
    /** Weighted residual v o r, its sum, and |r|^2 under the weights. */
    double[] u;
    double sum;
    double squaredResidual;
    /** Slopes of all columns; accurate to a rounding of single precision for those far below their threshold. */
    float[] slopes;
    double gap = Double.POSITIVE_INFINITY;
    double kkt;
    double objective;
    double sweeps;
    /** The gap to reach over the working set. */
    double target;
    /** Columns that checks have to look at; null for all. */
    int[] survivors;
    /** Columns at 0 that want to move. */
    int[] wanted = {};

    GaussianStep(Penalty penalty) {
        this.penalty = penalty;
    }

    /** Takes the coefficients over from a solver. */
    void take(CoordinateDescent solver) {
        int count = 0;
        for (int i = 0; i < solver.size; i++) {
            count += solver.b[i] != 0 ? 1 : 0;
        }
        column = new int[count];
        b = new double[count];
        for (int i = 0, k = 0; i < solver.size; i++) {
            if (solver.b[i] != 0) {
                column[k] = solver.column[i];
                b[k++] = solver.b[i];
            }
        }
    }

    /**
     * Computes the residual anew, in double precision.
     *
     * @param target
     *            the residual without columns
     */
    void settle(ColumnStore x, Standardization z, double[] v, double[] target) {
        double[] r = target.clone();
        double shift = 0;
        for (int k = 0; k < column.length; k++) {
            int j = column[k];
            double factor = b[k] / z.scale[j];
            x.axpy(j, -factor, r);
            shift += factor * z.mean[j];
        }
        u = new double[r.length];
        sum = 0;
        squaredResidual = 0;
        for (int i = 0; i < r.length; i++) {
            u[i] = v[i] * (r[i] + shift);
            sum += u[i];
            squaredResidual += u[i] * (r[i] + shift);
        }
    }
}
