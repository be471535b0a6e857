package org.lanewise.henaw.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.features.FeatureLayout;

/**
 * The sizes of a {@link HenawNetwork}.
 *
 * @param layout  of its input
 * @param systems positions of the markers of each system
 * @param embed   E, the width of a marker's encoding
 * @param hidden  H, the width of the individual path
 * @param gate    hidden units of the weights' gate
 * @param joint   units where the paths meet
 * @param outputs 1 or 2
 */
record NetworkShape(FeatureLayout layout, List<int[]> systems, int embed, int hidden, int gate, int joint,
        int outputs) {
    static NetworkShape of(FeatureLayout layout, List<int[]> systems, Map<String, Tensor> state) {
        return new NetworkShape(layout, systems, state.get("encode2").size(2), state.get("alone1.weight").size(0),
                state.get("gate_in.weight").size(0), state.get("output.weight").size(1),
                state.get("output.weight").size(0));
    }

    int markers() {
        return layout.markers();
    }

    /** The most tokens that attend to one another. */
    int most() {
        return Math.max(systems.stream().mapToInt(s -> s.length).max().orElseThrow(), systems.size());
    }

    /** Units that leave an attention over {@code k} tokens: the tokens, and, when there are several, their mixtures. */
    int attended(int k) {
        return (k == 1 ? 1 : 2 * k) * embed;
    }

    /** Units that enter the joint layer. */
    int joined() {
        return attended(systems.size()) + hidden / 2 + joint;
    }

    /** A layer with a bias. */
    record Layer(int in, int out) {
        int size() {
            return in * out + out;
        }
    }

    /** All layers in the order of evaluation. */
    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(layout.context(), gate));
        layers.add(new Layer(gate, markers()));
        for (int j = 0; j < markers(); j++) {
            layers.add(new Layer(2, embed));
            layers.add(new Layer(embed, embed));
        }
        for (int[] system : systems) {
            if (system.length > 1)
                layers.add(new Layer(embed, embed));
            layers.add(new Layer(attended(system.length), embed));
        }
        if (systems.size() > 1)
            layers.add(new Layer(embed, embed));
        layers.add(new Layer(markers() + layout.context(), hidden));
        layers.add(new Layer(hidden, hidden / 2));
        layers.add(new Layer(FeatureLayout.INTERACTIONS, joint));
        layers.add(new Layer(joined(), joint));
        layers.add(new Layer(joint, outputs));
        layers.add(new Layer(layout.skip(), 1));
        return layers;
    }

    /** Multiply-adds of one evaluation: each weight's, and attention's scores and mixtures. */
    long multiplyAdds() {
        long total = layers().stream().mapToLong(l -> (long) l.in() * l.out()).sum();
        for (int s = 0; s <= systems.size(); s++) {
            int k = s < systems.size() ? systems.get(s).length : systems.size();
            total += k == 1 ? 0 : 2L * k * k * embed;
        }
        return total;
    }
}
