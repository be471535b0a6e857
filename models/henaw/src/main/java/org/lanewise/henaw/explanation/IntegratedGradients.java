package org.lanewise.henaw.explanation;

import java.util.List;
import java.util.Map;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HenawNetwork;

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017) of an ensemble, from a baseline input row to a person's:
 *
 * <pre>a_c = (x_c - b_c) integral over t in [0, 1] of df/dx_c (b + t (x - b))</pre>
 *
 * by the midpoint rule. The attributions add up to {@code f(x) - f(b)} but for the rule's error, which is reported.
 */
public final class IntegratedGradients {
    private static final int STEPS = 256;

    private final List<HenawNetwork> members;

    /**
     * Of an ensemble.
     *
     * @param outputs output columns of a member
     * @param states  weights of the members
     */
    public IntegratedGradients(HenawFeatures features, EnsembleConfig settings, int outputs,
            List<Map<String, Tensor>> states) {
        members = states.stream().map(state -> {
            var network = new HenawNetwork(features, settings.embed(), settings.hidden(), settings.dropout(), outputs,
                    Rng.of(0));
            network.loadStateDict(state);
            network.eval();
            return network;
        }).toList();
    }

    /** Attributions to the columns of an input row, of the ensemble's mean first output. */
    public double[] of(float[] baseline, float[] row) {
        int width = row.length;
        double[] attributions = new double[width];
        float[] path = new float[STEPS * width];
        for (int t = 0; t < STEPS; t++)
            for (int c = 0; c < width; c++)
                path[t * width + c] = baseline[c] + (t + .5f) / STEPS * (row[c] - baseline[c]);
        for (HenawNetwork network : members) {
            try (Tape tape = Tape.recording(0)) {
                Variable x = tape.leaf(Tensor.of(path.clone(), STEPS, width));
                Gradients gradients = tape.backward(network.forward(x).slice(1, 0, 1).mean());
                float[] mean = gradients.of(x).sum(false, 0).toArray();
                for (int c = 0; c < width; c++)
                    attributions[c] += (double) mean[c] * (row[c] - baseline[c]) / members.size();
            }
        }
        return attributions;
    }
}
