package org.lanewise.boosting.objective;

import org.lanewise.engine.Parallel;

/** A loss of one score that looks at each row by itself, bound to its rows. */
abstract class Pointwise implements Objective.Bound {
    final double[] label;
    /** {@code null} for all ones. */
    final double[] weight;

    Pointwise(Target target) {
        label = target.labels();
        weight = Labels.weights(target);
    }

    /** Writes the derivatives of rows {@code from .. from + count - 1}, times {@link #weight(int)}. */
    abstract void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian);

    final double weight(int row) {
        return weight == null ? 1 : weight[row];
    }

    @Override
    public final void gradients(double[] score, float[] gradient, float[] hessian) {
        Parallel.chunks(label.length, Parallel.COSTLY,
                (from, count) -> derivatives(from, count, score, gradient, hessian));
    }

    final double weightedMean() {
        return Labels.weightedMean(label, weight);
    }
}
