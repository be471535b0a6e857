package org.lanewise.cli.henaw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.Captured;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import tools.jackson.databind.JsonNode;

/** Every verb on a model folder of the published variant. */
class PublishedCommandsTest {
    private static final String[] PERSON = {"--age", "56", "--sex", "f", "-m", "crp=2.1", "-m", "hba1c=5.6%", "-m",
            "creatinine=71", "-m", "albumin=44", "-m", "lymphocyte_pct=31", "-m", "rdw=13.1", "-m", "ggt=24", "-m",
            "ast=22", "-m", "alt=25"};

    @TempDir
    static Path folder;
    private static Path run;
    private static Path data;
    private static Captured training;

    @BeforeAll
    static void trainOnce() {
        run = folder.resolve("run");
        data = folder.resolve("others.csv");
        ok("synth", "--recipe", "published", "-n", "10000", "--seed", "42", "--out", data.toString());
        training = ok("train", "--variant", "published", "--people", "900", "--epochs", "2", "--out", run.toString(),
                "--quiet");
    }

    private static Captured ok(String... args) {
        Captured result = henaw(args);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private static Captured henaw(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "henaw";
        System.arraycopy(args, 0, all, 1, args.length);
        return Captured.run(all);
    }

    private static Captured withModel(String verb, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = verb;
        args[1] = "--model";
        args[2] = run.resolve("model").toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return ok(args);
    }

    private static String[] and(String[] first, String... second) {
        String[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void trainsAndMeasuresOnTheRowsItHeldOut() {
        JsonNode metrics = JsonFiles.read(run.resolve("metrics.json"));
        assertThat(metrics.path("n").asInt()).isEqualTo(900);
        assertThat(metrics.at("/holdout/n").asInt()).isEqualTo(135);
        assertThat(metrics.at("/holdout/age/ols_mae").isNumber()).isTrue();
        assertThat(metrics.at("/holdout/faults/marker_weights")).hasSize(9);
        assertThat(metrics.at("/training_loss/published").isNumber()).isTrue();
        assertThat(run.resolve("model/model.json")).exists();
        assertThat(run.resolve("tb")).isNotEmptyDirectory();
        assertThat(run.resolve("checkpoint")).doesNotExist();
        assertThat(run.resolve("report.html")).content().contains("squared error of age");
        assertThat(run.resolve("holdout/report.html")).content().contains("What is wrong with it");
        assertThat(training.out()).contains("guessing the median", "0.485");
        assertThat(training.err()).isEmpty();
        assertThat(JsonFiles.read(run.resolve("config.json")).at("/settings/published/epochs").asInt()).isEqualTo(2);
    }

    @Test
    void evaluatesAFileOfThePublishedRecipeWithItsCeiling() {
        Path out = folder.resolve("eval");
        Captured text = withModel("eval", "--data", data.toString(), "--out", out.toString(), "--bootstrap", "10",
                "--no-timing");
        assertThat(text.out()).contains("possible by the clipping artefact", "4.37", "guessing the median",
                "least squares", "below 5 years of age is refused", "coin flips");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.path("variant").asString()).isEqualTo("published");
        assertThat(metrics.at("/age/artefact_ceiling_mae").asDouble()).isEqualTo(4.37);
        assertThat(metrics.at("/age/claim_below_5_years").asString()).startsWith("refused");
        assertThat(metrics.at("/intervals").isNull()).isTrue();
        assertThat(out.resolve("report.html")).content().contains("What is wrong with it", "HENAW as published")
                .doesNotContain("Interval coverage");
    }

    @Test
    void predictsFilesAndPersons() {
        Path csv = folder.resolve("p.csv");
        assertThat(withModel("predict", "--data", data.toString(), "--out", csv.toString()).out())
                .contains("called untrained");
        Table table = Csv.read(csv);
        assertThat(table.names()).startsWith("id", "age", "biological_age", "gap", "mortality_score")
                .contains("untrained_diabetes", "untrained_dementia", "weight_crp", "weight_alt", "ms")
                .doesNotContain("risk", "guessed_age_lower");
        assertThat(table.rows()).isEqualTo(10_000);
        Path json = folder.resolve("p.json");
        withModel("predict", "--data", data.toString(), "--out", json.toString());
        assertThat(JsonFiles.read(json).get(3).path("biological_age").asDouble())
                .isEqualTo(table.numbers("biological_age")[3]);
        assertThat(withModel("predict", PERSON).out()).contains("biological age", "mortality score", "weight rdw");
        JsonNode one = JsonFiles.parse("stdout", withModel("predict", and(PERSON, "--json")).out());
        assertThat(one.path("age").asDouble()).isEqualTo(56);
        assertThat(one.path("weight_rdw").isNumber()).isTrue();
    }

    @Test
    void explainsFilesAndPersons() {
        assertThat(withModel("explain", PERSON).out()).contains("guessed age (years)", "rdw", "haematology");
        Path few = folder.resolve("few.csv");
        ok("synth", "--recipe", "published", "-n", "40", "--seed", "7", "--out", few.toString());
        Path csv = folder.resolve("e.csv");
        withModel("explain", "--data", few.toString(), "--out", csv.toString());
        Table table = Csv.read(csv);
        double sum = table.names().stream().filter(name -> name.startsWith("shapley_"))
                .mapToDouble(name -> table.numbers(name)[5]).sum();
        assertThat(sum).isCloseTo(table.numbers("figure")[5] - table.numbers("usual")[5],
                org.assertj.core.data.Offset.offset(1e-3));
    }

    @Test
    void reportsPopulationsAndPersonsAndTellsHowFastItIs() {
        Path page = folder.resolve("page");
        withModel("report", and(PERSON, "--out", page.toString()));
        assertThat(page.resolve("report.html")).content().contains("Biological age of one person")
                .contains("against the true age").doesNotContain("interval").doesNotContain("NaN");
        withModel("report", "--data", data.toString(), "--out", folder.resolve("all").toString());
        assertThat(folder.resolve("all/report.html")).content().contains("40 to 49");
        assertThat(withModel("bench", "--data", data.toString(), "--seconds", "0.01", "--sizes",
                "1,10").out()).contains("people at once");
    }

    @Test
    void whatItCannotDoIsOneLine() throws Exception {
        String[] model = {"--model", run.resolve("model").toString()};
        refused(henaw(and(new String[] {"predict"}, and(model, "--age", "50", "-m", "rdw=13"))), "crp", "nine markers");
        refused(henaw(and(new String[] {"explain"}, and(model, "--age", "50", "-m", "rdw=13"))), "crp", "nine markers");
        refused(henaw(and(new String[] {"report"}, and(model, "--age", "50", "-m", "rdw=13", "--out",
                folder.resolve("no").toString()))), "crp", "nine markers");
        assertThat(folder.resolve("no")).doesNotExist();
        Path cut = Files.createDirectories(folder.resolve("cut"));
        Files.copy(run.resolve("model/model.json"), cut.resolve("model.json"));
        byte[] weights = Files.readAllBytes(run.resolve("model/weights.safetensors"));
        Files.write(cut.resolve("weights.safetensors"), Arrays.copyOf(weights, weights.length - 9));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("model.json"), "{\"format\": \"lanewise-boosting\", \"version\": 1}");
        for (String verb : new String[] {"eval", "predict", "explain", "report", "bench"}) {
            refused(henaw(verb, "--model", cut.toString(), "--data", data.toString()), "weights.safetensors");
            refused(henaw(verb, "--model", other.toString(), "--data", data.toString()), "not a HENAW model");
        }
    }

    private static void refused(Captured result, String... parts) {
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().contains(parts);
    }
}
