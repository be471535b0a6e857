package org.lanewise.cli.boost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.cli.Captured;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.csv.Csv;
import tools.jackson.databind.JsonNode;

/** Files that are odd are used, those that are wrong are refused in one line, and nothing is left behind. */
class OddInputTest {
    @TempDir
    static Path folder;
    private static Path data;
    private static Path model;

    @BeforeAll
    static void trainOnce() throws IOException {
        data = write("data.csv", "x,city,same,none,y", 300, "");
        model = folder.resolve("run/model");
        ok("train", "--data", data.toString(), "--target", "y", "--out", folder.resolve("run").toString(), "--set",
                "trees=20", "--linear", "never", "--quiet");
    }

    /** Two columns that tell something, one constant, one without a value. */
    private static Path write(String name, String header, int rows, String last) throws IOException {
        Rng rng = Rng.of(1);
        StringBuilder text = new StringBuilder(header + "\n");
        for (int i = 0; i < rows; i++) {
            double x = rng.nextGaussian();
            String city = i % 3 == 0 ? "oslo" : "rome";
            text.append(String.format(Locale.ROOT, "%.3f,%s,1,,%.3f%n", x, city,
                    x + (i % 3 == 0 ? 1 : 0) + 0.1 * rng.nextGaussian()));
        }
        return Files.writeString(folder.resolve(name), text + last);
    }

    private static Captured boost(String... args) {
        return Captured.run(Stream.concat(Stream.of("boost"), Stream.of(args)).toArray(String[]::new));
    }

    private static Captured ok(String... args) {
        Captured run = boost(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static void refused(Captured run, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(parts);
    }

    private static void trainRefused(Path file, String target, String... parts) {
        Path out = folder.resolve("never");
        refused(boost("train", "--data", file.toString(), "--target", target, "--out", out.toString(), "--quiet"),
                parts);
        assertThat(out).doesNotExist();
    }

    @Test
    void columnsThatTellNothingAreNoTrouble() {
        JsonNode metrics = JsonFiles.read(folder.resolve("run/metrics.json"));
        assertThat(metrics.at("/test/r2").asDouble()).isGreaterThan(0.7);
    }

    @Test
    void leavesMayBeLinear() {
        Path out = folder.resolve("linear");
        ok("train", "--data", data.toString(), "--target", "y", "--out", out.toString(), "--set", "trees=20", "--set",
                "linear.enabled=true", "--set", "linear.lambda=1", "--quiet");
        assertThat(JsonFiles.read(out.resolve("metrics.json")).at("/test/r2").asDouble()).isGreaterThan(0.7);
    }

    @Test
    void onlyConstantColumnsPredictTheMean() throws IOException {
        StringBuilder text = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 60; i++) text.append("1,,").append(i % 5).append('\n');
        Path file = Files.writeString(folder.resolve("constant.csv"), text);
        Path out = folder.resolve("constant");
        ok("train", "--data", file.toString(), "--target", "y", "--out", out.toString(), "--quiet");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.at("/best_round").asInt()).isZero();
        assertThat(metrics.at("/test/rmse").asDouble()).isEqualTo(metrics.at("/test/baseline/rmse").asDouble());
        refused(boost("explain", "--model", out.resolve("model").toString(), "--data", folder.resolve("no.csv")
                .toString()), "no.csv");
    }

    @Test
    void infiniteFeaturesAreNumbersAndInfiniteTargetsAreRefused() throws IOException {
        Path file = write("infinite.csv", "x,city,same,none,y", 200, "inf,oslo,1,,3\n-inf,rome,1,,-3\n");
        ok("train", "--data", file.toString(), "--target", "y", "--out", folder.resolve("infinite").toString(),
                "--set", "trees=5", "--set", "testFraction=0", "--quiet");
        trainRefused(write("bad.csv", "x,city,same,none,y", 200, "1,oslo,1,,inf\n"), "y", "bad.csv", "201", "\"y\"",
                "finite");
    }

    @Test
    void tooLittleToLearnFromIsRefused() throws IOException {
        trainRefused(write("header.csv", "x,city,same,none,y", 0, ""), "y", "header.csv", "no rows");
        trainRefused(write("one.csv", "x,city,same,none,y", 1, ""), "y", "one.csv", "row");
        trainRefused(write("class.csv", "x,city,same,none,y", 30, ""), "same", "class.csv", "\"same\"", "1 different");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x,city,x,none,y", "x,city,same,none"})
    void headersThatDoNotFitAreRefused(String header) throws IOException {
        trainRefused(write("header.csv", header, 5, ""), "y", "header.csv");
    }

    @Test
    void aRowTooLongOrTooShortIsNamed() throws IOException {
        trainRefused(write("long.csv", "x,city,same,none,y", 4, "1,oslo,1,,2,3\n"), "y", "long.csv", "5");
        trainRefused(write("short.csv", "x,city,same,none,y", 4, "1,oslo\n"), "y", "short.csv", "5");
    }

    @Test
    void aSettingThatIsNotThereIsAnsweredByTheNearest() {
        Path out = folder.resolve("never");
        refused(boost("train", "--data", data.toString(), "--target", "y", "--out", out.toString(), "--set",
                "learning_rat=0.1"), "learning_rat", "did you mean 'learningRate'");
        refused(boost("train", "--data", data.toString(), "--target", "z", "--out", out.toString()), "data.csv",
                "\"z\"");
        refused(boost("train", "--data", data.toString(), "--target", "y", "--out", out.toString(), "--resume"),
                "--resume", "no interrupted training");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatAModelDoesNotKnowIsNotedAndWhatItNeedsIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("paris.csv"), "x,city,same,none\n0.5,paris,1,\n");
        Path out = folder.resolve("paris-out.csv");
        assertThat(ok("predict", "--model", model.toString(), "--data", file.toString(), "--out", out.toString()).err())
                .contains("paris");
        assertThat(Csv.read(out).rows()).isEqualTo(1);
        Path never = folder.resolve("never");
        refused(boost("eval", "--model", model.toString(), "--data", file.toString(), "--out", never.toString()),
                "\"y\"");
        assertThat(never).doesNotExist();
    }

    @Test
    void damagedModelsAreRefused() throws IOException {
        Path broken = folder.resolve("broken");
        Path out = folder.resolve("never.csv");
        for (String name : new String[] {"trees.safetensors", "model.json", "data.json"}) {
            Files.createDirectories(broken);
            for (String part : new String[] {"trees.safetensors", "model.json", "data.json"})
                Files.write(broken.resolve(part), Files.readAllBytes(model.resolve(part)));
            byte[] bytes = Files.readAllBytes(broken.resolve(name));
            Files.write(broken.resolve(name), java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
            refused(predict(broken, out), name);
        }
        Files.write(broken.resolve("data.json"), Files.readAllBytes(model.resolve("data.json")));
        edit(broken.resolve("data.json"), "REGRESSION", "GUESSING");
        refused(predict(broken, out), "data.json", "GUESSING");
        Files.write(broken.resolve("data.json"), Files.readAllBytes(model.resolve("data.json")));
        edit(broken.resolve("data.json"), "REGRESSION", "BINARY");
        refused(predict(broken, out), "data.json", "classes");
        assertThat(out).doesNotExist();
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static Captured predict(Path from, Path out) {
        return boost("predict", "--model", from.toString(), "--data", data.toString(), "--out", out.toString());
    }
}
