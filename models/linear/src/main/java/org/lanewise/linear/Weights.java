package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.tabular.BadInputException;

/** Checks of case weights. */
final class Weights {
    private Weights() {
    }

    /** Refuses weights that are missing, negative, infinite, of the wrong number, or all zero; null is allowed. */
    static void check(double[] weights, int rows) {
        if (weights == null) {
            return;
        }
        if (weights.length != rows) {
            throw new IllegalArgumentException(weights.length + " weights for " + rows + " rows");
        }
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the weight of row " + (i + 1) + " is " + weights[i]);
            }
            sum += weights[i];
        }
        if (sum == 0) {
            throw new IllegalArgumentException("all weights are 0");
        }
    }

    /** Checked weights, in a new array; all ones for null. */
    static double[] onesIfNull(double[] weights, int rows) {
        check(weights, rows);
        if (weights != null) {
            return weights.clone();
        }
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    static boolean equal(double[] weights) {
        for (double w : weights) {
            if (w != weights[0]) {
                return false;
            }
        }
        return true;
    }

    /** The target's values, which must be finite. */
    static void checkTarget(double[] y, int rows) {
        if (y.length != rows) {
            throw new IllegalArgumentException(y.length + " target values for " + rows + " rows");
        }
        for (int i = 0; i < rows; i++) {
            if (!Double.isFinite(y[i])) {
                throw new BadInputException("row " + (i + 1) + ": the target is " + y[i]);
            }
        }
    }
}
