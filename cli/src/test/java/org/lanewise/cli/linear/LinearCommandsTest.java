package org.lanewise.cli.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.Captured;
import org.lanewise.tabular.JsonFiles;
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
        assertThat(run.resolve("model/model.json")).exists();
        assertThat(run.resolve("report.html")).content().contains("Choice of alpha").contains("kind=red");
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

    @Test
    void badInputIsOneLine() throws Exception {
        Path none = folder.resolve("none");
        refused(linear("train", "--data", data.toString(), "--target", "z", "--out", none.toString()),
                "no such column");
        refused(linear("train", "--data", data.toString(), "--target", "y", "--set", "l1Ratio=2", "--out",
                none.toString()), "l1Ratio must lie between 0 and 1");
        refused(linear("predict", "--model", none.toString(), "--data", data.toString()), "model.json");
        Path other = folder.resolve("other.csv");
        Files.writeString(other, "a,kind\n1,red\n");
        refused(linear("predict", "--model", run.resolve("model").toString(), "--data", other.toString(), "--out",
                folder.resolve("p.csv").toString()), "column \"b\": needed by the model");
        assertThat(folder.resolve("p.csv")).doesNotExist();
    }
}
