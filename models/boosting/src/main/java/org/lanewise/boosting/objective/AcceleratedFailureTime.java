package org.lanewise.boosting.objective;

import java.util.Locale;
import org.lanewise.engine.DoubleMath;
import org.lanewise.tabular.stats.Normal;

/**
 * log T = f + scale Z: minus the log-likelihood of times known exactly, to be above a bound, or to lie in an interval. With
 * z = (log t - f) / scale an event has loss -log(pdf(z) / (scale t)), an interval -log(cdf(z_upper) - cdf(z_lower)). Gradients
 * are held within +-15 and hessians between 1e-16 and 15, as XGBoost does. Predictions are times exp(f).
 *
 * @param law   of Z
 * @param scale its scale
 */
record AcceleratedFailureTime(Law law, double scale) implements Objective {
    private static final double MOST = 15;
    private static final double LEAST_HESSIAN = 1e-16;
    private static final double TINY = 1e-12;

    /** Distributions of the error. */
    enum Law {
        NORMAL {
            @Override
            double pdf(double z) {
                return 0.3989422804014327 * DoubleMath.expClamped(-z * z / 2);
            }

            @Override
            double cdf(double z) {
                return Normal.cdf(z);
            }

            @Override
            double slope(double z) {
                return -z;
            }

            @Override
            double curvature(double z) {
                return z * z - 1;
            }
        },
        LOGISTIC {
            @Override
            double pdf(double z) {
                return DoubleMath.sigmoid(z) * DoubleMath.sigmoid(-z);
            }

            @Override
            double cdf(double z) {
                return DoubleMath.sigmoid(z);
            }

            @Override
            double slope(double z) {
                return 1 - 2 * DoubleMath.sigmoid(z);
            }

            @Override
            double curvature(double z) {
                double p = DoubleMath.sigmoid(z);
                return 1 - 6 * p + 6 * p * p;
            }
        },
        EXTREME {
            @Override
            double pdf(double z) {
                double w = DoubleMath.expClamped(z);
                return w * DoubleMath.expClamped(-w);
            }

            @Override
            double cdf(double z) {
                return 1 - DoubleMath.expClamped(-DoubleMath.expClamped(z));
            }

            @Override
            double slope(double z) {
                return 1 - DoubleMath.expClamped(z);
            }

            @Override
            double curvature(double z) {
                double w = DoubleMath.expClamped(z);
                return 1 - 3 * w + w * w;
            }
        };

        abstract double pdf(double z);

        abstract double cdf(double z);

        /** pdf' / pdf. */
        abstract double slope(double z);

        /** pdf'' / pdf. */
        abstract double curvature(double z);
    }

    static Law law(String name) {
        for (Law law : Law.values()) {
            if (law.name().equalsIgnoreCase(name)) return law;
        }
        throw new IllegalArgumentException("no distribution '" + name + "'; there are normal, logistic, extreme");
    }

    AcceleratedFailureTime {
        if (!(scale > 0)) throw new IllegalArgumentException("the scale must be positive: " + scale);
    }

    @Override
    public String name() {
        return "aft distribution:" + law.name().toLowerCase(Locale.ROOT) + " scale:" + Numbers.shortest(scale);
    }

    @Override
    public Link link() {
        return Link.EXP;
    }

    @Override
    public Bound bind(Target target) {
        Labels.positiveUpper(target, "aft");
        double[] upper = new double[target.rows()];
        for (int i = 0; i < upper.length; i++) upper[i] = StrictMath.log(target.upper(i));
        double[] lower = new double[target.rows()];
        for (int i = 0; i < lower.length; i++) lower[i] = StrictMath.log(target.label(i));
        return new Pointwise(target) {
            @Override
            void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                double[] both = new double[2];
                for (int i = from; i < from + count; i++) {
                    differentiate(lower[i], upper[i], score[i], both);
                    gradient[i] = (float) (weight(i) * both[0]);
                    hessian[i] = (float) (weight(i) * both[1]);
                }
            }

            /** The mean log of the times known to be reached. */
            @Override
            public double[] initialScore() {
                double sum = 0;
                double total = 0;
                for (int i = 0; i < lower.length; i++) {
                    double log = lower[i] > Double.NEGATIVE_INFINITY ? lower[i] : upper[i];
                    sum += weight(i) * log;
                    total += weight(i);
                }
                return new double[] {sum / total};
            }
        };
    }

    /** Writes first and second derivative in f. */
    private void differentiate(double logLower, double logUpper, double f, double[] out) {
        double zl = (logLower - f) / scale;
        double zu = (logUpper - f) / scale;
        double g;
        double h;
        if (logLower == logUpper) {
            g = law.slope(zl) / scale;
            h = (law.slope(zl) * law.slope(zl) - law.curvature(zl)) / (scale * scale);
        } else {
            boolean open = logUpper == Double.POSITIVE_INFINITY;
            boolean fromZero = logLower == Double.NEGATIVE_INFINITY;
            double mass = (open ? 1 : law.cdf(zu)) - (fromZero ? 0 : law.cdf(zl));
            double pdfU = open ? 0 : law.pdf(zu);
            double pdfL = fromZero ? 0 : law.pdf(zl);
            if (mass < TINY) { // far outside the interval: as steep as is allowed, towards it
                g = zl > 0 ? -MOST : MOST;
                h = 1;
            } else {
                double ratio = (pdfU - pdfL) / mass;
                double slope = ((open ? 0 : pdfU * law.slope(zu)) - (fromZero ? 0 : pdfL * law.slope(zl))) / mass;
                g = ratio / scale;
                h = (ratio * ratio - slope) / (scale * scale);
            }
        }
        out[0] = Math.max(-MOST, Math.min(MOST, g));
        out[1] = Math.max(LEAST_HESSIAN, Math.min(MOST, h));
    }

    /** Minus the log-likelihood of a row's time, held at 27.6 as the likelihood is at 1e-12. */
    private double loss(double lower, double upper, double prediction) {
        double f = StrictMath.log(Math.max(prediction, Double.MIN_NORMAL));
        double zl = (StrictMath.log(lower) - f) / scale;
        double likelihood;
        if (lower == upper) {
            likelihood = law.pdf(zl) / (scale * lower);
        } else {
            double zu = (StrictMath.log(upper) - f) / scale;
            likelihood = (upper == Double.POSITIVE_INFINITY ? 1 : law.cdf(zu)) - (lower == 0 ? 0 : law.cdf(zl));
        }
        return -StrictMath.log(Math.max(likelihood, TINY));
    }

    /** The mean loss of predicted times. */
    Metric likelihood() {
        return new Metric() {
            @Override
            public String name() {
                return "aft_nloglik";
            }

            @Override
            public boolean higherIsBetter() {
                return false;
            }

            @Override
            public double of(double[] prediction, Target target) {
                double sum = 0;
                double total = 0;
                for (int i = 0; i < target.rows(); i++) {
                    sum += target.weight(i) * loss(target.label(i), target.upper(i), prediction[i]);
                    total += target.weight(i);
                }
                return sum / total;
            }
        };
    }
}
