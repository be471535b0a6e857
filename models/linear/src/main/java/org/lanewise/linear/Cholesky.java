package org.lanewise.linear;

/** L with L L' = A for a symmetric positive definite A; small systems, double precision. */
final class Cholesky {
    private static final double SINGULAR = 1e-11;
    private final double[][] l;

    private Cholesky(double[][] l) {
        this.l = l;
    }

    /** Signals the first row that depends on those before it. */
    static final class SingularException extends RuntimeException {
        final int row;

        SingularException(int row) {
            super("row " + row + " depends on those before it", null, false, false);
            this.row = row;
        }
    }

    /** Reads the lower triangle of {@code a}, which is not modified. */
    static Cholesky of(double[][] a) {
        int n = a.length;
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i != j) {
                    l[i][j] = sum / l[j][j];
                } else if (sum > SINGULAR * a[i][i]) {
                    l[i][i] = Math.sqrt(sum);
                } else {
                    throw new SingularException(i);
                }
            }
        }
        return new Cholesky(l);
    }

    double[] solve(double[] b) {
        int n = l.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= l[i][k] * x[k];
            }
            x[i] /= l[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= l[k][i] * x[k];
            }
            x[i] /= l[i][i];
        }
        return x;
    }

    double[][] inverse() {
        double[][] inverse = new double[l.length][];
        for (int i = 0; i < l.length; i++) {
            double[] unit = new double[l.length];
            unit[i] = 1;
            inverse[i] = solve(unit);
        }
        return inverse;
    }
}
