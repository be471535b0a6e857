package org.lanewise.cli.henaw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.Captured;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import tools.jackson.databind.JsonNode;

/** The verbs from end to end, on one small model. */
class HenawCommandsTest {
    @TempDir
    static Path folder;
    private static Path data;
    private static Path run;

    @BeforeAll
    static void trainOnce() {
        data = folder.resolve("people.csv");
        run = folder.resolve("run");
        assertThat(ok("synth", "-n", "600", "--seed", "3", "--out", data.toString()).out()).contains("600 people");
        ok("train", "--data", data.toString(), "--out", run.toString(), "--epochs", "2", "--members", "2", "--seed",
                "5", "--quiet");
    }

    private static Captured ok(String... args) {
        Captured run = henaw(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static Captured henaw(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "henaw";
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
        assertThat(run.resolve("model/model.json")).exists();
        assertThat(run.resolve("report.html")).content().contains("HENAW: training");
        assertThat(run.resolve("tb")).isNotEmptyDirectory();
        assertThat(run.resolve("checkpoint")).doesNotExist();
        JsonNode config = JsonFiles.read(run.resolve("config.json"));
        assertThat(config.at("/settings/age/epochs").asInt()).isEqualTo(2);
        assertThat(config.at("/settings/seed").asInt()).isEqualTo(5);
        assertThat(config.at("/provenance/data").asString()).startsWith("sha256 ");
        assertThat(JsonFiles.read(run.resolve("metrics.json")).path("n").asInt()).isEqualTo(600);
    }

    @Test
    void theConfigOfARunRepeatsIt() throws Exception {
        Path again = folder.resolve("again");
        ok("train", "--data", data.toString(), "--out", again.toString(), "--config",
                run.resolve("config.json").toString(), "--threads", "1", "--quiet");
        assertThat(Files.readAllBytes(again.resolve("model/weights.safetensors")))
                .isEqualTo(Files.readAllBytes(run.resolve("model/weights.safetensors")));
    }

    @Test
    void evaluatesOnOtherPeople() {
        Path others = folder.resolve("others.csv");
        ok("synth", "-n", "400", "--seed", "4", "--out", others.toString());
        Path out = folder.resolve("eval");
        Captured text = ok("eval", "--model", run.resolve("model").toString(), "--data", others.toString(), "--out",
                out.toString(),
                "--bootstrap", "20", "--no-timing");
        assertThat(text.out()).contains("HENAW").contains("age + sex").contains("guessing the median");
        assertThat(out.resolve("report.html")).content().contains("HENAW: evaluation")
                .contains("Integrated Brier score");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.path("n").asInt()).isEqualTo(400);
        for (String figure : new String[] {"/age/mae", "/age/rmse", "/age/r", "/age/median_guess_mae", "/age/ols_mae",
                "/mortality/all/c",
                "/mortality/all/c_age_sex", "/mortality/all/c_cox", "/mortality/age_40_70/c",
                "/intervals/coverage90"}) {
            assertThat(metrics.at(figure).isNumber()).as(figure).isTrue();
        }
        for (String missing : new String[] {"/mortality/all/c_phenoage", "/rows_per_second"}) {
            assertThat(metrics.at(missing).isNull()).as(missing).isTrue();
        }
    }

    @Test
    void crossValidationChoosesTheSettingsThatAreThenTrained() {
        Path chosen = folder.resolve("chosen");
        Captured text = ok("train", "--data", data.toString(), "--out", chosen.toString(), "--epochs", "2", "--members",
                "2", "--folds", "2", "--compare", "mortality.embed=4,6", "--compare",
                "mortality.net.lasso+mortality.net.group=0,0.5", "--quiet");
        assertThat(text.out()).contains("embed=4, net.lasso+net.group=0.5").contains("age + sex").contains("chosen");
        JsonNode search = JsonFiles.read(chosen.resolve("metrics.json")).path("cross_validation");
        assertThat(search.path("candidates")).hasSize(4);
        assertThat(search.at("/baselines/age + sex/c").isNumber()).isTrue();
        String settings = search.path("chosen").asString();
        JsonNode config = JsonFiles.read(chosen.resolve("config.json")).at("/settings/mortality");
        assertThat(settings).isEqualTo("embed=" + config.path("embed").asInt() + ", net.lasso+net.group="
                + (config.at("/net/lasso").asDouble() == 0 ? "0" : "0.5"));
        assertThat(config.at("/net/group")).isEqualTo(config.at("/net/lasso"));
        assertThat(chosen.resolve("report.html")).content().contains("Choice of the settings");
        assertThat(chosen.resolve("checkpoint")).doesNotExist();
        refused(train("--compare", "mortality.embed=4,8"), "--compare", "--folds");
        refused(train("--folds", "3", "--compare", "age.embed=4,8"), "age.embed=4", "mortality ensemble");
        refused(train("--folds", "3", "--compare", "mortality.embde=4"), "embde", "did you mean");
        refused(train("--folds", "1"), "--folds 1");
        refused(train("--folds", "3", "--target", "age"), "--target age");
    }

    @Test
    void anAgeModelOfSomeMarkersAndAgesIsMeasuredOnPeopleKeptOut() {
        Path out = folder.resolve("held");
        Captured text = ok("train", "--data", data.toString(), "--out", out.toString(), "--epochs", "2", "--members",
                "2", "--target", "age", "--markers", "7", "--ages", "45-65", "--holdout", "0.25", "--quiet");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.path("n").asInt()).isEqualTo(450);
        assertThat(metrics.at("/holdout/n").asInt()).isEqualTo(150);
        assertThat(metrics.at("/holdout/age/n").asInt()).isBetween(60, 130);
        assertThat(metrics.at("/holdout/age/ols_mae").isNumber()).isTrue();
        assertThat(text.out()).contains("guessing the median");
        assertThat(out.resolve("holdout/report.html")).content().contains("HENAW: evaluation");
        JsonNode config = JsonFiles.read(out.resolve("config.json")).path("settings");
        assertThat(config.path("markers")).hasSize(7);
        assertThat(config.path("youngest").asDouble()).isEqualTo(45);
        refused(train("--holdout", "1.5"), "--holdout 1.5");
        refused(train("--ages", "old"), "--ages old");
        refused(train("--markers", "rdw,crq"), "crq", "there are");
        refused(train("--variant", "published", "--holdout", ".2"), "--holdout");
    }

