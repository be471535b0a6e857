package org.lanewise.henaw.selection;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.PackedEnsemble;
import org.lanewise.henaw.training.MemberTraining;
import org.lanewise.henaw.training.Task;
import org.lanewise.henaw.training.TrainingControl;
import org.lanewise.tabular.Split;

/** One fold: trains networks without its held-out people and keeps what they say of those. */
final class Fold {
    private final Cohort train;
    private final Cohort test;
    private final List<Marker> markers;
    private final double horizon;
    private final Rng rng;
    private final String name;
    private final Map<SkipBasis.Kind, Inputs> inputs = new HashMap<>();
    private final Map<Network, Guess> guesses = new ConcurrentHashMap<>();

    private record Inputs(HenawFeatures features, float[] rows) {}

    private record Network(EnsembleConfig recipe, int member) {}

    private record Guess(float[] logHazard, int parameters, double kept) {}

    Fold(Cohort people, Split.Fold split, List<Marker> markers, double horizon, Rng rng, String name) {
        this.train = people.select(split.train());
        this.test = people.select(split.test());
        this.markers = markers;
        this.horizon = horizon;
        this.rng = rng;
        this.name = name;
    }

    Cohort train() {
        return train;
    }

    Cohort test() {
        return test;
    }

    double horizon() {
        return horizon;
    }

    /** Trains one network, or takes it from its checkpoint; leaves nothing when stopped. */
    void train(EnsembleConfig recipe, int member, Path checkpoints, BooleanSupplier stop, IntConsumer listener) {
        Inputs x = inputs(recipe.basis());
        int[] rows = IntStream.range(0, train.size()).toArray();
        if (recipe.crossFit()) {
            int[] order = rng.stream("parts").permutation(rows.length);
            rows = IntStream.range(0, order.length).filter(k -> k % recipe.members() != member).map(k -> order[k])
                    .sorted().toArray();
        }
        String network = name + "-" + UUID.nameUUIDFromBytes(recipe.toString().getBytes(StandardCharsets.UTF_8)) + "-"
                + member;
        Map<String, Tensor> state = new MemberTraining(x.features, recipe,
                Task.Mortality.of(train.time(), train.event(), horizon), x.rows, rows, rng.stream("member " + member))
                .run(member, new TrainingControl(checkpoints, stop, _ -> listener.accept(1)).within(network))
                .orElse(null);
        if (state == null)
            return;
        float[] linear = state.get("skip.weight").toArray();
        int zero = (int) IntStream.range(0, linear.length).filter(c -> linear[c] == 0).count();
        int all = state.values().stream().mapToInt(Tensor::numel).sum();
        guesses.put(new Network(recipe, member), new Guess(
                new PackedEnsemble(x.features, List.of(state)).evaluate(test)[0], all - zero,
                1 - zero / (double) linear.length));
    }

    private synchronized Inputs inputs(SkipBasis.Kind basis) {
        return inputs.computeIfAbsent(basis, kind -> {
            HenawFeatures features = HenawFeatures.fit(train, markers, true, kind);
            return new Inputs(features, features.write(train));
        });
    }

    /** Lets go of what only training needs. */
    void release() {
        inputs.clear();
    }

    int trained() {
        return guesses.size();
    }

    /** Mean log hazard of the held-out people over the first members. */
    double[] logHazard(EnsembleConfig recipe, int members) {
        double[] mean = new double[test.size()];
        for (int m = 0; m < members; m++) {
            float[] mine = guesses.get(new Network(recipe, m)).logHazard;
            for (int i = 0; i < mean.length; i++)
                mean[i] += mine[i] / members;
        }
        return mean;
    }

    /** Parameters of the first members that are not zero. */
    double parameters(EnsembleConfig recipe, int members) {
        return IntStream.range(0, members).mapToDouble(m -> guesses.get(new Network(recipe, m)).parameters).sum();
    }

    /** Share of the linear path that is not zero. */
    double kept(EnsembleConfig recipe, int members) {
        return IntStream.range(0, members).mapToDouble(m -> guesses.get(new Network(recipe, m)).kept).sum() / members;
    }
}
