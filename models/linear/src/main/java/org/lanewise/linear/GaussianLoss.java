package org.lanewise.linear;

/** 1/(2W) sum_i w_i (y_i - z_i'b)^2 for centred y and columns, W the sum of the weights. */
final class GaussianLoss implements SmoothLoss {
    /** Up to this many columns, and never more than rows, the Gram matrix is worth its making. */
    private static final int MOST_GRAM = 2000;
    private final double[][] columns;
    private final double[] y;
    private final double[] weight;
    private final double total;
    private final double[][] gram;
    private final double[] moment;
    private final double square;

    GaussianLoss(double[][] columns, double[] y, double[] weight) {
        this.columns = columns;
        this.y = y;
        this.weight = weight;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < y.length; i++) {
            sum += weight[i];
            squares += weight[i] * y[i] * y[i];
        }
        total = sum;
        square = squares / sum;
        int p = columns.length;
        gram = p <= Math.min(MOST_GRAM, y.length) ? new double[p][p] : null;
        moment = new double[p];
        for (int j = 0; gram != null && j < p; j++) {
            double[] weighted = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                weighted[i] = weight[i] * columns[j][i] / total;
            }
            moment[j] = Dot.of(weighted, y);
            for (int k = 0; k <= j; k++) {
                gram[j][k] = Dot.of(weighted, columns[k]);
                gram[k][j] = gram[j][k];
            }
        }
    }

    @Override
    public int columns() {
        return columns.length;
    }

    @Override
    public double curvature() {
        return SmoothLoss.largestEigenvalue(columns, weight, y.length);
    }

    @Override
    public boolean curvatureHolds() {
        return true;
    }

    @Override
    public double evaluate(double[] b, double[] gradient) {
        return gram == null ? direct(b, gradient) : byGram(b, gradient);
    }

    private double byGram(double[] b, double[] gradient) {
        double value = square / 2;
        for (int j = 0; j < b.length; j++) {
            double product = Dot.of(gram[j], b);
            if (gradient != null) {
                gradient[j] = product - moment[j];
            }
            value += b[j] * (product / 2 - moment[j]);
        }
        return value;
    }

    private double direct(double[] b, double[] gradient) {
        double[] residual = new double[y.length];
        for (int j = 0; j < b.length; j++) {
            if (b[j] != 0) {
                Dot.addScaled(residual, b[j], columns[j]);
            }
        }
        double value = 0;
        for (int i = 0; i < y.length; i++) {
            double error = residual[i] - y[i];
            value += weight[i] * error * error;
            residual[i] = weight[i] * error / total;
        }
        for (int j = 0; gradient != null && j < b.length; j++) {
            gradient[j] = Dot.of(columns[j], residual);
        }
        return value / (2 * total);
    }
}
