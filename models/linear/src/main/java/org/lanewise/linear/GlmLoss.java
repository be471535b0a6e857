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
            case Family.Multinomial multinomial -> new Multinomial(response, multinomial.classes());
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

    private static final class Multinomial extends GlmLoss {
        private final int[] label;
        private final double[] v;
        private final int classes;

        Multinomial(Response response, int classes) {
            v = response.shares();
            this.classes = classes;
            label = new int[v.length];
            double[] share = new double[classes];
            for (int i = 0; i < v.length; i++) {
                double y = response.y()[i];
                if (!(y >= 0 && y < classes && y == Math.rint(y))) {
                    throw BadInputException.at("").row(i + 1L).value(Double.toString(y))
                            .because("not one of the classes 0 to " + (classes - 1));
                }
                label[i] = (int) y;
                share[label[i]] += v[i];
            }
            for (int k = 0; k < classes; k++) {
                if (share[k] == 0) {
                    throw new BadInputException("class " + k + " has no rows");
                }
            }
        }

        @Override
        int outputs() {
            return classes;
        }

        @Override
        double evaluate(double[][] eta, double[][] u, double[][] h) {
            double sum = 0;
            double[] e = new double[classes];
            for (int i = 0; i < v.length; i++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < classes; k++) {
                    largest = Math.max(largest, eta[k][i]);
                }
                double total = 0;
                for (int k = 0; k < classes; k++) {
                    e[k] = DoubleMath.expClamped(eta[k][i] - largest);
                    total += e[k];
                }
                sum += v[i] * (largest + DoubleMath.log(total) - eta[label[i]][i]);
                for (int k = 0; u != null && k < classes; k++) {
                    double mu = e[k] / total;
                    u[k][i] = v[i] * ((label[i] == k ? 1 : 0) - mu);
                    h[k][i] = v[i] * Math.max(mu * (1 - mu), FLATTEST);
                }
            }
            return Math.max(0, sum);
        }
    }

    /**
     * The step of one output's intercept, from eta as it is, to its best value by Newton's method; eta is left alone.
     */
    double interceptStep(double[][] eta, int output) {
        double step = 0;
        double[][] shifted = eta.clone();
        shifted[output] = eta[output].clone();
        double[][] u = new double[eta.length][eta[0].length];
        double[][] h = new double[eta.length][eta[0].length];
        for (int round = 0; round < 200; round++) {
            evaluate(shifted, u, h);
            double change = Arrays.stream(u[output]).sum() / Arrays.stream(h[output]).sum();
            step += Math.max(-2, Math.min(2, change));
            for (int i = 0; i < eta[0].length; i++) {
                shifted[output][i] = eta[output][i] + step;
            }
            if (Math.abs(change) <= 1e-15 * (1 + Math.abs(step))) {
                break;
            }
        }
        return step;
    }
}
