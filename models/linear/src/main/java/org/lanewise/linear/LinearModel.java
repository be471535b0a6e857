package org.lanewise.linear;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A fitted generalised linear model with few coefficients that are not 0: eta = b0 + x'b and the mean by the family's link. Multinomial
 * models have one b0, b and eta for every class, others one. Immutable and thread-safe.
 *
 * <pre>{@code
 * double p = model.predict(row);                 // number, probability of class 1, rate, relative hazard
 * double[][] shares = multinomial.means(x);      // by class, then row
 * }</pre>
 */
public final class LinearModel {
    private final Family family;
    private final int columns;
    private final double[] intercepts;
    private final int[][] index;
    private final double[][] value;

    private LinearModel(Family family, int columns, double[] intercepts, int[][] index, double[][] value) {
        this.family = family;
        this.columns = columns;
        this.intercepts = intercepts;
        this.index = index;
        this.value = value;
    }

    /** Of one output, from all its coefficients. */
    public static LinearModel of(Family family, double intercept, double... coefficients) {
        return of(family, new double[] {intercept}, new double[][] {coefficients});
    }

    /**
     * From all coefficients, which are copied.
     *
     * @param coefficients
     *            by output, then column
     */
    public static LinearModel of(Family family, double[] intercepts, double[][] coefficients) {
        int outputs = family instanceof Family.Multinomial m ? m.classes() : 1;
        if (intercepts.length != outputs || coefficients.length != outputs) {
            throw new IllegalArgumentException(intercepts.length + " intercepts and " + coefficients.length
                    + " sets of coefficients; " + family + " has " + outputs);
        }
        int[][] index = new int[outputs][];
        double[][] value = new double[outputs][];
        for (int k = 0; k < outputs; k++) {
            double[] b = coefficients[k];
            index[k] = IntStream.range(0, b.length).filter(j -> b[j] != 0).toArray();
            value[k] = Arrays.stream(index[k]).mapToDouble(j -> b[j]).toArray();
        }
        return new LinearModel(family, coefficients[0].length, intercepts.clone(), index, value);
    }

    public Family family() {
        return family;
    }

    /** The number of columns, with and without a coefficient. */
    public int columns() {
        return columns;
    }

    /** The number of linear predictors. */
    public int outputs() {
        return intercepts.length;
    }

    public double intercept() {
        return intercepts[only()];
    }

    /** Of one output. */
    public double intercept(int output) {
        return intercepts[output];
    }

    /** The columns with a coefficient other than 0 in any output, rising. */
    public int[] selected() {
        return outputs() == 1
                ? index[0].clone()
                : Arrays.stream(index).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    }

    /** The coefficients of {@link #selected}; a copy. */
    public double[] selectedCoefficients() {
        return value[only()].clone();
    }

    /** All coefficients. */
    public double[] coefficients() {
        return coefficients(only());
    }

    /** All coefficients of one output. */
    public double[] coefficients(int output) {
        double[] all = new double[columns];
        for (int k = 0; k < index[output].length; k++) {
            all[index[output][k]] = value[output][k];
        }
        return all;
    }

    private int only() {
        if (outputs() != 1) {
            throw new IllegalStateException("the model has " + outputs() + " outputs: say which");
        }
        return 0;
    }

    /** b0 + x'b of one row. */
    public double linearPredictor(double... row) {
        return linearPredictor(only(), row);
    }

    private double linearPredictor(int output, double[] row) {
        if (row.length != columns) {
            throw new IllegalArgumentException(row.length + " values for " + columns + " columns");
        }
        double sum = intercepts[output];
        for (int k = 0; k < index[output].length; k++) {
            sum += value[output][k] * row[index[output][k]];
        }
        return sum;
    }

    /** b0 + x'b of every row. */
    public double[] linearPredictor(ColumnStore x) {
        return linearPredictor(only(), x);
    }

    private double[] linearPredictor(int output, ColumnStore x) {
        if (x.columns() != columns) {
            throw new IllegalArgumentException(x.columns() + " columns; the model has " + columns);
        }
        double[] eta = new double[x.rows()];
        Arrays.fill(eta, intercepts[output]);
        for (int k = 0; k < index[output].length; k++) {
            x.axpy(index[output][k], value[output][k], eta);
        }
        return eta;
    }

    /** b0 + x'b by output, then row. */
    public double[][] linearPredictors(ColumnStore x) {
        double[][] eta = new double[outputs()][];
        for (int k = 0; k < eta.length; k++) {
            eta[k] = linearPredictor(k, x);
        }
        return eta;
    }

    /** The expected target of one row: a number, a probability, a rate, a relative hazard. */
    public double predict(double... row) {
        return mean(linearPredictor(row));
    }

    /** The expected target of every row. */
    public double[] predict(ColumnStore x) {
        double[] mean = linearPredictor(x);
        Arrays.setAll(mean, i -> mean(mean[i]));
        return mean;
    }

    /** Expected targets by output, then row; of a multinomial model the probabilities of the classes. */
    public double[][] means(ColumnStore x) {
        if (outputs() == 1) {
            return new double[][] {predict(x)};
        }
        double[][] mean = linearPredictors(x);
        for (int i = 0; i < x.rows(); i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] eta : mean) {
                largest = Math.max(largest, eta[i]);
            }
            double total = 0;
            for (double[] eta : mean) {
                eta[i] = StrictMath.exp(eta[i] - largest);
                total += eta[i];
            }
            for (double[] eta : mean) {
                eta[i] /= total;
            }
        }
        return mean;
    }

    private double mean(double eta) {
        return switch (family) {
            case Family.Gaussian _,Family.Huber _ -> eta;
            case Family.Binomial _ -> 1 / (1 + StrictMath.exp(-eta));
            case Family.Poisson _,Family.Cox _ -> StrictMath.exp(eta);
            case Family.Multinomial _ -> throw new IllegalStateException("means(x) has the classes' probabilities");
        };
    }

    /** (1 - share) this + share other. */
    LinearModel towards(LinearModel other, double share) {
        double[] constants = intercepts.clone();
        double[][] mixed = new double[outputs()][];
        for (int k = 0; k < mixed.length; k++) {
            double[] there = other.coefficients(k);
            mixed[k] = coefficients(k);
            constants[k] += share * (other.intercepts[k] - constants[k]);
            for (int j = 0; j < columns; j++) {
                mixed[k][j] += share * (there[j] - mixed[k][j]);
            }
        }
        return of(family, constants, mixed);
    }

    @Override
    public String toString() {
        return family + ", " + selected().length + " of " + columns + " coefficients, intercept "
                + (outputs() == 1 ? Double.toString(intercepts[0]) : Arrays.toString(intercepts));
    }
}
