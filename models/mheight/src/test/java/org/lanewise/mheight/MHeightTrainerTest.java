package org.lanewise.mheight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.WorkerPool;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeStream;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.network.SubmatrixNetwork;
import org.lanewise.mheight.training.Epoch;
import org.lanewise.mheight.training.PublishedPlan;

/** Training, evaluation and files from end to end, on next to nothing. */
class MHeightTrainerTest {
    private static final CodeShape SHAPE = new CodeShape(9, 4);
    private static final double[] CODES = new CodeStream(CodeLaw.D1, SHAPE, 77).take(0, 20);

    @TempDir
    Path folder;

    private static MHeightConfig t1(int steps) {
        MHeightConfig config = MHeightConfig.defaults().withVariant(MHeightConfig.Variant.T1)
                .withSubmatrix(new SubmatrixNetwork.Size(4, 2));
        return config.withPlans(config.published(), config.stream().shorter(steps, 32));
    }

    private static float[] predict(MHeightModel model) {
        return MHeightPredictor.of(model).log2Heights(SHAPE, CODES, 20);
    }

    @Test
    void minorsLearnTheFormula() {
        MHeightConfig config = MHeightConfig.defaults().withVariant(MHeightConfig.Variant.T2);
        config = config.withPlans(config.published(), config.stream().shorter(90, 32));
        List<Epoch> epochs = new ArrayList<>();
        MHeightModel model = new MHeightTrainer(config).listener(epochs::add).train().orElseThrow();
        MHeightEvaluation result = new MHeightEvaluator(model).evaluate(CodeLaw.D1, 500, 1);
        assertThat(result.scores()).hasSize(9);
        assertThat(result.log2Mse()).isLessThan(.05).isLessThan(result.variance() / 10);
        assertThat(result.meanMse()).isGreaterThan(result.variance() * .95);
        assertThat(result.deciles()).hasSize(10);
        assertThat(epochs).isNotEmpty();
        assertThat(epochs.getLast().metrics()).containsKeys("val_log2_mse", "val_(4,5)");
    }

    @Test
    void streamsGiveTheSameBitsForAnyThreadsInterruptedOrNot() {
        MHeightConfig config = t1(12);
        float[] whole = predict(new MHeightTrainer(config).train().orElseThrow());
        try (WorkerPool one = WorkerPool.of(1)) {
            one.run(() -> assertThat(predict(new MHeightTrainer(config).train().orElseThrow())).isEqualTo(whole));
        }
        int[] steps = new int[1];
        assertThat(new MHeightTrainer(config).checkpoints(folder).stopWhen(() -> ++steps[0] >= 5).train()).isEmpty();
        assertThat(predict(new MHeightTrainer(config).checkpoints(folder).train().orElseThrow())).isEqualTo(whole);
    }

    @Test
    void publishedNetworksTrainWithEverySwitch() {
        PublishedPlan plan = new PublishedPlan(40, .2, 2, 64, 1e-3, 1e-4, 5, 2, .1, 1e-6, true, .02, .4, true, true, 1,
                PublishedPlan.Models.TIER, false);
        MHeightConfig config = MHeightConfig.defaults().withVariant(MHeightConfig.Variant.COMPLEXITY_AWARE)
                .withPlans(plan, MHeightConfig.defaults().stream());
        MHeightModel model = new MHeightTrainer(config).train().orElseThrow();
        assertThat(((MHeightModel.Published) model).parts()).extracting(MHeightModel.Part::name)
                .containsExactly("easy", "medium", "hard");
        float[] y = predict(model);
        assertThat(y[0]).isNaN(); // m = 1 is no group of the published network
        for (int m = 2; m <= 5; m++) assertThat(y[m - 1]).isBetween(1f, 40f);
    }

    @Test
    void modelsComeBackFromTheirFiles() throws IOException {
        MHeightModel model = new MHeightTrainer(t1(3)).train().orElseThrow();
        MHeightArtifacts.save(model, folder);
        assertThat(predict(MHeightArtifacts.load(folder))).isEqualTo(predict(model));
        assertThat(MHeightArtifacts.load(folder).config()).isEqualTo(model.config());
        Path json = folder.resolve("model.json");
        String text = Files.readString(json);
        Files.writeString(json, text.replace("\"version\" : 1", "\"version\" : 9"));
        assertThatThrownBy(() -> MHeightArtifacts.load(folder)).hasMessageContaining("version 9 is newer");
        Files.writeString(json, text.replace("\"channels\" : 4", "\"channels\" : 5"));
        assertThatThrownBy(() -> MHeightArtifacts.load(folder)).hasMessageContaining("model.json: damaged");
        assertThatThrownBy(() -> MHeightPredictor.of(model).log2Heights(new CodeShape(8, 4), new double[16], 1))
                .hasMessageContaining("not n = 8, k = 4");
    }
}
