package org.lanewise.henaw.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.synth.RepairedGenerator;

/** The packed derivative against the tape's, on networks of random weights with systems of one, two and four markers. */
class PackedGradientTest {
    private static final Cohort PEOPLE = RepairedGenerator.generate(300, 7);
    private static final int STEPS = 64;

    private static HenawNetwork network(HenawFeatures features, int outputs, int seed) {
        HenawNetwork network = new HenawNetwork(features, 5, 8, 0, outputs, Rng.of(seed));
        // Away from the zeros and near-zeros at which training starts.
        for (Map.Entry<String, Tensor> entry : network.stateDict().entrySet())
            if (entry.getKey().startsWith("output") || entry.getKey().startsWith("skip")
                    || entry.getKey().endsWith("bias"))
                Rng.of(seed).stream(entry.getKey()).normal(entry.getValue(), 0, .5f);
        network.eval();
        return network;
    }

    @Test
    void equalsTheTapesMeanDerivative() {
        List<List<Marker>> choices = List.of(Marker.NINE, List.of(Marker.CRP, Marker.HBA1C, Marker.ALBUMIN),
                List.of(Marker.RDW));
        for (List<Marker> markers : choices)
            for (boolean usesAge : new boolean[] {true, false}) {
                HenawFeatures features = HenawFeatures.fit(PEOPLE, markers, usesAge, SkipBasis.Kind.HINGES);
                int outputs = usesAge ? 1 : 2;
                HenawNetwork a = network(features, outputs, 1);
                HenawNetwork b = network(features, outputs, 2);
                float[] from = row(features, 3);
                float[] to = row(features, 11);
                double[] packed = new PackedEnsemble(features, List.of(a.stateDict(), b.stateDict()))
                        .meanSlopes(from, to, STEPS);
                double[] first = slopes(a, from, to);
                double[] second = slopes(b, from, to);
                for (int c = 2 * markers.size() + features.layout().context(); c < packed.length; c++)
                    assertThat(packed[c]).as(markers + " column " + c)
                            .isCloseTo((first[c] + second[c]) / 2, within(2e-5));
                for (int c = markers.size(); c < 2 * markers.size(); c++)
                    assertThat(packed[c]).as(markers + " column " + c)
                            .isCloseTo((first[c] + second[c]) / 2, within(2e-5)).isNotZero();
            }
    }

    /** A person's row with the age and sex of a fifty-year-old woman. */
    private static float[] row(HenawFeatures features, int person) {
        double[] values = features.markers().stream().mapToDouble(m -> PEOPLE.value(m, person)).toArray();
        float[] row = new float[features.width()];
        features.write(values, 50, 0, row, 0, 1);
        return row;
    }

    private static double[] slopes(HenawNetwork network, float[] from, float[] to) {
        int width = from.length;
        float[] path = new float[STEPS * width];
        for (int t = 0; t < STEPS; t++)
            for (int c = 0; c < width; c++)
                path[t * width + c] = from[c] + (t + .5f) / STEPS * (to[c] - from[c]);
        try (Tape tape = Tape.recording(0)) {
            Variable x = tape.leaf(Tensor.of(path, STEPS, width));
            Gradients gradients = tape.backward(network.forward(x).slice(1, 0, 1).mean());
            float[] sum = gradients.of(x).sum(false, 0).toArray();
            double[] mean = new double[width];
            for (int c = 0; c < width; c++)
                mean[c] = sum[c];
            return mean;
        }
    }
}