    @Test
    void predictsAFileAsCsvAndAsJson() {
        Path csv = folder.resolve("p.csv.gz");
        ok("predict", "--model", run.resolve("model").toString(), "--data", data.toString(), "--out", csv.toString());
        Table table = Csv.read(csv);
        assertThat(table.rows()).isEqualTo(600);
        assertThat(table.names()).contains("id", "age", "biological_age", "gap", "risk", "guessed_age_lower",
                "markers_filled");
        Path json = folder.resolve("p.json");
        ok("predict", "--model", run.resolve("model").toString(), "--data", data.toString(), "--out", json.toString());
        assertThat(JsonFiles.read(json).get(3).path("risk").asDouble()).isEqualTo(table.numbers("risk")[3]);
    }

    @Test
    void onePersonFromTheCommandLineInAnyUnit() {
        String[] person = {"--age", "56", "--sex", "f", "-m", "rdw=13.9", "-m", "hba1c=5.6%", "-m", "albumin=4.4 g/dL"};
        Captured text = one("predict", person);
        assertThat(text.out()).contains("biological age").contains("% of dying within 10 years")
                .contains("not measured");
        Captured json = one("predict", "--age", "56", "--sex", "f", "-m", "rdw=13.9", "-m", "hba1c=37.708", "-m",
                "albumin=44", "--json");
        assertThat(JsonFiles.parse("stdout", json.out()).path("age").asDouble()).isEqualTo(56);
        Captured percent = one("predict", "--age", "56", "--sex", "f", "-m", "rdw=13.9", "-m", "hba1c=5.6%", "-m",
                "albumin=4.4 g/dL", "--json");
        assertThat(JsonFiles.parse("stdout", percent.out()).path("risk").asDouble())
                .isCloseTo(JsonFiles.parse("stdout", json.out()).path("risk").asDouble(),
                        org.assertj.core.data.Offset.offset(1e-6));
    }

    private static Captured one(String verb, String... person) {
        String[] args = new String[person.length + 3];
        args[0] = verb;
        args[1] = "--model";
        args[2] = run.resolve("model").toString();
        System.arraycopy(person, 0, args, 3, person.length);
        return ok(args);
    }

    @Test
    void explainsAndReportsOnePerson() {
        assertThat(one("explain", "--age", "56", "--sex", "m", "-m", "rdw=14.5", "-m", "crp=2").out())
                .contains("log hazard").contains("rdw");
        one("report", "--age", "56", "--sex", "m", "-m", "rdw=14.5", "--out", folder.resolve("page").toString());
        assertThat(folder.resolve("page/report.html")).content().contains("Biological age of one person")
                .contains("Shapley");
    }

