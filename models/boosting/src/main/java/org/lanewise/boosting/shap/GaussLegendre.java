package org.lanewise.boosting.shap;

/**
 * Nodes and weights on [0, 1] that integrate polynomials up to degree 2 m - 1 exactly: roots of the Legendre polynomial by
 * Newton's method (Golub and Welsch give the same; for the few nodes used here this is as exact).
 *
 * @param node   rising
 * @param weight of each
 */
record GaussLegendre(double[] node, double[] weight) {

    static GaussLegendre of(int m) {
        double[] node = new double[m];
        double[] weight = new double[m];
        for (int i = 0; i < m; i++) {
            double x = -StrictMath.cos(StrictMath.PI * (i + 0.75) / (m + 0.5));
            double slope = 0;
            for (int step = 0; step < 50; step++) {
                double before = 1;
                double p = x;
                for (int n = 2; n <= m; n++) {
                    double next = ((2 * n - 1) * x * p - (n - 1) * before) / n;
                    before = p;
                    p = next;
                }
                slope = m == 1 ? 1 : m * (x * p - before) / (x * x - 1);
                double change = p / slope;
                x -= change;
                if (Math.abs(change) < 1e-16) break;
            }
            node[i] = (x + 1) / 2;
            weight[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(node, weight);
    }
}
