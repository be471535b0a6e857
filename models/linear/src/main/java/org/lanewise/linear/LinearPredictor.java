package org.lanewise.linear;

import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.DesignMatrix;

/** intercept + sum_j coefficient[j] x[j], with the names of the columns it was fitted on. Immutable and thread-safe. */
public final class LinearPredictor {
    private final List<String> names;
    private final double intercept;
    private final double[] coefficients;

    private LinearPredictor(List<String> names, double intercept, double[] coefficients) {
        if (names.size() != coefficients.length) {
            throw new IllegalArgumentException(names.size() + " names for " + coefficients.length + " coefficients");
        }
        this.names = List.copyOf(names);
        this.intercept = intercept;
        this.coefficients = coefficients;
    }

    /** Copies the coefficients. */
    public static LinearPredictor of(List<String> names, double intercept, double[] coefficients) {
        return new LinearPredictor(names, intercept, coefficients.clone());
    }

    public List<String> names() {
        return names;
    }

    public double intercept() {
        return intercept;
    }

    /** A copy, in the order of {@link #names}. */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The coefficient of one column.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public double coefficient(String name) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("no coefficient \"" + name + "\"; there are " + names);
        }
        return coefficients[at];
    }

    /** For one row in the order of {@link #names}. NaN in, NaN out. */
    public double at(double... row) {
        if (row.length != coefficients.length) {
            throw new IllegalArgumentException(row.length + " values for the columns " + names);
        }
        double sum = intercept;
        for (int j = 0; j < row.length; j++) {
            sum += coefficients[j] * row[j];
        }
        return sum;
    }

    /**
     * For every row; the columns are found by name.
     *
     * @throws org.lanewise.tabular.BadInputException if a column is not there
     */
    public double[] of(DesignMatrix x) {
        DesignMatrix mine = x.names().equals(names) ? x : x.select(names.toArray(String[]::new));
        double[] sums = new double[x.rows()];
        Arrays.fill(sums, intercept);
        for (int j = 0; j < coefficients.length; j++) {
            double[] column = mine.column(j);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += coefficients[j] * column[i];
            }
        }
        return sums;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(intercept);
        for (int j = 0; j < coefficients.length; j++) {
            text.append(coefficients[j] < 0 ? " - " : " + ").append(Math.abs(coefficients[j])).append(' ')
                    .append(names.get(j));
        }
        return text.toString();
    }
}
