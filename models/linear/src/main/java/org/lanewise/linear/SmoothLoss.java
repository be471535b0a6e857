package org.lanewise.linear;

/** The smooth part of an objective over coefficients of standardised columns. */
interface SmoothLoss {
    int columns();

    /** The value at {@code b}; overwrites {@code gradient} unless that is null. */
    double evaluate(double[] b, double[] gradient);

    /** A guess at the largest curvature; 0 if there is none at all. */
    double curvature();

    /** Whether {@link #curvature} is a bound for all b. */
    boolean curvatureHolds();

    /** The largest eigenvalue of Z'WZ / sum of weights, by power iteration from a fixed start. */
    static double largestEigenvalue(double[][] columns, double[] weight, int rows) {
        double total = 0;
        for (int i = 0; i < rows; i++) {
            total += weight[i];
        }
        double[] v = new double[columns.length];
        for (int j = 0; j < v.length; j++) {
            v[j] = 1 + 0.1 * Math.sin(1 + j); // Not orthogonal to anything likely.
        }
        double value = 0;
        for (int round = 0; round < 100; round++) {
            double norm = 0;
            for (double x : v) {
                norm += x * x;
            }
            norm = Math.sqrt(norm);
            if (norm == 0) {
                return 0;
            }
            double[] product = new double[rows];
            for (int j = 0; j < v.length; j++) {
                v[j] /= norm;
                Dot.addScaled(product, v[j], columns[j]);
            }
            for (int i = 0; i < rows; i++) {
                product[i] *= weight[i];
            }
            double last = value;
            value = 0;
            for (int j = 0; j < v.length; j++) {
                double sum = Dot.of(columns[j], product);
                value += v[j] * sum / total;
                v[j] = sum / total;
            }
            if (Math.abs(value - last) <= 1e-6 * value) {
                break;
            }
        }
        return value;
    }
}
