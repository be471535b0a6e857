package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.DoubleMath;
import org.lanewise.tabular.BadInputException;

/**
 * A convex loss of the linear predictors: the weighted mean over the rows, less the least value it could have for these targets, so
 * never negative. Twice this is the mean deviance.
 */
abstract class GlmLoss {
    /** Second derivatives are kept above this share of the weight. */
    static final double FLATTEST = 1e-10;
    /** Of Newton's method for an intercept: how often, how far at a time, and until when. */
    static final int MOST_INTERCEPT_STEPS = 200;
    static final double LONGEST_STEP = 2;
    static final double LEAST_STEP = 1e-15;

    /**
     * @param eta
     *            by output, then row
     * @param u
     *            overwritten by minus the derivative by each eta; may be null
     * @param h
     *            overwritten by the second derivative by each eta alone, or a bound of it from above; may be null with u
     */
    abstract double evaluate(double[][] eta, double[][] u, double[][] h);

    /** How many linear predictors a row has. */
    int outputs() {
        return 1;
    }

    /** Whether the model has an intercept if one is asked for. */
    boolean allowsIntercept() {
        return true;
    }

    static GlmLoss of(Family family, Response response) {
        return switch (family) {
            case Family.Gaussian _ -> throw new IllegalArgumentException("gaussian has its own solver");
            case Family.Binomial _ -> new Binomial(response);
            case Family.Poisson _ -> new Poisson(response);
            case Family.Cox cox -> new Cox(response, cox.ties());
            case Family.Huber huber -> new Huber(response, huber.delta());
            case Family.Multinomial multinomial -> new MultinomialLoss(response, multinomial.classes());
        };
    }

    /** x log x, 0 at 0. */
    private static double xlogx(double x) {
        return x == 0 ? 0 : x * StrictMath.log(x);
    }

    /** log(1 + e) for 0 <= e <= 1, to a relative rounding (Kahan). */
    private static double log1p(double e) {
        double u = 1 + e;
        return u == 1 ? e : DoubleMath.log(u) * e / (u - 1);
    }

    private static void refuse(Response response, double lowest, double highest, String family) {
        double[] y = response.y();
        for (int i = 0; i < y.length; i++) {
            if (!(y[i] >= lowest && y[i] <= highest)) {
                throw BadInputException.at("").row(i + 1L).value(Double.toString(y[i])).because("a " + family
                        + " target must lie between " + lowest + " and " + highest);
            }
        }
    }

    private static final class Binomial extends GlmLoss {
        private final double[] y;
        private final double[] v;
        private final double saturated;

        Binomial(Response response) {
            refuse(response, 0, 1, "binomial");
            y = response.y();
            v = response.shares();
            double least = 0;
            double mean = 0;
            for (int i = 0; i < y.length; i++) {
                least -= v[i] * (xlogx(y[i]) + xlogx(1 - y[i]));
                mean += v[i] * y[i];
            }
            if (!(mean > 0 && mean < 1)) {
                throw new BadInputException("the target is " + y[0] + " in every row; two classes are needed");
            }
            saturated = least;
        }

        @Override
        double evaluate(double[][] etas, double[][] u, double[][] h) {
            double[] eta = etas[0];
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double e = DoubleMath.expClamped(-Math.abs(eta[i]));
                sum += v[i] * (Math.max(eta[i], 0) - y[i] * eta[i] + log1p(e));
                if (u != null) {
                    double mu = eta[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
                    u[0][i] = v[i] * (y[i] - mu);
                    h[0][i] = v[i] * Math.max(e / ((1 + e) * (1 + e)), FLATTEST);
                }
            }
            return Math.max(0, sum - saturated);
        }
    }

    private static final class Poisson extends GlmLoss {
        private final double[] y;
        private final double[] v;
        private final double saturated;

        Poisson(Response response) {
            refuse(response, 0, Double.MAX_VALUE, "poisson");
            y = response.y();
            v = response.shares();
            double least = 0;
            double mean = 0;
            for (int i = 0; i < y.length; i++) {
                least += v[i] * (y[i] - xlogx(y[i]));
                mean += v[i] * y[i];
            }
            if (!(mean > 0)) {
                throw new BadInputException("the target is 0 in every row; there is nothing to count");
            }
            saturated = least;
        }

