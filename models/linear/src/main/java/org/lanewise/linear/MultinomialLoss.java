package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.DoubleMath;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.BadInputException;

/**
 * -log of the class's share, mu_k = exp(eta_k) / sum_l exp(eta_l). Remembers the exponentials of the last call, so that a change of one
 * output costs one exponential a row.
 */
final class MultinomialLoss extends GlmLoss {
    /** Kept exponentials are of eta less a shift; they keep their accuracy while eta is at most this much above it. */
    private static final double HIGHEST = 30;
    private final int[] label;
    private final double[] v;
    private final int classes;
    /** By row: the shift, and the sum of the exponentials, which are by output, then row. */
    private final double[] shift;
    private final double[] total;
    private final double[][] e;
    private final boolean[] stale;
    private final double[] share;

    MultinomialLoss(Response response, int classes) {
        v = response.shares();
        this.classes = classes;
        label = new int[v.length];
        shift = new double[v.length];
        total = new double[v.length];
        e = new double[classes][v.length];
        stale = new boolean[classes];
        share = new double[classes];
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

    /** Weights of the rows, with sum 1. */
    double[] shares() {
        return v;
    }

    /** The best intercept of a class where there is nothing else. */
    double nullIntercept(int k) {
        return StrictMath.log(share[k]);
    }

    /** At the last call, by class, then row. */
    double[][] probabilities() {
        double[][] mu = new double[classes][v.length];
        WorkerPool.current().forEach(classes, k -> {
            for (int i = 0; i < v.length; i++) {
                mu[k][i] = e[k][i] / total[i];
            }
        });
        return mu;
    }

    @Override
    double evaluate(double[][] eta, double[][] u, double[][] h) {
        System.arraycopy(eta[0], 0, shift, 0, shift.length);
        for (int k = 1; k < classes; k++) {
            for (int i = 0; i < shift.length; i++) {
                shift[i] = Math.max(shift[i], eta[k][i]);
            }
        }
        WorkerPool.current().forEach(classes, k -> exponentials(eta[k], k));
        sums();
        if (u != null) {
            WorkerPool.current().forEach(classes, k -> derivatives(u, h, k));
        }
        return loss(eta);
    }

    @Override
    double evaluate(double[][] eta, double[][] u, double[][] h, int changed) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shift.length; i++) {
            highest = Math.max(highest, eta[changed][i] - shift[i]);
        }
        if (!(highest <= HIGHEST)) {
            return evaluate(eta, u, h);
        }
        exponentials(eta[changed], changed);
        sums();
        for (double sum : total) {
            if (!(sum > Math.exp(-HIGHEST))) { // The largest eta has fallen far below the shift.
                return evaluate(eta, u, h);
            }
        }
        Arrays.fill(stale, true);
        derivatives(u, h, changed);
        return loss(eta);
    }

    @Override
    void refresh(double[][] u, double[][] h, int output) {
        if (stale[output]) {
            derivatives(u, h, output);
        }
    }

    private void exponentials(double[] eta, int output) {
        double[] out = e[output];
        for (int i = 0; i < out.length; i++) {
            out[i] = DoubleMath.expClamped(eta[i] - shift[i]);
        }
    }

    /** Anew each time: differences would gather rounding. */
    private void sums() {
        Arrays.fill(total, 0);
        for (double[] of : e) {
            for (int i = 0; i < total.length; i++) {
                total[i] += of[i];
            }
        }
    }

    private double loss(double[][] eta) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            sum += v[i] * (shift[i] + DoubleMath.log(total[i]) - eta[label[i]][i]);
        }
        return Math.max(0, sum);
    }

    private void derivatives(double[][] u, double[][] h, int output) {
        double[] own = e[output];
        double[] slope = u[output];
        double[] curvature = h[output];
        for (int i = 0; i < own.length; i++) {
            double mu = own[i] / total[i];
            slope[i] = v[i] * ((label[i] == output ? 1 : 0) - mu);
            curvature[i] = v[i] * Math.max(mu * (1 - mu), FLATTEST);
        }
        stale[output] = false;
    }
}
