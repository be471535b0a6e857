package org.lanewise.linear;

import java.util.Arrays;

/**
 * Anderson's extrapolation of a linearly converging sequence (Bertrand and Massias 2021 for coordinate descent): of the last
 * {@value #DEPTH} steps the combination, with factors that sum to 1, whose own step would be shortest. Any state that is an affine
 * function of the iterate is combined likewise. The caller must check that the result is better.
 */
final class AndersonAcceleration {
    private static final int DEPTH = 5;
    private final double[][] points = new double[DEPTH + 1][0];
    private final double[][] states = new double[DEPTH + 1][0];
    private int size;
    private int stateLength;
    private int count;
    private double[] coefficients = {};
    private double[] state = {};

    void reset(int newSize, int newStateLength) {
        size = newSize;
        stateLength = newStateLength;
        count = 0;
        if (points[0].length < size) {
            for (int k = 0; k <= DEPTH; k++) {
                points[k] = new double[size + size / 2];
            }
        }
        if (states[0].length < stateLength) {
            for (int k = 0; k <= DEPTH; k++) {
                states[k] = new double[stateLength + stateLength / 2];
            }
        }
        if (coefficients.length < points[0].length) {
            coefficients = new double[points[0].length];
        }
        if (state.length < states[0].length) {
            state = new double[states[0].length];
        }
    }

    double[] coefficients() {
        return coefficients;
    }

    double[] state() {
        return state;
    }

    /** Takes note of an iterate; true if there is an extrapolation now, after which counting starts anew. */
    boolean record(double[] b, double[] newState) {
        System.arraycopy(b, 0, points[count], 0, size);
        System.arraycopy(newState, 0, states[count], 0, stateLength);
        if (count++ < DEPTH) {
            return false;
        }
        count = 0;
        double[] factor = factors();
        if (factor == null) {
            return false;
        }
        combine(points, factor, coefficients, size);
        combine(states, factor, state, stateLength);
        return true;
    }

    /** The factors c minimise |sum_k c_k (x_k+1 - x_k)| with sum c = 1: c is proportional to (U'U)^-1 1. */
    private double[] factors() {
        double[][] products = new double[DEPTH][DEPTH];
        double[][] step = new double[DEPTH][size];
        for (int k = 0; k < DEPTH; k++) {
            for (int i = 0; i < size; i++) {
                step[k][i] = points[k + 1][i] - points[k][i];
            }
        }
        double trace = 0;
        for (int k = 0; k < DEPTH; k++) {
            for (int l = 0; l <= k; l++) {
                products[k][l] = Dot.of(step[k], step[l]);
            }
            trace += products[k][k];
        }
        if (!(trace > 0)) {
            return null;
        }
        for (int k = 0; k < DEPTH; k++) {
            products[k][k] += 1e-10 * trace;
        }
        double[] ones = new double[DEPTH];
        Arrays.fill(ones, 1);
        try {
            double[] c = Cholesky.of(products).solve(ones);
            double sum = Arrays.stream(c).sum();
            if (!(Math.abs(sum) > 0)) {
                return null;
            }
            for (int k = 0; k < DEPTH; k++) {
                c[k] /= sum;
            }
            return c;
        } catch (Cholesky.SingularException e) {
            return null;
        }
    }

    private static void combine(double[][] from, double[] factor, double[] out, int length) {
        Arrays.fill(out, 0, length, 0);
        for (int k = 0; k < DEPTH; k++) {
            double[] x = from[k + 1];
            for (int i = 0; i < length; i++) {
                out[i] += factor[k] * x[i];
            }
        }
    }
}
