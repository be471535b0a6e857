package org.lanewise.cli.mheight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.Captured;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import tools.jackson.databind.JsonNode;

/** The verbs beside {@code exact} from end to end, on one small model. */
class MHeightCommandsTest {
    @TempDir
    static Path folder;
    private static Path run;

    @BeforeAll
    static void trainOnce() {
        run = folder.resolve("run");
        Captured trained = ok("train", "--variant", "t2", "--steps", "60", "--set", "stream.codes=32", "--set",
                "stream.validateEvery=20", "--set", "stream.validationCodes=100", "--test", "200", "--out",
                run.toString(), "--quiet");
        assertThat(trained.out()).contains("(4,5)", "variance", "training mean", "the exact solver",
                "better than the best public network in ", ", and overall: 0.0", "itsmahbub");
    }

    private static Captured ok(String... args) {
        Captured run = mheight(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static Captured mheight(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "mheight";
        System.arraycopy(args, 0, all, 1, args.length);
        return Captured.run(all);
    }

    private static void refused(Captured run, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(parts);
    }

    @Test
    void aTrainingLeavesItsWholeDirectory() {
        for (String name : new String[] {"config.json", "report.html", "training_history.png",
                "predictions_scatter.png", "model/model.json", "model/weights.safetensors"})
            assertThat(run.resolve(name)).isNotEmptyFile();
        assertThat(run.resolve("checkpoint")).doesNotExist();
        JsonNode metrics = JsonFiles.read(run.resolve("metrics.json"));
        assertThat(metrics.at("/overall/log2_mse").asDouble()).isPositive();
        assertThat(metrics.at("/groups").size()).isEqualTo(9);
        assertThat(metrics.at("/groups/3/k").asInt()).isEqualTo(4);
        assertThat(metrics.at("/groups/3/m").asInt()).isEqualTo(5);
        assertThat(metrics.at("/groups/3/variance").asDouble()).isBetween(2.0, 6.0);
        assertThat(metrics.at("/groups/3/best_public").asDouble()).isEqualTo(2.0272);
        assertThat(metrics.at("/overall/groups_better_than_best_public").asInt()).isBetween(6, 9);
        assertThat(metrics.at("/tails/0/a").asInt()).isEqualTo(1);
        assertThat(metrics.has("split")).isFalse();
        assertThat(metrics.at("/matrices_per_second").asDouble()).isPositive();
    }

    @Test
    void evalAndPredict() {
        Path out = folder.resolve("eval");
        ok("eval", "--model", run.resolve("model").toString(), "--count", "200", "--codes", "d2", "--out",
                out.toString());
        assertThat(JsonFiles.read(out.resolve("metrics.json")).at("/groups/3/infinite").asInt()).isPositive();
        assertThat(ok("predict", "--model", run.resolve("model").toString(), "--p",
                "50 60 35 27; -57 -17 38 46; 41 3 -42 -36; -39 64 -43 -42; -56 47 11 -15").out())
                .contains("predicted", "199.831637638673");
        refused(mheight("predict", "--model", run.resolve("model").toString(), "--p", "1 2; 3 4"), "length 9");
        Path codes = folder.resolve("to-predict.csv");
        Path predicted = folder.resolve("predicted.csv");
        ok("synth", "--count", "20", "--out", codes.toString());
        ok("predict", "--model", run.resolve("model").toString(), "--in", codes.toString(), "--out",
                predicted.toString());
        ok("eval", "--model", run.resolve("model").toString(), "--in", codes.toString(), "--out",
                folder.resolve("eval-file").toString());
        assertThat(JsonFiles.read(folder.resolve("eval-file/metrics.json")).at("/groups/8/n").asInt()).isEqualTo(20);
        assertThat(JsonFiles.read(folder.resolve("eval-file/metrics.json")).at("/groups/8").has("best_public"))
                .isFalse(); // nothing published belongs to a file's codes
        Table table = Csv.read(predicted);
        for (int i = 0; i < table.rows(); i++)
            assertThat(table.numbers("mheight_predicted")[i] / table.numbers("mheight")[i]).isBetween(.2, 5.0);
        refused(mheight("eval", "--model", folder.resolve("nothing").toString(), "--out",
                folder.resolve("e2").toString()), "model.json");
    }

    @Test
    void synthWritesWhatExactReads() {
        Path file = folder.resolve("codes.csv");
        Path labelled = folder.resolve("labelled.csv");
        ok("synth", "--count", "30", "--codes", "d2", "--out", file.toString());
        Table written = Csv.read(file);
        assertThat(written.rows()).isEqualTo(270);
        ok("exact", "--in", file.toString(), "--out", labelled.toString());
        assertThat(Csv.read(labelled).numbers("mheight")).containsExactly(written.numbers("mheight"));
        ok("synth", "--count", "5", "--n", "6", "--groups", "2:3,4:1", "--out", file.toString());
        assertThat(Csv.read(file).numbers("k")).containsExactly(2, 2, 2, 2, 2, 4, 4, 4, 4, 4);
        refused(mheight("synth", "--groups", "4:6", "--out", file.toString()), "--groups 4:6", "m = 6");
        refused(mheight("synth", "--groups", "four", "--out", file.toString()), "expected K:M");
        refused(mheight("synth", "--count", "0", "--out", file.toString()), "--count 0");
    }

    @Test
    void synthWithoutEnd() throws IOException {
        Path file = folder.resolve("finite.csv");
        ok("synth", "--count", "300", "--codes", "d2", "--groups", "4:5,5:2", "--out", file.toString());
        List<String> finite = Files.readAllLines(file);
        List<String> endless = untilTheReaderGoes(400_000, "--codes", "d2", "--groups", "4:5,5:2");
        assertThat(endless.getFirst()).isEqualTo("code," + finite.getFirst());
        for (String group : new String[] {"9,4,5,", "9,5,2,"})
            assertThat(endless.stream().map(line -> line.substring(line.indexOf(',') + 1))
                    .filter(line -> line.startsWith(group)).limit(300))
                    .containsExactlyElementsOf(finite.stream().filter(line -> line.startsWith(group)).toList());
        // continued in another block of codes
        List<String> later = untilTheReaderGoes(20_000, "--codes", "d2", "--groups", "4:5,5:2", "--from", "700");
        assertThat(later).startsWith(endless.getFirst()).hasSizeGreaterThan(50);
        assertThat(later.subList(1, 50)).isEqualTo(
                endless.stream().filter(line -> line.matches("[7-9][0-9]{2},.*")).limit(49).toList());
        assertThat(untilTheReaderGoes(3_000, "--groups", "6").subList(1, 7)).extracting(line -> line.substring(0, 8))
                .containsExactly("0,9,6,1,", "0,9,6,2,", "0,9,6,3,", "1,9,6,1,", "1,9,6,2,", "1,9,6,3,");
        refused(mheight("synth", "--endless", "--count", "5"), "--endless", "--count");
        refused(mheight("synth", "--endless", "--out", file.toString()), "--endless", "--out");
        refused(mheight("synth", "--endless", "--json"), "--endless", "--json");
        refused(mheight("synth", "--endless", "--from", "-1"), "--from -1");
        refused(mheight("synth", "--from", "5"), "--from", "--endless");
    }

    /** The whole lines of the first bytes. */
    private static List<String> untilTheReaderGoes(int bytes, String... args) {
        String[] all = new String[args.length + 3];
        System.arraycopy(new String[] {"mheight", "synth", "--endless"}, 0, all, 0, 3);
        System.arraycopy(args, 0, all, 3, args.length);
        Captured run = Captured.run(bytes, all);
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        return lines.subList(0, lines.size() - 1);
    }

    @Test
    void searchKeepsTheBest() {
        Path file = folder.resolve("best.json");
        Captured found = ok("search", "--n", "6", "--k", "3", "--bound", "4", "--starts", "40", "--steps", "600",
                "--out", file.toString());
        JsonNode best = JsonFiles.read(file);
        assertThat(found.out()).contains("h3 = ");
        double[] p = JsonFiles.doubles(best.get("p"));
        assertThat(ExactSolver.of(new CodeShape(6, 3)).heights(p)[2]).isEqualTo(best.get("mheight").asDouble())
                .isLessThan(20);
        refused(mheight("search", "--k", "9", "--out", file.toString()), "k = 9");
        refused(mheight("search", "--m", "7", "--out", file.toString()), "m = 7");
    }

    @Test
    void controlsShowThatChangedCodesHaveOtherHeights() {
        Captured shown = ok("controls", "--count", "100");
        assertThat(shown.out()).contains("symmetric twin", "published blend", "(6,3)");
        assertThat(ok("controls", "--count", "100", "--codes", "d2", "--json").out()).contains("\"noise_2\"");
        Path file = folder.resolve("one-code.csv");
        ok("synth", "--count", "1", "--groups", "4:2", "--out", file.toString());
        refused(mheight("controls", "--in", file.toString()), "two codes of finite height");
        refused(mheight("controls", "--count", "9"), "--count 9");
    }

    @Test
    void badSettings() {
        refused(mheight("train", "--variant", "t2", "--set", "stream.codes=0", "--out",
                folder.resolve("bad").toString()), "steps and codes must be 1 or more");
        refused(mheight("train", "--variant", "published-c", "--out", folder.resolve("bad").toString()),
                "--variant published-c: there are published-a, published-b, complexity-aware, t1, t2");
        refused(mheight("train", "--variant", "published-a", "--rows", "5", "--out", folder.resolve("bad").toString()),
                "rowsPerGroup must be 10 or more");
        assertThat(folder.resolve("bad")).doesNotExist();
    }
}
