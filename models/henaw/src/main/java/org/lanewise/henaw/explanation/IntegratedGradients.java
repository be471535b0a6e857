package org.lanewise.henaw.explanation;

import org.lanewise.henaw.network.PackedEnsemble;

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017) of an ensemble, from a baseline input row to a person's:
 *
 * <pre>a_c = (x_c - b_c) integral over t in [0, 1] of df/dx_c (b + t (x - b))</pre>
 *
 * by the midpoint rule. The attributions add up to {@code f(x) - f(b)} but for the rule's error, which is reported.
 */
public final class IntegratedGradients {
    private static final int STEPS = 64;

    private final PackedEnsemble ensemble;

    /** Of an ensemble. */
    public IntegratedGradients(PackedEnsemble ensemble) {
        this.ensemble = ensemble;
    }

    /** Attributions to the columns of an input row, of the ensemble's mean first output; the rows are of one age and sex. */
    public double[] of(float[] baseline, float[] row) {
        double[] attributions = ensemble.meanSlopes(baseline, row, STEPS);
        for (int c = 0; c < row.length; c++)
            attributions[c] *= row[c] - baseline[c];
        return attributions;
    }
}
