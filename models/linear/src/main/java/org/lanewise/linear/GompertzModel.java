package org.lanewise.linear;

import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.DesignMatrix;

/**
 * A fitted {@link GompertzRegression}: h(t | x) = rate exp(shape t) exp((x - mean)'beta). Immutable and thread-safe.
 */
public final class GompertzModel {
    private final LinearPredictor predictor;
    private final double rate;
    private final double shape;
    private final double[][] covariance;
    private final double logLikelihood;
    private final int steps;

    GompertzModel(List<String> names, double[] coefficients, double[] means, double rate, double shape,
            double[][] covariance,
            double logLikelihood, int steps) {
        double centre = 0;
        for (int j = 0; j < means.length; j++) {
            centre -= coefficients[j] * means[j];
        }
        this.predictor = LinearPredictor.of(names, centre, coefficients);
        this.rate = rate;
        this.shape = shape;
        this.covariance = covariance;
        this.logLikelihood = logLikelihood;
        this.steps = steps;
    }

    /**
     * A model made by hand, e.g. from published numbers.
     *
     * @param rate
     *            the hazard at time 0 where {@code predictor} is 0
     */
    public static GompertzModel of(LinearPredictor predictor, double rate, double shape) {
        if (!(rate > 0) || !Double.isFinite(shape)) {
            throw new IllegalArgumentException("rate " + rate + ", shape " + shape);
        }
        int p = predictor.names().size();
        double[][] unknown = new double[p + 2][p + 2];
        for (double[] line : unknown) {
            Arrays.fill(line, Double.NaN);
        }
        double[] means = new double[p];
        return new GompertzModel(predictor.names(), predictor.coefficients(), means,
                rate * Math.exp(predictor.intercept()), shape,
                unknown, Double.NaN, 0);
    }

    public List<String> names() {
        return predictor.names();
    }

    /** Log hazard ratios, a copy in the order of {@link #names}. */
    public double[] coefficients() {
        return predictor.coefficients();
    }

    public double coefficient(String name) {
        return predictor.coefficient(name);
    }

    /** (x - mean)'beta: 0 for the average row. */
    public LinearPredictor linearPredictor() {
        return predictor;
    }

    /** The hazard at time 0 where {@link #linearPredictor} is 0. */
    public double rate() {
        return rate;
    }

    /** b: what the log hazard gains per unit of time. */
    public double shape() {
        return shape;
    }

    public double shapeStandardError() {
        return Math.sqrt(covariance[1][1]);
    }

    /** One per coefficient. */
    public double[] standardErrors() {
        double[] errors = coefficients();
        Arrays.setAll(errors, j -> Math.sqrt(covariance[j + 2][j + 2]));
        return errors;
    }

    /** Without penalty. */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Newton steps taken. */
    public int steps() {
        return steps;
    }

    public double hazard(double t, double... row) {
        return rate * Math.exp(shape * t + predictor.at(row));
    }

    /** H(t | x) = rate exp((x - mean)'beta) (exp(shape t) - 1) / shape. */
    public double cumulativeHazard(double t, double... row) {
        return cumulative(t, predictor.at(row));
    }

    private double cumulative(double t, double eta) {
        return rate * Math.exp(eta) * GompertzLikelihood.moment(0, t, shape);
    }

    /** The probability of an event by {@code horizon}. */
    public double risk(double horizon, double... row) {
        return -Math.expm1(-cumulative(horizon, predictor.at(row)));
    }

    /** As {@link #risk(double, double...)} for every row. */
    public double[] risks(DesignMatrix x, double horizon) {
        double[] risks = predictor.of(x);
        Arrays.setAll(risks, i -> -Math.expm1(-cumulative(horizon, risks[i])));
        return risks;
    }

    /** The time by which half have had the event; infinite if a falling hazard never brings it. */
    public double median(double... row) {
        double reach = Math.log(2) / (rate * Math.exp(predictor.at(row)));
        return shape == 0
                ? reach
                : 1 + shape * reach <= 0 ? Double.POSITIVE_INFINITY : Math.log1p(shape * reach) / shape;
    }
}
