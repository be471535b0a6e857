package org.lanewise.linear;

import org.lanewise.tabular.stats.Distributions;

/** What {@link LeastSquares} found. Immutable. */
public final class LeastSquaresFit {
    private final LinearPredictor predictor;
    private final double[] standardErrors;
    private final double interceptStandardError;
    private final double residualSd;
    private final double r2;
    private final int degreesOfFreedom;

    LeastSquaresFit(LinearPredictor predictor, double[] standardErrors, double interceptStandardError,
            double residualSd, double r2,
            int degreesOfFreedom) {
        this.predictor = predictor;
        this.standardErrors = standardErrors;
        this.interceptStandardError = interceptStandardError;
        this.residualSd = residualSd;
        this.r2 = r2;
        this.degreesOfFreedom = degreesOfFreedom;
    }

    public LinearPredictor predictor() {
        return predictor;
    }

    /** A copy, one per coefficient; NaN without degrees of freedom. */
    public double[] standardErrors() {
        return standardErrors.clone();
    }

    /** 0 without an intercept. */
    public double interceptStandardError() {
        return interceptStandardError;
    }

    /** sqrt(sum of weighted squared residuals / degrees of freedom). */
    public double residualSd() {
        return residualSd;
    }

    /** The share of the target's weighted variation about its mean (about 0 without an intercept) that is explained. */
    public double r2() {
        return r2;
    }

    /** Rows of weight above 0 less fitted coefficients. */
    public int degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /** Two-sided p of Student's t, for each coefficient. */
    public double[] pValues() {
        double[] p = predictor.coefficients();
        for (int j = 0; j < p.length; j++) {
            p[j] = Distributions.studentTwoSided(p[j] / standardErrors[j], degreesOfFreedom);
        }
        return p;
    }
}
