package org.lanewise.linear;

import java.util.List;

/** One way to fit a path for squared loss. */
interface SquaredLossPath {
    /** Half the mean squared residual of the model without columns. */
    double nullLoss();

    /** The least alpha at which no penalised column is in the model; fits the unpenalised columns first. */
    double alphaMax();

    /** The fits for falling alphas. */
    List<GaussianStep> fit(double[] alphas);
}
