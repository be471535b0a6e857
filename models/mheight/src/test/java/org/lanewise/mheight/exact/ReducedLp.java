package org.lanewise.mheight.exact;

/**
 * The m-height by linear programs, for tests: for each m-set S of columns with complement T and each j in S, maximise
 * {@code g_j u} subject to {@code |g_t u| <= 1} for t in T. Dense simplex with Bland's rule; the origin is feasible.
 */
final class ReducedLp {
    private static final double TINY = 1e-9;

    private ReducedLp() {}

    static double height(CodeShape shape, double[] p, int m) {
        int n = shape.n();
        double[][] columns = columns(shape, p);
        double best = 0;
        for (int s = 0; s < 1 << n; s++) {
            if (Integer.bitCount(s) != m) continue;
            for (int j = 0; j < n; j++)
                if ((s >> j & 1) != 0) best = Math.max(best, maximum(shape.k(), columns, j, ~s & (1 << n) - 1));
        }
        return best;
    }

    private static double[][] columns(CodeShape shape, double[] p) {
        double[][] columns = new double[shape.n()][shape.k()];
        for (int i = 0; i < shape.k(); i++) {
            columns[i][i] = 1;
            for (int c = 0; c < shape.parity(); c++) columns[shape.k() + c][i] = p[i * shape.parity() + c];
        }
        return columns;
    }

    /** Variables u+ and u-, then a slack for each of the 2 |T| rows; row 0 is the objective. */
    private static double maximum(int k, double[][] columns, int j, int t) {
        int constraints = 2 * Integer.bitCount(t);
        int width = 2 * k + constraints + 1;
        double[][] a = new double[constraints + 1][width];
        int row = 1;
        for (int c = 0; c < columns.length; c++) {
            if ((t >> c & 1) == 0) continue;
            for (int sign = 1; sign >= -1; sign -= 2, row++) {
                for (int i = 0; i < k; i++) {
                    a[row][i] = sign * columns[c][i];
                    a[row][k + i] = -a[row][i];
                }
                a[row][2 * k + row - 1] = 1;
                a[row][width - 1] = 1;
            }
        }
        for (int i = 0; i < k; i++) {
            a[0][i] = -columns[j][i];
            a[0][k + i] = columns[j][i];
        }
        int[] basis = new int[constraints + 1];
        for (int r = 1; r <= constraints; r++) basis[r] = 2 * k + r - 1;
        while (true) {
            int enter = 0;
            while (enter < width - 1 && a[0][enter] > -TINY) enter++;
            if (enter == width - 1) return a[0][width - 1];
            int leave = 0;
            for (int r = 1; r <= constraints; r++) {
                if (a[r][enter] <= TINY) continue;
                if (leave == 0) {
                    leave = r;
                    continue;
                }
                double difference = a[r][width - 1] / a[r][enter] - a[leave][width - 1] / a[leave][enter];
                if (difference < -1e-12 || difference < 1e-12 && basis[r] < basis[leave]) leave = r;
            }
            if (leave == 0) return Double.POSITIVE_INFINITY;
            pivot(a, leave, enter);
            basis[leave] = enter;
        }
    }

    private static void pivot(double[][] a, int row, int column) {
        double by = a[row][column];
        for (int c = 0; c < a[row].length; c++) a[row][c] /= by;
        for (int r = 0; r < a.length; r++) {
            double factor = a[r][column];
            if (r == row || factor == 0) continue;
            for (int c = 0; c < a[r].length; c++) a[r][c] -= factor * a[row][c];
        }
    }
}
