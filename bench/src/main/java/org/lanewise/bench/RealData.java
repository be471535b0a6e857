package org.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.bench.BoostingProblem.Goal;
import org.lanewise.boosting.Features;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;

/**
 * A {@link RealDataSet} in memory.
 *
 * @param x       numbers and categories
 * @param y       numbers, classes from 0, or times
 * @param event   which times end with the event; {@code null} without times
 * @param classes as {@link BoostingProblem#classes}
 */
record RealData(Table x, Goal goal, double[] y, boolean[] event, int classes) {
    /** Times count from 1: a negative one says that there was no event, and 0 has no sign. */
    private static final double FIRST_TIME = 1;

    int rows() {
        return y.length;
    }

    /** The same numbers in single precision for all programs. */
    BoostingProblem boosting() {
        Features features = Features.of(x);
        int p = features.columns();
        float[] values = new float[Math.multiplyExact(rows(), p)];
        double[] column = new double[rows()];
        for (int j = 0; j < p; j++) {
            features.copy(j, 0, rows(), column);
            for (int i = 0; i < rows(); i++) values[i * p + j] = (float) column[i];
        }
        float[] target = new float[rows()];
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) (goal != Goal.COX ? y[i] : event[i] ? y[i] + FIRST_TIME : -y[i] - FIRST_TIME);
        }
        return new BoostingProblem(values, target, p, goal, classes,
                IntStream.range(0, p).filter(features::categorical).toArray());
    }

    /**
     * Positive ones up to 1 in the same order: glmnet adds 2e-14 to the times of censored rows, so that they come after events
     * of the same time, which times in the thousands would swallow.
     */
    double[] times() {
        double last = Arrays.stream(y).max().orElseThrow() + FIRST_TIME;
        return Arrays.stream(y).map(t -> (t + FIRST_TIME) / last).toArray();
    }

    /** With a column as the target, in place of the outcome. */
    RealData counting(String column) {
        return new RealData(x.without(column), Goal.REGRESSION, x.numbers(column), null, 1);
    }

    /** The rows where nothing is missing. */
    RealData complete() {
        return take(IntStream.range(0, rows()).filter(i -> x.columns().stream().noneMatch(c -> c.isMissing(i)))
                .toArray());
    }

    /** These rows. */
    RealData take(int... rows) {
        boolean[] events = event == null ? null : new boolean[rows.length];
        double[] target = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            target[i] = y[rows[i]];
            if (event != null) events[i] = event[rows[i]];
        }
        return new RealData(x.take(rows), goal, target, events, classes);
    }

    /** Numbers as they are, of categories an indicator for each but the first. */
    DesignMatrix design() {
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (Column column : x.columns()) {
            if (column instanceof CategoricalColumn c) {
                for (int level = 1; level < c.levels().size(); level++) {
                    int wanted = level;
                    names.add(c.name() + "=" + c.levels().get(level));
                    columns.add(IntStream.range(0, rows()).mapToDouble(i -> c.code(i) == wanted ? 1 : 0).toArray());
                }
            } else {
                names.add(column.name());
                columns.add(column.numbers());
            }
        }
        return DesignMatrix.ofColumns(names, columns.toArray(double[][]::new));
    }

    /** Rounds of repeated cross-validation; classes and events are spread evenly over the folds. */
    List<Split.Fold> rounds(int repeats, int folds, long seed) {
        int[] strata = new int[rows()];
        for (int i = 0; i < strata.length; i++) {
            strata[i] = goal == Goal.REGRESSION ? 0 : goal == Goal.COX ? event[i] ? 1 : 0 : (int) y[i];
        }
        return Split.repeated(repeats, seed, s -> Split.stratifiedFolds(strata, folds, s));
    }
}
