package org.lanewise.henaw.published;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Marker;
import org.lanewise.nn.StateDictException;

/**
 * A trained {@link PublishedNetwork} with the standardisation it was trained on: {@code z = (x - mean) / sd}. Immutable and
 * thread-safe.
 */
public final class StandardisedNetwork {
    private static final int STEPS = 256;

    private final PublishedNetwork network;
    private final float[] mean;
    private final float[] sd;

    StandardisedNetwork(PublishedNetwork network, float[] mean, float[] sd) {
        int p = Marker.NINE.size();
        if (mean == null || sd == null || mean.length != p || sd.length != p)
            throw new IllegalArgumentException("no means and deviations of the nine markers");
        for (float s : sd)
            if (!(s > 0))
                throw new IllegalArgumentException("a deviation of the markers is " + s);
        network.eval();
        this.network = network;
        this.mean = mean.clone();
        this.sd = sd.clone();
    }

    /**
     * From what {@link #state}, {@link #mean} and {@link #sd} gave.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    public static StandardisedNetwork open(Map<String, Tensor> state, float[] mean, float[] sd) {
        PublishedNetwork network = new PublishedNetwork(Rng.of(0));
        try {
            network.loadStateDict(state);
        } catch (StateDictException e) {
            throw new IllegalArgumentException("weights of the published network: " + e.getMessage(), e);
        }
        return new StandardisedNetwork(network, mean, sd);
    }

    /** The network's parameters and running statistics. */
    public Map<String, Tensor> state() {
        return network.stateDict();
    }

    /** Means of the nine markers. */
    public float[] mean() {
        return mean.clone();
    }

    /** Standard deviations of the nine markers. */
    public float[] sd() {
        return sd.clone();
    }

    /**
     * What the heads say, one entry per person.
     *
     * @param age       guessed ages in years; the gate has seen the true age
     * @param logHazard of death
     * @param morbidity probabilities, {@code [4][people]}
     */
    public record Output(double[] age, double[] logHazard, double[][] morbidity) {}

    /**
     * Evaluates people.
     *
     * @param values the nine markers of each, all present
     * @param ages   true ages in years
     */
    public Output evaluate(double[][] values, double[] ages) {
        try (Tape tape = Tape.inference()) {
            PublishedNetwork.Output out = network.forward(tape.constant(standardised(values)),
                    tape.constant(column(ages)));
            return new Output(doubles(out.age()), doubles(out.logHazard()), out.morbidities().stream()
                    .map(logit -> doubles(logit.sigmoid())).toArray(double[][]::new));
        }
    }

    /** The adaptive weights of the nine markers at some ages, {@code [9][ages]}; they sum to 1 at every age. */
    public double[][] weights(double[] ages) {
        int n = ages.length;
        double[][] weights = new double[mean.length][n];
        try (Tape tape = Tape.inference()) {
            Tensor w = network.weighting().forward(tape.constant(Tensor.zeros(n, mean.length)),
                    tape.constant(column(ages))).value();
            for (int j = 0; j < weights.length; j++)
                for (int i = 0; i < n; i++)
                    weights[j][i] = w.get(i, j);
        }
        return weights;
    }

    /** The weights before the age gate: about 1 for one marker, about 0 for all others. */
    public Map<Marker, Double> collapse() {
        double[] w = network.weighting().collapse();
        Map<Marker, Double> named = new LinkedHashMap<>();
        for (int j = 0; j < w.length; j++)
            named.put(Marker.NINE.get(j), w[j]);
        return named;
    }

    /**
     * Integrated gradients of the guessed age by marker, from the average person (all z = 0) by the midpoint rule. They leave
     * a gap to the difference of the two guesses: the published ratio of two z-scores jumps where the path leaves 0.
     */
    public double[] integratedGradients(double[] values, double age) {
        int p = mean.length;
        Tensor end = standardised(new double[][] {values});
        Tensor path = Tensor.zeros(STEPS, p);
        for (int t = 0; t < STEPS; t++)
            for (int j = 0; j < p; j++)
                path.set((t + .5f) / STEPS * end.get(0, j), t, j);
        double[] attributions = new double[p];
        try (Tape tape = Tape.recording(0)) {
            Variable z = tape.leaf(path);
            Variable derived = tape.leaf(PublishedNetwork.derived(path));
            Gradients gradients = tape.backward(
                    network.forward(z, derived, tape.constant(Tensor.full((float) age, STEPS, 1))).age().mean());
            Tensor direct = gradients.of(z);
            Tensor through = gradients.of(derived);
            for (int t = 0; t < STEPS; t++) {
                float[][] slopes = PublishedNetwork.derivedSlopes(path, t);
                for (int j = 0; j < p; j++) {
                    double slope = direct.get(t, j);
                    for (int k = 0; k < slopes.length; k++)
                        slope += (double) through.get(t, k) * slopes[k][j];
                    attributions[j] += slope * end.get(0, j);
                }
            }
        }
        return attributions;
    }

    Tensor standardised(double[][] values) {
        Tensor z = Tensor.zeros(values.length, mean.length);
        for (int i = 0; i < values.length; i++)
            for (int j = 0; j < mean.length; j++)
                z.set((float) ((values[i][j] - mean[j]) / sd[j]), i, j);
        return z;
    }

    static Tensor column(double[] values) {
        Tensor column = Tensor.zeros(values.length, 1);
        for (int i = 0; i < values.length; i++)
            column.set((float) values[i], i, 0);
        return column;
    }

    private static double[] doubles(Variable column) {
        float[] values = column.value().toArray();
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++)
            out[i] = values[i];
        return out;
    }
}
