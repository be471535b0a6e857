package org.lanewise.mheight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.network.SubmatrixNetwork;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.Epoch;
import org.lanewise.mheight.training.PublishedPlan;
import org.lanewise.mheight.training.TrainingCost;
import org.lanewise.optim.CheckpointException;
import org.lanewise.tabular.BadInputException;

/** Trainings that are interrupted and go on: the bits, the history and the bill of those that were not. */
class ResumedTrainingTest {
    private static final int BATCH = 32;
    /** 145 training rows make four steps of an epoch. */
    private static final int STEPS = 4;

    @TempDir
    Path folder;

    /** Two networks of two epochs with everything random there is. */
    private static MHeightConfig ensemble() {
        PublishedPlan plan = new PublishedPlan(20, .2, 2, BATCH, 1e-3, 1e-4, 5, 2, .2, 1e-6, true, .02, 0, true, true,
                2,
                PublishedPlan.Models.ONE, false);
        return MHeightConfig.defaults().withVariant(MHeightConfig.Variant.PUBLISHED_B).withPlans(plan,
                MHeightConfig.defaults().stream());
    }

    private static List<PublishedNetwork> members(MHeightModel model) {
        return ((MHeightModel.Published) model).parts().getFirst().members();
    }

    @Test
    void anEnsembleLeftWithinAnEpoch() {
        List<Map<String, Double>> history = new ArrayList<>();
        List<PublishedNetwork> whole = members(new MHeightTrainer(ensemble())
                .listener(e -> history.add(e.metrics())).train().orElseThrow());

        int[] done = new int[1];
        assertThat(new MHeightTrainer(ensemble()).checkpoints(folder).stopWhen(() -> ++done[0] >= 3 * STEPS + 2)
                .train()).isEmpty(); // in the second network's second epoch
        List<Epoch> told = new ArrayList<>();
        MHeightTrainer trainer = new MHeightTrainer(ensemble()).checkpoints(folder).listener(told::add);
        List<PublishedNetwork> resumed = members(trainer.train().orElseThrow());

        for (int i = 0; i < 2; i++) {
            Map<String, Tensor> before = whole.get(i).stateDict();
            resumed.get(i).stateDict().forEach((name, tensor) -> assertThat(
                    Arrays.equals(tensor.toArray(), before.get(name).toArray())).as(name).isTrue());
        }
        assertThat(told).extracting(Epoch::metrics).isEqualTo(history);
        // groups' weights are in the loss and not in the error
        assertThat(history.getFirst().get("train_loss")).isGreaterThan(1.2 * history.getFirst().get(Epoch.TRAINING));
        assertThat(told).extracting(Epoch::earlier).containsExactly(true, true, true, false);
        TrainingCost cost = trainer.cost();
        assertThat(cost.epochs()).isEqualTo(4);
        assertThat(cost.steps()).isEqualTo(4 * STEPS);
        assertThat(cost.earlierSeconds()).isPositive().isLessThan(cost.seconds());
        assertThat(cost.lowSeconds()).isPositive().isLessThanOrEqualTo(cost.stepSeconds());
        assertThat(cost.stepFlops()).isEqualTo(3 * BATCH * whole.getFirst().flops());
    }

    @Test
    void withoutWeightsAndPenaltyTheLossIsThePlainError() {
        MHeightConfig defaults = MHeightConfig.defaults();
        List<Epoch> epochs = new ArrayList<>();
        new MHeightTrainer(defaults.withPlans(PublishedPlan.defaults().shorter(10, 1), defaults.stream()))
                .listener(epochs::add).train().orElseThrow();
        Map<String, Double> metrics = epochs.getFirst().metrics();
        assertThat(metrics.get(Epoch.TRAINING)).isCloseTo(metrics.get("train_loss"), within(1e-4));
    }

    private static MHeightConfig t1(int copies) {
        MHeightConfig config = MHeightConfig.defaults().withVariant(MHeightConfig.Variant.T1)
                .withSubmatrix(new SubmatrixNetwork.Size(4, copies));
        return config.withPlans(config.published(), config.stream().shorter(12, 32));
    }

    @Test
    void checkpointsOfOtherSettingsAreRefused() throws IOException {
        assertThat(new MHeightTrainer(t1(2)).checkpoints(folder).stopWhen(() -> true).train()).isEmpty();
        assertRefused(t1(3), "config.json", "submatrix.copies is 3, there 2");
        assertRefused(t1(2).withSeed(7), "seed is 7, there 42");
        assertRefused(MHeightConfig.defaults(), "variant is \"PUBLISHED_A\", there \"T1\"");
        Files.delete(folder.resolve("config.json"));
        assertThatThrownBy(() -> new MHeightTrainer(t1(2).withSeed(7)).checkpoints(folder).train())
                .isInstanceOf(CheckpointException.class).hasMessageContaining("last.safetensors")
                .hasMessageContaining("other settings").hasMessageNotContaining("\n");
    }

    private void assertRefused(MHeightConfig config, String... parts) {
        assertThatThrownBy(() -> new MHeightTrainer(config).checkpoints(folder).train())
                .isInstanceOf(BadInputException.class).message().contains(parts).doesNotContain("\n");
    }
}
