package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.tabular.BadInputException;

/**
 * A convex loss of the linear predictors: the weighted mean over the rows, less the least value it could have for these targets, so
 * never negative. Twice this is the mean deviance.
 */
abstract class GlmLoss {
    /** Second derivatives are kept above this share of the weight. */
    static final double FLATTEST = 1e-10;

    /**
     * @param u
     *            overwritten by minus the derivative by each eta; may be null
     * @param h
     *            overwritten by the second derivative by each eta alone, or a bound of it from above; may be null
     */
    abstract double evaluate(double[] eta, double[] u, double[] h);

    /** Whether the model has an intercept if one is asked for. */
    boolean allowsIntercept() {
        return true;
    }

    /** Value for the whole path's reference: the loss of eta = offset + intercept. */
    static GlmLoss of(Family family, Response response) {
        return switch (family) {
            case Family.Gaussian _ -> throw new IllegalArgumentException("gaussian has its own solver");
            case Family.Binomial _ -> new Binomial(response);
            case Family.Poisson _ -> new Poisson(response);
            case Family.Cox cox -> new Cox(response, cox.ties());
        };
    }

    /** x log x, 0 at 0. */
    private static double xlogx(double x) {
        return x == 0 ? 0 : x * StrictMath.log(x);
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
        double evaluate(double[] eta, double[] u, double[] h) {
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double e = StrictMath.exp(-Math.abs(eta[i]));
                sum += v[i] * (Math.max(eta[i], 0) - y[i] * eta[i] + StrictMath.log1p(e));
                if (u != null) {
                    double mu = eta[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
                    u[i] = v[i] * (y[i] - mu);
                    h[i] = v[i] * Math.max(e / ((1 + e) * (1 + e)), FLATTEST);
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
        double evaluate(double[] eta, double[] u, double[] h) {
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double mu = StrictMath.exp(eta[i]);
                sum += v[i] * (mu - y[i] * eta[i]);
                if (u != null) {
                    u[i] = v[i] * (y[i] - mu);
                    h[i] = v[i] * Math.max(mu, FLATTEST);
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
        double evaluate(double[] eta, double[] u, double[] h) {
            double value = (loss.evaluate(eta, u) - saturated) / total;
            for (int i = 0; u != null && i < u.length; i++) {
                h[i] = Math.max((u[i] + event[i]) / total, 1e-12 / u.length);
                u[i] = -u[i] / total;
            }
            return Math.max(0, value);
        }
    }

    /** The intercept that is best for eta without it, by Newton's method; eta is left alone. */
    double bestIntercept(double[] eta, double from) {
        double b0 = from;
        double[] shifted = new double[eta.length];
        double[] u = new double[eta.length];
        double[] h = new double[eta.length];
        for (int step = 0; step < 100; step++) {
            for (int i = 0; i < eta.length; i++) {
                shifted[i] = eta[i] + b0;
            }
            evaluate(shifted, u, h);
            double slope = Arrays.stream(u).sum();
            double change = slope / Arrays.stream(h).sum();
            b0 += Math.max(-2, Math.min(2, change));
            if (Math.abs(change) <= 1e-15 * (1 + Math.abs(b0))) {
                break;
            }
        }
        return b0;
    }
}
