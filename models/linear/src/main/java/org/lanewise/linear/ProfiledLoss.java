package org.lanewise.linear;

/**
 * A loss as a function of the coefficients of standardised columns alone: the intercept takes its best value each time, whose slope is 0, so
 * the other slopes are those of the whole.
 */
final class ProfiledLoss implements SmoothLoss {
    private final double[][] columns;
    private final GlmLoss loss;
    private final double[] v;
    private final double[] offset;
    private final boolean intercept;
    private final Family family;
    private final double[][] eta;
    private final double[][] u;
    private final double[][] h;
    /** The intercept of the last evaluation. */
    double b0;

    ProfiledLoss(double[][] columns, GlmLoss loss, Family family, double[] v, double[] offset, boolean intercept) {
        this.columns = columns;
        this.loss = loss;
        this.family = family;
        this.v = v;
        this.offset = offset;
        this.intercept = intercept;
        eta = new double[1][v.length];
        u = new double[1][v.length];
        h = new double[1][v.length];
    }

    @Override
    public int columns() {
        return columns.length;
    }

    /** Of a squared or Huber loss 1 times the largest eigenvalue, of a logistic one a quarter; others start there and rise. */
    @Override
    public double curvature() {
        return SmoothLoss.largestEigenvalue(columns, v, v.length) * (quadratic() ? 1 : 0.25);
    }

    private boolean quadratic() {
        return family instanceof Family.Gaussian || family instanceof Family.Huber;
    }

    @Override
    public boolean curvatureHolds() {
        return quadratic() || family instanceof Family.Binomial;
    }

    @Override
    public double evaluate(double[] b, double[] gradient) {
        System.arraycopy(offset, 0, eta[0], 0, offset.length);
        for (int j = 0; j < columns.length; j++) {
            if (b[j] != 0) {
                Dot.addScaled(eta[0], b[j], columns[j]);
            }
        }
        b0 = intercept ? loss.interceptStep(eta) : 0;
        for (int i = 0; i < offset.length; i++) {
            eta[0][i] += b0;
        }
        double value = loss.evaluate(eta, gradient == null ? null : u, h);
        for (int j = 0; gradient != null && j < columns.length; j++) {
            gradient[j] = -Dot.of(columns[j], u[0]);
        }
        return value;
    }
}