    @Test
    void reportsAPopulation() {
        ok("report", "--model", run.resolve("model").toString(), "--data", data.toString(), "--out",
                folder.resolve("all").toString());
        assertThat(folder.resolve("all/report.html")).content().contains("Survival").contains("40 to 49");
    }

    @Test
    void preparesSplitsThatAddUp() {
        Path parts = folder.resolve("parts");
        ok("prepare", "--data", data.toString(), "--out", parts.toString(), "--split", "0.5,0.25,0.25");
        assertThat(Csv.read(parts.resolve("train.csv")).rows()).isEqualTo(300);
        assertThat(Csv.read(parts.resolve("validation.csv")).rows() + Csv.read(parts.resolve("test.csv")).rows())
                .isEqualTo(300);
        refused(henaw("prepare", "--data", data.toString(), "--out", parts.toString(), "--split", "0.5,0.5"), "--split",
                "three shares");
    }

    @Test
    void wrongInputIsOneLineThatNamesIt() throws Exception {
        String[] lines = Files.readString(data).split("\n");
        lines[7] = lines[7].replaceFirst(",[^,]*,", ",old,");
        Path bad = Files.writeString(folder.resolve("bad.csv"), String.join("\n", lines) + "\n");
        refused(train("--data", bad.toString()), "bad.csv", "row 7", "\"age\"", "\"old\"");
        Path noAge = Files.writeString(folder.resolve("noage.csv"),
                Files.readString(data).replaceFirst("age", "years"));
        refused(train("--data", noAge.toString()), "noage.csv", "\"age\"", "no such column");
        refused(train("--data", folder.resolve("absent.csv").toString()), "absent.csv");
        refused(train("--data", data.toString(), "--format", "cvs"), "--format cvs", "canonical");
        refused(train("--data", data.toString(), "--unit", "hba1c=%"), "people.csv", "hba1c", "median");
        refused(train("--set", "age.epoch=3"), "'age.epoch'", "did you mean 'age.epochs'");
        refused(train("--set", "age.members=1"), "members must be 2 to 64", "age.members=1");
        refused(train("--recipe", "other"), "--recipe");
        refused(train("--resume"), "--resume");
        refused(train("--variant", "published", "--people", "90"), "90 people", "needs 100");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    private static Captured train(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "train";
        args[1] = "--out";
        args[2] = folder.resolve("refused").toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return henaw(args);
    }

    @Test
    void damagedAndMissingModelsAreOneLine() throws Exception {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.copy(run.resolve("model/model.json"), broken.resolve("model.json"));
        byte[] weights = Files.readAllBytes(run.resolve("model/weights.safetensors"));
        Files.write(broken.resolve("weights.safetensors"), java.util.Arrays.copyOf(weights, weights.length / 2));
        refused(henaw("predict", "--model", broken.toString(), "--age", "50", "-m", "rdw=13"), "weights.safetensors");
        refused(henaw("predict", "--model", folder.resolve("none").toString(), "--age", "50", "-m", "rdw=13"), "none",
                "no such file");
    }

    @Test
    void aRefusedRunLeavesNothingBehind() {
        String none = folder.resolve("none").toString();
        for (String verb : new String[] {"eval", "report", "predict", "explain"}) {
            Path out = folder.resolve("left/deep").resolve(verb.startsWith("e") && verb.length() > 4 || verb.equals(
                    "predict") ? verb + ".csv" : verb);
            refused(henaw(verb, "--model", none, "--data", data.toString(), "--out", out.toString()), "no such file");
        }
        refused(henaw("synth", "-n", "0", "--out", folder.resolve("left/s.csv").toString()), "--people 0");
        refused(henaw("prepare", "--data", none, "--out", folder.resolve("left/p").toString()), "none");
        assertThat(folder.resolve("left")).doesNotExist();
    }

    @Test
    void aPersonMustMakeSense() {
        String model = run.resolve("model").toString();
        refused(henaw("predict", "--model", model), "--data FILE");
        refused(henaw("predict", "--model", model, "--age", "50"), "--marker");
        refused(henaw("predict", "--model", model, "--age", "500", "-m", "rdw=13"), "--age 500");
        refused(henaw("predict", "--model", model, "--sex", "x", "-m", "rdw=13"), "--sex x");
        refused(henaw("predict", "--model", model, "-m", "rwd=13"), "rwd", "did you mean 'rdw'");
        refused(henaw("predict", "--model", model, "-m", "rdw=high"), "rdw=high", "a number");
        refused(henaw("predict", "--model", model, "-m", "rdw=13 mg/dL"), "known units are %");
        refused(henaw("predict", "--model", model, "-m", "rdw=1300"), "no red-cell distribution width can be that");
    }
}
