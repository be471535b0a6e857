package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.DoubleMath;
import org.lanewise.tabular.BadInputException;

/**
 * -log of the class's share, mu_k = exp(eta_k) / sum_l exp(eta_l). Remembers the exponentials of the last call, so that a change of one
 * output costs one exponential a row.
 */
final class MultinomialLoss extends GlmLoss {
    /** Kept exponentials are of eta less a shift; they keep their accuracy while eta is at most this much above it. */
    private static final double HIGHEST = 30;
    /** Steps as small as this that no longer halve are rounding. */
    private static final double ROUNDING = 1e-12;
    private final int[] label;
    private final double[] v;
    private final int classes;
    /** By row: the shift, and the sum of the exponentials, which are by output, then row. */
    private final double[] shift;
    private final double[] total;
    private final double[][] e;
    private final boolean[] stale;

    MultinomialLoss(Response response, int classes) {
        v = response.shares();
        this.classes = classes;
        label = new int[v.length];
        shift = new double[v.length];
        total = new double[v.length];
        e = new double[classes][v.length];
        stale = new boolean[classes];
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
        System.arraycopy(eta[0], 0, shift, 0, shift.length);
        for (int k = 1; k < classes; k++) {
            for (int i = 0; i < shift.length; i++) {
                shift[i] = Math.max(shift[i], eta[k][i]);
            }
        }
        for (int k = 0; k < classes; k++) {
            exponentials(eta[k], k);
        }
        sums();
        for (int k = 0; u != null && k < classes; k++) {
            derivatives(u, h, k);
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

    /** A step multiplies its output's exponentials by one number. */
    @Override
    double[] interceptSteps(double[][] eta) {
        evaluate(eta, null, null);
        double[] wanted = new double[classes];
        for (int i = 0; i < v.length; i++) {
            wanted[label[i]] += v[i];
        }
        double[] steps = new double[classes];
        for (int k = 0; k < classes; k++) {
            double factor = 1;
            double last = Double.POSITIVE_INFINITY;
            for (int round = 0; round < MOST_INTERCEPT_STEPS; round++) {
                double slope = wanted[k];
                double curvature = 0;
                for (int i = 0; i < v.length; i++) {
                    double own = factor * e[k][i];
                    double mu = own / (total[i] - e[k][i] + own);
                    slope -= v[i] * mu;
                    curvature += v[i] * Math.max(mu * (1 - mu), FLATTEST);
                }
                double change = slope / curvature;
                steps[k] += Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, change));
                factor = DoubleMath.expClamped(steps[k]);
                if (Math.abs(change) <= LEAST_STEP || Math.abs(change) <= ROUNDING && Math.abs(change) >= last / 2) {
                    break;
                }
                last = Math.abs(change);
            }
            for (int i = 0; i < v.length; i++) {
                e[k][i] *= factor;
            }
            sums();
        }
        return steps;
    }
}
