package org.lanewise.linear;

import java.util.Arrays;

/**
 * Cyclic block coordinate descent with covariance updates over a working set: the coefficients of one column for all tasks take their
 * best value given the rest, which shrinks the length of that row and keeps its direction. The Gram matrix serves all tasks.
 */
final class MultiTaskDescent {
    private final ColumnStore x;
    private final Standardization z;
    private final GramMatrix gram;
    int[] column = {};
    /** Coefficients and slopes of the standardised columns, by task, in the order of the working set. */
    final double[][] b;
    final double[][] q;
    private final double[] row;

    MultiTaskDescent(ColumnStore x, Standardization z, double[] v, int tasks) {
        this.x = x;
        this.z = z;
        gram = new DoubleGram(x, z, v);
        b = new double[tasks][0];
        q = new double[tasks][0];
        row = new double[tasks];
    }

    /** Adds columns, with coefficients 0; {@link #load} must follow. */
    void extend(int[] more) {
        int size = column.length;
        column = Arrays.copyOf(column, size + more.length);
        System.arraycopy(more, 0, column, size, more.length);
        for (int t = 0; t < b.length; t++) {
            b[t] = Arrays.copyOf(b[t], column.length);
            q[t] = new double[column.length];
        }
        gram.extend(more);
    }

    /** Takes slopes from the weighted residuals of the tasks, whose coefficients stay. */
    void load(double[][] u) {
        for (int t = 0; t < u.length; t++) {
            double sum = Dot.sum(u[t]);
            double[] residual = u[t];
            double[] slopes = q[t];
            Standardization.forColumns(column.length, i -> slopes[i] = z.dot(x, column[i], residual, sum));
        }
    }

    /** Sweeps until one gains at most {@code target}; returns the sweeps over the whole set. */
    int solve(Penalty penalty, double target, int mostSweeps) {
        for (int sweeps = 1;; sweeps++) {
            double gain = 0;
            for (int i = 0; i < column.length; i++) {
                gain += visit(penalty, i);
            }
            if (gain <= target) {
                return sweeps;
            }
            gain = Double.POSITIVE_INFINITY;
            for (int inner = 0; inner < 100 && gain > target; inner++) {
                gain = 0;
                for (int i = 0; i < column.length; i++) {
                    gain += active(i) ? visit(penalty, i) : 0;
                }
            }
            if (sweeps > mostSweeps) {
                throw new ConvergenceException("multi-task elastic net with l1 " + penalty.l1 + ": not settled after "
                        + mostSweeps + " sweeps over " + column.length
                        + " columns; allow more sweeps, a larger tolerance, or more ridge");
            }
        }
    }

    /** Whether the i-th column of the set is in the model. */
    boolean active(int i) {
        for (double[] task : b) {
            if (task[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns a lower bound of what the objective has lost. */
    private double visit(Penalty penalty, int i) {
        int j = column[i];
        double d = z.square[j];
        if (d == 0 || penalty.excludes(j)) {
            return 0;
        }
        double length = 0;
        for (int t = 0; t < row.length; t++) {
            row[t] = q[t][i] + d * b[t][i];
            length += row[t] * row[t];
        }
        length = Math.sqrt(length);
        double size = length - penalty.threshold(j);
        double factor = size > 0 ? size / length / (d + penalty.ridge(j)) : 0;
        double moved = 0;
        for (int t = 0; t < row.length; t++) {
            double step = factor * row[t] - b[t][i];
            if (step != 0) {
                b[t][i] += step;
                gram.subtract(i, step, q[t]);
                moved += step * step;
            }
        }
        return (d + penalty.ridge(j)) / 2 * moved;
    }
}
