package org.lanewise.cli.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.Captured;
import org.lanewise.engine.WorkerPool;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.table.ColumnRoles;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.linear.table.Preparation;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.io.DataFiles;
import tools.jackson.databind.JsonNode;

/** The verbs from end to end. */
class LinearCommandsTest {
    @TempDir
    static Path folder;
    private static Path data;
    private static Path run;

    @BeforeAll
    static void trainOnce() throws Exception {
        data = folder.resolve("rows.csv");
        run = folder.resolve("run");
        StringBuilder text = new StringBuilder("id,a,b,kind,y\n");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 120; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            String kind = random.nextBoolean() ? "red" : "blue";
            double y = a + (kind.equals("red") ? 1 : 0) + 0.3 * random.nextGaussian();
            text.append("r" + i + "," + a + "," + (i % 9 == 0 ? "" : b) + "," + kind + "," + y + "\n");
        }
        Files.writeString(data, text);
        ok("train", "--data", data.toString(), "--target", "y", "--id", "id", "--test", data.toString(), "--out",
                run.toString(), "--set", "alphas=30", "--folds", "4");
    }

    private static Captured ok(String... args) {
        Captured captured = linear(args);
        assertThat(captured.code()).as(captured.err()).isZero();
        return captured;
    }

    private static Captured linear(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "linear";
        System.arraycopy(args, 0, all, 1, args.length);
        return Captured.run(all);
    }

    private static void refused(Captured captured, String... parts) {
        assertThat(captured.code()).as(captured.err()).isEqualTo(2);
        assertThat(captured.out()).isEmpty();
        assertThat(captured.err().lines()).singleElement().asString().contains(parts);
    }

    @Test
    void aTrainingLeavesItsWholeDirectory() {
        JsonNode metrics = JsonFiles.read(run.resolve("metrics.json"));
        for (String block : new String[] {"train", "valid", "test"}) {
            assertThat(metrics.path(block).path("r2").asDouble()).isBetween(0.8, 1.0);
            assertThat(metrics.path(block).path("baseline").path("rmse").asDouble()).isGreaterThan(0.8);
        }
        assertThat(metrics.path("duality_gap").asDouble()).isLessThanOrEqualTo(1e-4);
        for (String block : new String[] {"valid", "test"}) {
            assertThat(metrics.path(block).path("intervals").path("rmse").get(0).asDouble())
                    .isLessThan(metrics.path(block).path("rmse").asDouble());
            assertThat(metrics.path(block).path("gain").path("rmse").get(1).asDouble()).isNegative();
            assertThat(metrics.path(block).path("baseline").path("intervals").path("rmse").size()).isEqualTo(2);
        }
        assertThat(run.resolve("model/model.json")).exists();
        assertThat(run.resolve("model/weights.safetensors")).exists();
        assertThat(run.resolve("checkpoint")).doesNotExist();
        assertThat(run.resolve("tb")).isNotEmptyDirectory();
        assertThat(run.resolve("report.html")).content().contains("Choice of alpha").contains("kind=red")
                .contains("1 SE").contains("<td>kind</td><td>red</td><td>level</td>").contains("Residuals");
        assertThat(JsonFiles.read(run.resolve("config.json")).at("/settings/alphas").asInt()).isEqualTo(30);
    }

    @Test
    void predictAndEvalAgreeWithTraining() throws Exception {
        Path out = folder.resolve("predictions.csv");
        ok("predict", "--model", run.resolve("model").toString(), "--data", data.toString(), "--out", out.toString());
        assertThat(Files.readAllLines(out)).hasSize(121).first().isEqualTo("id,prediction");
        ok("eval", "--model", run.resolve("model").toString(), "--data", data.toString(), "--out",
                folder.resolve("eval").toString());
        assertThat(JsonFiles.read(folder.resolve("eval/metrics.json")).path("test"))
                .isEqualTo(JsonFiles.read(run.resolve("metrics.json")).path("test"));
    }

    @Test
    void cvAndPathShowWhatTheyFind() throws Exception {
        assertThat(ok("cv", "--data", data.toString(), "--target", "y", "--id", "id", "--set", "alphas=10", "--out",
                folder.resolve("cv").toString()).out()).contains("least");
        Path out = folder.resolve("path.csv");
        ok("path", "--data", data.toString(), "--target", "y", "--id", "id", "--set", "alphas=10", "--out",
                out.toString());
        assertThat(Files.readAllLines(out)).first().isEqualTo("alpha,output,column,coefficient");
    }

    /** What was written, but for times. */
    private static String withoutTimes(Path file) throws Exception {
        return Files.readString(file).replaceAll("\"(seconds|started|model)\" : [^\\n]*", "");
    }

    @Test
    void theSameBitsForAnyNumberOfThreadsAndWhenResumed() throws Exception {
        String[] base = {"train", "--data", data.toString(), "--target", "y", "--id", "id", "--set", "alphas=12",
                "--folds", "4", "--quiet"};
        Path one = folder.resolve("one");
        Path three = folder.resolve("three");
        ok(with(base, "--out", one.toString(), "--threads", "1"));
        ok(with(base, "--out", three.toString(), "--threads", "3"));
        for (String file : new String[] {"metrics.json", "model/model.json"})
            assertThat(withoutTimes(three.resolve(file))).isEqualTo(withoutTimes(one.resolve(file)));
        assertThat(three.resolve("model/weights.safetensors")).hasSameBinaryContentAs(
                one.resolve("model/weights.safetensors"));
        refused(linear(with(base, "--out", one.toString(), "--resume")), "no interrupted training");

        // As if it had been killed after two paths: their files are there, no results.
        Path resumed = folder.resolve("resumed");
        JsonNode config = JsonFiles.read(one.resolve("config.json"));
        Files.createDirectories(resumed.resolve("checkpoint"));
        JsonFiles.write(resumed.resolve("config.json"), config);
        LinearConfig settings = new LinearConfig(LinearConfig.TargetFamily.AUTO, 0.5, 1, 12, 0, List.of(), true,
                true, true, 1e-4, 4, ElasticNetCv.AlphaRule.MIN, 1, Preparation.defaults(), 1);
        AtomicInteger asked = new AtomicInteger();
        try (WorkerPool pool = WorkerPool.of(1)) {
            assertThat(pool.call(() -> new LinearTrainer(settings).checkpoints(resumed.resolve("checkpoint"))
                    .stopWhen(() -> asked.incrementAndGet() > 2)
                    .train(DataFiles.read(data), ColumnRoles.target("y").withId("id"), Map.of()))).isEmpty();
        }
        assertThat(resumed.resolve("checkpoint")).isNotEmptyDirectory();
        refused(linear(with(base, "--out", resumed.toString(), "--resume", "--set", "l1Ratio=1")), "l1Ratio");
        ok(with(base, "--out", resumed.toString(), "--resume"));
        assertThat(withoutTimes(resumed.resolve("metrics.json"))).isEqualTo(withoutTimes(one.resolve("metrics.json")));
        assertThat(resumed.resolve("model/weights.safetensors")).hasSameBinaryContentAs(
                one.resolve("model/weights.safetensors"));
    }

    private static String[] with(String[] args, String... more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aSearchKeepsWhatTheCommandLineSets() throws Exception {
        Path out = folder.resolve("searched");
        ok("train", "--data", data.toString(), "--target", "y", "--id", "id", "--set", "alphas=10", "--set", "gamma=1",
                "--folds", "3", "--search", "3", "--out", out.toString(), "--quiet");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.at("/search/trials").asInt()).isEqualTo(3);
        assertThat(metrics.at("/search/score").asDouble())
                .isLessThanOrEqualTo(metrics.at("/search/score_as_given").asDouble());
        assertThat(metrics.at("/held_out_deviance").asDouble()).isEqualTo(metrics.at("/search/score").asDouble());
        assertThat(JsonFiles.read(out.resolve("config.json")).at("/settings/gamma").asInt()).isEqualTo(1);
        assertThat(out.resolve("report.html")).content().contains("Search for settings");
    }
}