        @Override
        double evaluate(double[][] etas, double[][] u, double[][] h) {
            double[] eta = etas[0];
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double mu = DoubleMath.expClamped(eta[i]);
                sum += v[i] * (mu - y[i] * eta[i]);
                if (u != null) {
                    u[0][i] = v[i] * (y[i] - mu);
                    h[0][i] = v[i] * Math.max(mu, FLATTEST);
                }
            }
            return Math.max(0, sum - saturated);
        }
    }

    /** The second derivative of Cox's loss by one eta is at most what it would be with the denominators held fixed; that is used. */
    private static final class Cox extends GlmLoss {
        private final CoxLoss loss;
        private final double[] event;
        private final double total;
        private final double saturated;

        Cox(Response response, Ties ties) {
            if (response.survival() == null) {
                throw new IllegalArgumentException("a cox elastic net needs Response.survival(...)");
            }
            RiskSets sets = new RiskSets(response.survival(), response.risk());
            if (sets.eventCount == 0) {
                throw new BadInputException("no events to fit a Cox regression to");
            }
            loss = new CoxLoss(sets, ties);
            event = new double[response.rows()];
            double sum = 0;
            for (int i = 0; i < event.length; i++) {
                event[i] = response.survival().event(i) ? response.weight(i) : 0;
                sum += response.weight(i);
            }
            total = sum;
            saturated = loss.saturated();
        }

        @Override
        boolean allowsIntercept() {
            return false;
        }

        @Override
        double evaluate(double[][] eta, double[][] us, double[][] h) {
            double[] u = us == null ? null : us[0];
            double value = (loss.evaluate(eta[0], u) - saturated) / total;
            for (int i = 0; u != null && i < u.length; i++) {
                h[0][i] = Math.max((u[i] + event[i]) / total, 1e-12 / u.length);
                u[i] = -u[i] / total;
            }
            return Math.max(0, value);
        }
    }

    /** The parabola that touches the loss at the residual e and lies above it elsewhere has the curvature min(1, delta / |e|). */
    private static final class Huber extends GlmLoss {
        private final double[] y;
        private final double[] v;
        private final double delta;

        Huber(Response response, double delta) {
            y = response.y();
            v = response.shares();
            this.delta = delta;
        }

        @Override
        double evaluate(double[][] eta, double[][] u, double[][] h) {
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double e = y[i] - eta[0][i];
                double size = Math.abs(e);
                sum += v[i] * (size <= delta ? e * e / 2 : delta * (size - delta / 2));
                if (u != null) {
                    u[0][i] = v[i] * Math.max(-delta, Math.min(delta, e));
                    h[0][i] = size <= delta ? v[i] : v[i] * delta / size;
                }
            }
            return sum;
        }
    }

    /**
     * As {@link #evaluate(double[][], double[][], double[][])} where only one output's eta is not what it was at the last call. Derivatives
     * by the others may be left as they were until {@link #refresh}.
     */
    double evaluate(double[][] eta, double[][] u, double[][] h, int changed) {
        return evaluate(eta, u, h);
    }

    /** Brings the derivatives by one output's eta up to date with the last call. */
    void refresh(double[][] u, double[][] h, int output) {
    }

    /**
     * The step of the intercept of a loss with one output, from eta as it is, to its best value by Newton's method; eta is left alone.
     */
    double interceptStep(double[][] eta) {
        double step = 0;
        double[][] shifted = {eta[0].clone()};
        double[][] u = new double[1][eta[0].length];
        double[][] h = new double[1][eta[0].length];
        for (int round = 0; round < MOST_INTERCEPT_STEPS; round++) {
            evaluate(shifted, u, h);
            double change = Arrays.stream(u[0]).sum() / Arrays.stream(h[0]).sum();
            step += Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, change));
            for (int i = 0; i < eta[0].length; i++) {
                shifted[0][i] = eta[0][i] + step;
            }
            if (Math.abs(change) <= LEAST_STEP * (1 + Math.abs(step))) {
                break;
            }
        }
        return step;
    }
}
