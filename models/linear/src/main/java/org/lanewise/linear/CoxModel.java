package org.lanewise.linear;

import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.stats.Distributions;
import org.lanewise.tabular.stats.Normal;
import org.lanewise.tabular.survival.StepFunction;
import org.lanewise.tabular.survival.Survival;

/**
 * A fitted {@link CoxRegression}: h(t | x) = h0(t) exp((x - mean)'b), where h0 is the hazard at the means of the training rows.
 * Immutable and thread-safe.
 */
public final class CoxModel {
    private final LinearPredictor predictor;
    private final double[] means;
    private final double[][] covariance;
    private final double logLikelihood;
    private final double nullLogLikelihood;
    private final int steps;
    private final int[] strata;
    private final List<StepFunction> baselines;

    CoxModel(List<String> names, double[] coefficients, double[] means, double[][] covariance, double logLikelihood,
            double nullLogLikelihood, int steps, int[] strata, List<StepFunction> baselines) {
        double centre = 0;
        for (int j = 0; j < means.length; j++) {
            centre -= coefficients[j] * means[j];
        }
        this.predictor = LinearPredictor.of(names, centre, coefficients);
        this.means = means;
        this.covariance = covariance;
        this.logLikelihood = logLikelihood;
        this.nullLogLikelihood = nullLogLikelihood;
        this.steps = steps;
        this.strata = strata;
        this.baselines = List.copyOf(baselines);
    }

    /**
     * A model of one stratum made by hand, e.g. read from a file.
     *
     * @param means
     *            of the columns, where {@code baseline} holds
     * @param baseline
     *            cumulative hazard at the means
     */
    public static CoxModel of(List<String> names, double[] coefficients, double[] means, StepFunction baseline) {
        return new CoxModel(names, coefficients.clone(), means.clone(), unknownCovariance(means.length), Double.NaN,
                Double.NaN, 0,
                new int[] {0},
                List.of(baseline));
    }

    /**
     * The model with coefficients found elsewhere, for example by an {@link ElasticNet}, and baseline hazards from these data. Standard
     * errors are unknown.
     */
    public static CoxModel withCoefficients(DesignMatrix x, Survival outcome, SurvivalRows rows, Ties ties,
            double... coefficients) {
        Standardized z = new Standardized(x, Weights.onesIfNull(rows.weights(), x.rows()), true, "Cox regression");
        RiskSets sets = new RiskSets(outcome, rows);
        CoxLoss loss = new CoxLoss(sets, ties);
        double[] eta = new double[x.rows()];
        for (int j = 0; j < coefficients.length; j++) {
            Dot.addScaled(eta, coefficients[j] * z.scale[j], z.columns[j]);
        }
        return new CoxModel(x.names(), coefficients.clone(), z.mean, unknownCovariance(coefficients.length),
                -loss.evaluate(eta, null), -loss.evaluate(new double[x.rows()], null), 0, sets.label,
                loss.baselines(eta));
    }

    static double[][] unknownCovariance(int columns) {
        double[][] unknown = new double[columns][columns];
        for (double[] line : unknown) {
            Arrays.fill(line, Double.NaN);
        }
        return unknown;
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

    /** (x - mean)'b: 0 for the average row. */
    public LinearPredictor linearPredictor() {
        return predictor;
    }

    /** A copy. */
    public double[] means() {
        return means.clone();
    }

    /** Inverse of the information, a copy; NaN where it was not computed. */
    public double[][] covariance() {
        double[][] copy = new double[covariance.length][];
        Arrays.setAll(copy, i -> covariance[i].clone());
        return copy;
    }

    public double[] standardErrors() {
        double[] errors = new double[covariance.length];
        Arrays.setAll(errors, j -> Math.sqrt(covariance[j][j]));
        return errors;
    }

    /** Two-sided p of Wald's test, for each coefficient. */
    public double[] pValues() {
        double[] p = coefficients();
        double[] errors = standardErrors();
        Arrays.setAll(p, j -> Normal.twoSided(p[j] / errors[j]));
        return p;
    }

    /** Log partial likelihood at the fit, without penalty. */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Log partial likelihood with all coefficients 0. */
    public double nullLogLikelihood() {
        return nullLogLikelihood;
    }

    /** p of the likelihood ratio test against all coefficients 0. */
    public double likelihoodRatioPValue() {
        return Distributions.chiSquaredTail(2 * (logLikelihood - nullLogLikelihood), means.length);
    }

    /** Newton steps taken. */
    public int steps() {
        return steps;
    }

    /** The cumulative hazard at the means of the columns, of a model with one stratum. */
    public StepFunction baseline() {
        if (baselines.size() != 1) {
            throw new IllegalStateException("there are " + baselines.size() + " strata: say which");
        }
        return baselines.getFirst();
    }

    /** The cumulative hazard at the means of the columns, of one stratum. */
    public StepFunction baseline(int stratum) {
        for (int s = 0; s < strata.length; s++) {
            if (strata[s] == stratum) {
                return baselines.get(s);
            }
        }
        throw new IllegalArgumentException("stratum " + stratum + " was not in the training rows");
    }

    /** The probability of an event by {@code horizon}, 1 - exp(-H0(horizon) exp((x - mean)'b)), of a model with one stratum. */
    public double risk(double horizon, double... row) {
        return risk(baseline(), horizon, predictor.at(row));
    }

    /** As {@link #risk(double, double...)} for every row. */
    public double[] risks(DesignMatrix x, double horizon) {
        StepFunction hazard = baseline();
        double[] risks = predictor.of(x);
        Arrays.setAll(risks, i -> risk(hazard, horizon, risks[i]));
        return risks;
    }

    /** As {@link #risks(DesignMatrix, double)} with the stratum of every row. */
    public double[] risks(DesignMatrix x, double horizon, int[] stratum) {
        double[] risks = predictor.of(x);
        Arrays.setAll(risks, i -> risk(baseline(stratum[i]), horizon, risks[i]));
        return risks;
    }

    private static double risk(StepFunction hazard, double horizon, double eta) {
        return -Math.expm1(-hazard.at(horizon) * Math.exp(eta));
    }
}
