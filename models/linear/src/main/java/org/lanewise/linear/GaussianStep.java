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
}
