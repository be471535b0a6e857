package org.lanewise.linear;

import java.util.Arrays;

/**
 * A fitted linear model of several numbers at once, with the same columns for all: y_t = b0_t + x'b_t. Immutable and thread-safe.
 *
 * <pre>{@code
 * double[][] predicted = model.predict(x);       // by task, then row
 * }</pre>
 */
public final class MultiTaskModel {
    private final int columns;
    private final double[] intercepts;
    private final int[] selected;
    private final double[][] value;

    /**
     * @param selected
     *            columns with a coefficient, rising
     * @param value
     *            their coefficients, by task
     */
    MultiTaskModel(int columns, double[] intercepts, int[] selected, double[][] value) {
        this.columns = columns;
        this.intercepts = intercepts;
        this.selected = selected;
        this.value = value;
    }

    public int tasks() {
        return intercepts.length;
    }

    /** The number of columns, with and without coefficients. */
    public int columns() {
        return columns;
    }

    /** The columns in the model, rising; a column is in it for all tasks or for none. */
    public int[] selected() {
        return selected.clone();
    }

    public double intercept(int task) {
        return intercepts[task];
    }

    /** All coefficients of one task. */
    public double[] coefficients(int task) {
        double[] all = new double[columns];
        for (int k = 0; k < selected.length; k++) {
            all[selected[k]] = value[task][k];
        }
        return all;
    }

    /** The expected targets of every row, by task, then row. */
    public double[][] predict(ColumnStore x) {
        if (x.columns() != columns) {
            throw new IllegalArgumentException(x.columns() + " columns; the model has " + columns);
        }
        double[][] mean = new double[tasks()][x.rows()];
        for (int t = 0; t < mean.length; t++) {
            Arrays.fill(mean[t], intercepts[t]);
            for (int k = 0; k < selected.length; k++) {
                x.axpy(selected[k], value[t][k], mean[t]);
            }
        }
        return mean;
    }

    @Override
    public String toString() {
        return tasks() + " tasks, " + selected.length + " of " + columns + " columns";
    }
}
