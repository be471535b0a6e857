package org.lanewise.linear;

import java.util.Arrays;

/**
 * The penalty strengths of a path, falling.
 *
 * @param values
 *            as given, or empty for an automatic grid
 * @param count
 *            of an automatic grid
 * @param ratio
 *            of its last alpha to its first
 */
public record AlphaGrid(double[] values, int count, double ratio) {
    public AlphaGrid {
        values = values.clone();
        if (values.length == 0 && (count < 1 || !(ratio > 0 && ratio < 1))) {
            throw new IllegalArgumentException(count + " alphas down to a share of " + ratio);
        }
        for (double alpha : values) {
            if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("alpha is " + alpha + "; it must be finite and not negative");
            }
        }
    }

    /** Falling evenly in the logarithm from the least alpha that makes every penalised coefficient 0. */
    public static AlphaGrid auto(int count, double ratio) {
        return new AlphaGrid(new double[0], count, ratio);
    }

    /** These, put in falling order. */
    public static AlphaGrid of(double... alphas) {
        if (alphas.length == 0) {
            throw new IllegalArgumentException("no alphas");
        }
        double[] falling = Arrays.stream(alphas).sorted().toArray();
        for (int i = 0; i < falling.length / 2; i++) {
            double swap = falling[i];
            falling[i] = falling[falling.length - 1 - i];
            falling[falling.length - 1 - i] = swap;
        }
        return new AlphaGrid(falling, falling.length, Double.NaN);
    }

    /** The grid when the least alpha with all coefficients 0 is {@code largest}. */
    double[] from(double largest) {
        if (values.length > 0) {
            return values.clone();
        }
        double[] grid = new double[count];
        Arrays.setAll(grid, k -> k == 0 ? largest : largest * Math.pow(ratio, k / (count - 1.0)));
        return grid;
    }

    boolean automatic() {
        return values.length == 0;
    }

    @Override
    public double[] values() {
        return values.clone();
    }
}
