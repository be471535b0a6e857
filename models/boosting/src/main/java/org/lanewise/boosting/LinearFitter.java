package org.lanewise.boosting;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.engine.WorkerPool;

/** Gives the leaves of a grown tree linear functions, see {@link LinearLeaves}. */
final class LinearFitter {
    /** Coefficients below do not count, as in LightGBM. */
    private static final double ZERO = 1e-35f;
    /** What elimination leaves of a diagonal entry, if no more than this share: the columns depend on each other. */
    private static final double SINGULAR = 1e-12;

    /** A linear function. */
    record Function(int[] features, double[] coefficients, double constant) {}

    private final double lambda;
    private final double[][] values;

    /** @throws IllegalArgumentException if the table has no values, or the objective sets leaves in its own way */
    LinearFitter(LinearLeaves params, Objective.Bound objective, BinnedTable table) {
        lambda = params.lambda();
        values = table.values();
        if (objective.renewsLeaves())
            throw new IllegalArgumentException("linear leaves are for objectives that gradients and hessians describe");
    }

    /** Sets the functions of {@code tree}, {@code null} where a leaf stays constant. */
    void fit(GrownTree tree, RowPartition partition, Gradients gradients, double rate) {
        int[][] paths = tree.numericPaths();
        Function[] functions = new Function[paths.length];
        WorkerPool.current().forEach(paths.length, l -> {
            Leaf leaf = tree.leaves.get(l);
            if (paths[l].length > 0) functions[l] = fit(leaf, paths[l], partition.rows(leaf), gradients, rate);
        });
        tree.functions = functions;
    }

    private Function fit(Leaf leaf, int[] features, long[] rows, Gradients gradients, double rate) {
        int d = features.length;
        double[][] xhx = new double[d + 1][d + 1];
        double[] xg = new double[d + 1];
        double[] x = new double[d + 1];
        x[d] = 1;
        int used = 0;
        for (int i = leaf.begin; i < leaf.begin + leaf.count; i++) {
            int row = (int) rows[i];
            if (!read(features, row, x)) continue;
            used++;
            double g = gradients.gradient[gradients.offset + row];
            double h = gradients.constantHessian ? 1 : Math.max(0, gradients.hessian[gradients.offset + row]);
            for (int a = 0; a <= d; a++) {
                xg[a] += x[a] * g;
                double xh = x[a] * h;
                for (int b = 0; b <= a; b++) xhx[a][b] += xh * x[b];
            }
        }
        if (used < d + 1) return null;
        for (int a = 0; a < d; a++) xhx[a][a] += lambda;
        if (!solve(xhx, xg)) return null;
        int[] kept = IntStream.range(0, d).filter(a -> Math.abs(xg[a]) > ZERO).toArray();
        return new Function(Arrays.stream(kept).map(a -> features[a]).toArray(),
                Arrays.stream(kept).mapToDouble(a -> -rate * xg[a]).toArray(), -rate * xg[d]);
    }

    private boolean read(int[] features, int row, double[] x) {
        for (int a = 0; a < features.length; a++) {
            x[a] = values[features[a]][row];
            if (!Double.isFinite(x[a])) return false;
        }
        return true;
    }

    /**
     * Solves a symmetric system by Cholesky's factors.
     *
     * @param a its lower triangle; modified
     * @param b modified: the solution
     * @return whether the matrix is positive definite
     */
    static boolean solve(double[][] a, double[] b) {
        int n = b.length;
        for (int j = 0; j < n; j++) {
            double pivot = a[j][j];
            for (int k = 0; k < j; k++) pivot -= a[j][k] * a[j][k];
            if (!(pivot > SINGULAR * a[j][j])) return false;
            a[j][j] = Math.sqrt(pivot);
            for (int i = j + 1; i < n; i++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) sum -= a[i][k] * a[j][k];
                a[i][j] = sum / a[j][j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) b[i] -= a[i][k] * b[k];
            b[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) b[i] -= a[k][i] * b[k];
            b[i] /= a[i][i];
        }
        return true;
    }
}
