package org.lanewise.linear;

import java.util.Arrays;

/**
 * A fitted generalised linear model with few coefficients that are not 0: eta = offset + b0 + x'b, mean by the family's link. Immutable
 * and thread-safe.
 */
public final class LinearModel {
    private final Family family;
    private final int columns;
    private final double intercept;
    private final int[] index;
    private final double[] value;

    /**
     * @param index
     *            columns with a coefficient other than 0, rising
     */
    LinearModel(Family family, int columns, double intercept, int[] index, double[] value) {
        this.family = family;
        this.columns = columns;
        this.intercept = intercept;
        this.index = index;
        this.value = value;
    }

    /** From all coefficients. */
    public static LinearModel of(Family family, double intercept, double... coefficients) {
        int[] index = java.util.stream.IntStream.range(0, coefficients.length).filter(j -> coefficients[j] != 0)
                .toArray();
        return new LinearModel(family, coefficients.length, intercept, index,
                Arrays.stream(index).mapToDouble(j -> coefficients[j]).toArray());
    }

    public Family family() {
        return family;
    }

    /** The number of columns, with and without a coefficient. */
    public int columns() {
        return columns;
    }

    public double intercept() {
        return intercept;
    }

    /** The columns whose coefficients are not 0, rising; a copy. */
    public int[] selected() {
        return index.clone();
    }

    /** The coefficients of {@link #selected}; a copy. */
    public double[] selectedCoefficients() {
        return value.clone();
    }

    /** All coefficients. */
    public double[] coefficients() {
        double[] all = new double[columns];
        for (int k = 0; k < index.length; k++) {
            all[index[k]] = value[k];
        }
        return all;
    }

    /** b0 + x'b of one row. */
    public double linearPredictor(double... row) {
        if (row.length != columns) {
            throw new IllegalArgumentException(row.length + " values for " + columns + " columns");
        }
        double sum = intercept;
        for (int k = 0; k < index.length; k++) {
            sum += value[k] * row[index[k]];
        }
        return sum;
    }

    /** b0 + x'b of every row. */
    public double[] linearPredictor(ColumnStore x) {
        if (x.columns() != columns) {
            throw new IllegalArgumentException(x.columns() + " columns; the model has " + columns);
        }
        double[] eta = new double[x.rows()];
        Arrays.fill(eta, intercept);
        for (int k = 0; k < index.length; k++) {
            x.axpy(index[k], value[k], eta);
        }
        return eta;
    }

    /** The expected target of one row: a number, a probability, a rate. */
    public double predict(double... row) {
        return mean(linearPredictor(row));
    }

    /** The expected target of every row. */
    public double[] predict(ColumnStore x) {
        double[] mean = linearPredictor(x);
        Arrays.setAll(mean, i -> mean(mean[i]));
        return mean;
    }

    private double mean(double eta) {
        return switch (family) {
            case Family.Gaussian _ -> eta;
            case Family.Binomial _ -> 1 / (1 + StrictMath.exp(-eta));
            case Family.Poisson _,Family.Cox _ -> StrictMath.exp(eta);
        };
    }

    /** (1 - share) this + share other. */
    LinearModel towards(LinearModel other, double share) {
        double[] mixed = coefficients();
        double[] there = other.coefficients();
        for (int j = 0; j < columns; j++) {
            mixed[j] += share * (there[j] - mixed[j]);
        }
        return of(family, intercept + share * (other.intercept - intercept), mixed);
    }

    @Override
    public String toString() {
        return family + ", " + index.length + " of " + columns + " coefficients, intercept " + intercept;
    }
}
