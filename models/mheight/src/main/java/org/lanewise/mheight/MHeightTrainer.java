package org.lanewise.mheight;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.lanewise.engine.Backend;
import org.lanewise.engine.Rng;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.data.HeightSplit;
import org.lanewise.mheight.data.LabelControl;
import org.lanewise.mheight.network.SubmatrixNetwork;
import org.lanewise.mheight.network.HeightNetwork;
import org.lanewise.mheight.network.MinorNetwork;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.Epoch;
import org.lanewise.mheight.training.PublishedPlan;
import org.lanewise.mheight.training.PublishedTraining;
import org.lanewise.mheight.training.RowFeatures;
import org.lanewise.mheight.training.StreamTraining;
import org.lanewise.mheight.training.Tier;
import org.lanewise.mheight.training.TrainingControl;
import org.lanewise.mheight.training.TrainingCost;

/**
 * Trains a model on codes it generates.
 *
 * <pre>{@code
 * MHeightModel model = new MHeightTrainer(MHeightConfig.defaults()).train().orElseThrow();
 * }</pre>
 *
 * The same configuration gives the same bits, for any number of threads, resumed or not.
 */
public final class MHeightTrainer {
    /** Codes of each shape from which the constants for the streams' models come. */
    private static final int MEAN_ROWS = 4096;

    private final MHeightConfig config;
    private TrainingControl control = new TrainingControl(null, TrainingControl.NONE.stop(),
            TrainingControl.NONE.listener(), this::add);
    private TrainingCost cost = TrainingCost.NONE;

    public MHeightTrainer(MHeightConfig config) {
        this.config = config;
    }

    /** Where the state of the training is kept, so that it can be resumed. */
    public MHeightTrainer checkpoints(Path folder) {
        control = new TrainingControl(folder, control.stop(), control.listener(), control.costs());
        return this;
    }

    /** Asked after every step; once true, the training is left as it is. */
    public MHeightTrainer stopWhen(BooleanSupplier stop) {
        control = new TrainingControl(control.checkpoints(), stop, control.listener(), control.costs());
        return this;
    }

    /** Told of every epoch. */
    public MHeightTrainer listener(Consumer<Epoch> listener) {
        control = new TrainingControl(control.checkpoints(), control.stop(), listener, control.costs());
        return this;
    }

    /** Epochs of all networks together, at most. */
    public int totalEpochs() {
        if (config.variant().isStream())
            return (config.stream().steps() + config.stream().validateEvery() - 1) / config.stream().validateEvery();
        return config.published().epochs() * config.published().members() * partition().size();
    }

    private void add(TrainingCost one) {
        cost = cost.plus(one);
    }

    /** What the last {@link #train} took, and the parts before it that it went on from. */
    public TrainingCost cost() {
        return cost;
    }

    /**
     * The model, or nothing if stopped before the end.
     *
     * @throws org.lanewise.tabular.BadInputException if the checkpoints are of a training with other settings
     */
    public Optional<MHeightModel> train() {
        long begun = System.nanoTime();
        if (control.checkpoints() != null) CheckpointFolder.claim(control.checkpoints(), config);
        cost = TrainingCost.NONE;
        Optional<MHeightModel> model = config.variant().isStream() ? endless() : rows();
        cost = cost.withLastPart((System.nanoTime() - begun) / 1e9);
        return model;
    }

    private Optional<MHeightModel> endless() {
        HeightNetwork network = network(config);
        boolean ended = new StreamTraining(config.stream(), config.law(), config.seed()).run(name(), network,
                control.within("stream"));
        if (!ended) return Optional.empty();
        double[] means = HeightRows.draw(config.law(), Group.PUBLISHED, MEAN_ROWS, config.seed()).means();
        return Optional.of(new MHeightModel.Stream(config, network, means, provenance()));
    }

    /** A new network of a variant that learns from endless codes. */
    static HeightNetwork network(MHeightConfig config) {
        return config.variant() == MHeightConfig.Variant.T1
                ? new SubmatrixNetwork(config.submatrix(), Rng.of(config.seed()).stream("initial"))
                : new MinorNetwork();
    }

    private Optional<MHeightModel> rows() {
        PublishedPlan plan = config.published();
        HeightSplit split = SplitEvaluator.split(config);
        RowFeatures features = RowFeatures.fit(split.train());
        HeightRows shown = plan.interpolation() > 0
                ? LabelControl.interpolated(split.train(), plan.interpolation(), config.seed())
                : split.train();
        List<MHeightModel.Part> parts = new ArrayList<>();
        for (Map.Entry<String, List<Group>> part : partition().entrySet()) {
            HeightSplit mine = new HeightSplit(of(shown, part.getValue()), of(split.valid(), part.getValue()));
            List<PublishedNetwork> members = new ArrayList<>();
            for (int member = 0; member < plan.members(); member++) {
                String name = part.getKey() + (plan.members() > 1 ? "-" + member : "");
                Optional<PublishedNetwork> network = new PublishedTraining(plan, config.variant().form(),
                        config.seed() + member).run(name, mine, features, control.within(name));
                if (network.isEmpty()) return Optional.empty();
                members.add(network.get());
            }
            parts.add(new MHeightModel.Part(part.getKey(), part.getValue(), members));
        }
        return Optional.of(new MHeightModel.Published(config, features, parts, split.train().means(), provenance()));
    }

    private static HeightRows of(HeightRows rows, List<Group> groups) {
        return rows.select(IntStream.range(0, rows.size())
                .filter(i -> groups.contains(rows.groups().get(rows.group()[i]))).toArray());
    }

    /** Which groups share a network. */
    private Map<String, List<Group>> partition() {
        Map<String, List<Group>> parts = new LinkedHashMap<>();
        for (Group group : Group.PUBLISHED) {
            String name = switch (config.published().models()) {
                case ONE -> name();
                case TIER -> Tier.of(group).name().toLowerCase(java.util.Locale.ROOT);
                case GROUP -> "k" + group.k() + "m" + group.m();
            };
            parts.computeIfAbsent(name, _ -> new ArrayList<>()).add(group);
        }
        return parts;
    }

    private String name() {
        return config.variant().label();
    }

    private Map<String, String> provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("seed", Long.toString(config.seed()));
        facts.put("codes", config.law().name());
        facts.put("kernels", Backend.active().name());
        return facts;
    }
}
