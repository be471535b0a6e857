package org.lanewise.cli.mheight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.Captured;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.mheight.MHeightConfig;
import org.lanewise.mheight.MHeightTrainer;
import org.lanewise.mheight.training.StreamPlan;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** {@code mheight train --resume} after an interruption, with the same settings and with others. */
class TrainResumeTest {
    @TempDir
    Path folder;

    private static Captured train(Path out, String... more) {
        String[] fixed = {"mheight", "train", "--variant", "t2", "--set", "stream.codes=32", "--set",
                "stream.validateEvery=5", "--set", "stream.validationCodes=64", "--test", "100", "--quiet", "--out",
                out.toString()};
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return Captured.run(all);
    }

    @Test
    void goesOnWithTheSameSettingsOnly() throws IOException {
        Path whole = folder.resolve("whole");
        assertThat(train(whole, "--steps", "30").out()).contains("times its floor", "GFLOP", "trained in")
                .doesNotContain("before it was resumed");
        Path left = folder.resolve("left");
        leave(left, 13);

        Captured other = train(left, "--steps", "40", "--resume");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err().lines()).singleElement().asString().contains("stream.steps is 40", "begun with 30");

        Captured same = train(left, "--steps", "30", "--resume");
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.out()).contains("before it was resumed");
        assertThat(Files.readAllBytes(left.resolve("model/weights.safetensors")))
                .isEqualTo(Files.readAllBytes(whole.resolve("model/weights.safetensors")));
        JsonNode metrics = JsonFiles.read(left.resolve("metrics.json"));
        assertThat(metrics.get("epochs").asInt()).isEqualTo(6);
        assertThat(metrics.get("steps").asInt()).isEqualTo(30);
        assertThat(metrics.get("training_seconds").asDouble()).isPositive();
        for (String figure : new String[] {"seconds", "flops", "peak_flops", "floor_seconds", "times_floor"})
            assertThat(metrics.at("/step/" + figure).asDouble()).as(figure).isPositive();
        assertThat(Files.readString(left.resolve("report.html"))).contains("times its floor");
    }

    /** As Ctrl-C would. */
    private static void leave(Path out, int steps) {
        StreamPlan plan = StreamPlan.ofMinors();
        MHeightConfig config = MHeightConfig.defaults().withVariant(MHeightConfig.Variant.T2);
        config = config.withPlans(config.published(), new StreamPlan(30, 32, plan.rate(), plan.decay(), plan.warmUp(),
                plan.clip(), plan.average(), 5, 64));
        int[] done = new int[1];
        try (RunDirectory run = RunDirectory.open(out)) {
            run.begin(config, Provenance.of("mheight train"), false);
            assertThat(new MHeightTrainer(config).checkpoints(run.checkpoint()).stopWhen(() -> ++done[0] >= steps)
                    .train()).isEmpty();
        }
    }
}
