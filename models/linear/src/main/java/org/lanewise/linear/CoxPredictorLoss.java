package org.lanewise.linear;

import java.util.Arrays;

/** {@link CoxLoss} divided by the sum of the weights, as a function of the coefficients. */
final class CoxPredictorLoss implements SmoothLoss {
    private final double[][] columns;
    private final CoxLoss loss;
    private final double[] weight;
    private final double total;
    private final double[] eta;
    private final double[] slope;

    CoxPredictorLoss(double[][] columns, CoxLoss loss, double[] weight) {
        this.columns = columns;
        this.loss = loss;
        this.weight = weight;
        total = Arrays.stream(weight).sum();
        eta = new double[weight.length];
        slope = new double[weight.length];
    }

    /** The linear predictor, in an array that the next call overwrites. */
    double[] eta(double[] b) {
        Arrays.fill(eta, 0);
        for (int j = 0; j < columns.length; j++) {
            if (b[j] != 0) {
                Dot.addScaled(eta, b[j], columns[j]);
            }
        }
        return eta;
    }

    @Override
    public int columns() {
        return columns.length;
    }

    /** The curvature of each log is at most a quarter of a squared range; this starts lower and lets the solver raise it. */
    @Override
    public double curvature() {
        return SmoothLoss.largestEigenvalue(columns, weight, eta.length) / 4;
    }

    @Override
    public boolean curvatureHolds() {
        return false;
    }

    @Override
    public double evaluate(double[] b, double[] gradient) {
        double value = loss.evaluate(eta(b), gradient == null ? null : slope);
        for (int j = 0; gradient != null && j < columns.length; j++) {
            gradient[j] = Dot.of(columns[j], slope) / total;
        }
        return value / total;
    }
}
