package org.lanewise.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.bench.BoostingProblem.Goal;
import org.lanewise.boosting.Features;
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

    /** Rounds of repeated cross-validation; classes and events are spread evenly over the folds. */
    List<Split.Fold> rounds(int repeats, int folds, long seed) {
        int[] strata = new int[rows()];
        for (int i = 0; i < strata.length; i++) {
            strata[i] = goal == Goal.REGRESSION ? 0 : goal == Goal.COX ? event[i] ? 1 : 0 : (int) y[i];
        }
        return Split.repeated(repeats, seed, s -> Split.stratifiedFolds(strata, folds, s));
    }
}
