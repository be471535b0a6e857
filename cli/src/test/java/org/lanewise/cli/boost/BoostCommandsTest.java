package org.lanewise.cli.boost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.boosting.table.BoostConfig;
import org.lanewise.boosting.table.BoostTrainer;
import org.lanewise.boosting.table.ColumnRoles;
import org.lanewise.cli.Captured;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.parquet.Parquet;
import tools.jackson.databind.JsonNode;

/** The verbs from end to end, on small tables with holes, text and groups. */
class BoostCommandsTest {
    @TempDir
    static Path folder;
    private static Path data;
    private static Path other;
    private static Path run;

    @BeforeAll
    static void trainOnce() throws IOException {
        data = table("data.csv", 800, 1);
        other = table("other.csv", 300, 2);
        run = folder.resolve("run");
        ok("train", "--data", data.toString(), "--target", "y", "--id", "id", "--group", "grp", "--drop", "cls",
                "--categorical", "code", "--test", other.toString(), "--out", run.toString(), "--set", "trees=80",
                "--set", "leaves=7", "--seed", "5", "--quiet");
    }

    private static Path table(String name, int rows, long seed) throws IOException {
        Rng rng = Rng.of(seed);
        StringBuilder text = new StringBuilder("id,age,city,code,flag,grp,cls,y\n");
        String[] cities = {"oslo", "rome", "paris", ""};
        for (int i = 0; i < rows; i++) {
            double age = 50 + 12 * rng.nextGaussian();
            int city = rng.nextInt(4);
            int code = 1 + rng.nextInt(8);
            boolean flag = rng.nextInt(2) == 1;
            double y = 0.05 * (age - 50) + (city == 0 ? 1 : 0) + 0.7 * (code % 3) - (flag ? 0.5 : 0)
                    + 0.5 * rng.nextGaussian();
            text.append(String.format(Locale.ROOT, "p%d,%s,%s,%d,%s,g%d,%s,%.4f%n", i,
                    rng.nextInt(10) == 0 ? "" : String.format(Locale.ROOT, "%.2f", age), cities[city], code, flag,
                    i / 4, y > 1.2 ? "high" : y > 0 ? "mid" : "low", y));
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static Captured ok(String... args) {
        Captured run = boost(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static Captured boost(String... args) {
        return Captured.run(Stream.concat(Stream.of("boost"), Stream.of(args)).toArray(String[]::new));
    }

    private static void refused(Captured run, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(parts);
    }

    private static double[] predictions(String model, Path rows) {
        Path out = folder.resolve("predicted.csv");
        ok("predict", "--model", model, "--data", rows.toString(), "--out", out.toString(), "--quiet");
        return Csv.read(out).numbers("prediction");
    }

    @Test
    void aTrainingMeasuresAllPartsBesideTheBaseline() {
        JsonNode metrics = JsonFiles.read(run.resolve("metrics.json"));
        for (String part : new String[] {"train", "valid", "test"}) {
            assertThat(metrics.at("/" + part + "/r2").asDouble()).as(part).isBetween(0.6, 0.95);
            assertThat(metrics.at("/" + part + "/rmse").asDouble())
                    .isLessThan(0.7 * metrics.at("/" + part + "/baseline/rmse").asDouble());
        }
        assertThat(metrics.at("/test/n").asInt()).isEqualTo(300);
        assertThat(metrics.at("/train/n").asInt() + metrics.at("/valid/n").asInt()).isEqualTo(800);
        assertThat(metrics.at("/test/intervals/rmse").size()).isEqualTo(2);
        assertThat(metrics.at("/test/gain/rmse/1").asDouble()).isNegative();
        assertThat(metrics.at("/test/linear/rmse").asDouble()).isBetween(metrics.at("/test/rmse").asDouble() - 0.2,
                metrics.at("/test/baseline/rmse").asDouble());
        assertThat(run.resolve("report.html")).content().contains("Residuals", "share of the gain", "round");
        assertThat(JsonFiles.read(run.resolve("config.json")).at("/settings/leaves").asInt()).isEqualTo(7);
        assertThat(JsonFiles.read(run.resolve("model/model.json")).at("/provenance/data").asString())
                .startsWith("sha256 ");
    }

    @Test
    void theConfigOfARunRepeatsItOnAnyNumberOfThreads() throws IOException {
        Path again = folder.resolve("again");
        ok("train", "--data", data.toString(), "--target", "y", "--id", "id", "--group", "grp", "--drop", "cls",
                "--categorical", "code", "--config", run.resolve("config.json").toString(), "--set", "testFraction=0",
                "--threads", "1", "--out", again.toString(), "--quiet");
        assertThat(Files.readAllBytes(again.resolve("model/trees.safetensors")))
                .isEqualTo(Files.readAllBytes(run.resolve("model/trees.safetensors")));
    }

    @Test
    void evaluatesAndExplainsOtherRows() {
        Path out = folder.resolve("eval");
        ok("eval", "--model", run.resolve("model").toString(), "--data", other.toString(), "--out", out.toString(),
                "--quiet");
        assertThat(JsonFiles.read(out.resolve("metrics.json")).at("/test/rmse"))
                .isEqualTo(JsonFiles.read(run.resolve("metrics.json")).at("/test/rmse"));

        Path explained = folder.resolve("explain");
        double[] predicted = predictions(run.resolve("model").toString(), other);
        for (String[] more : new String[][] {{}, {"--background", data.toString()}}) {
            ok(Stream.concat(Stream.of("explain", "--model", run.resolve("model").toString(), "--data",
                    other.toString(), "--out", explained.toString(), "--quiet"), Stream.of(more))
                    .toArray(String[]::new));
            Table phi = Csv.read(explained.resolve("contributions.csv"));
            assertThat(phi.texts("row")[0]).isEqualTo("p0");
            for (int i = 0; i < 300; i++) {
                double sum = 0;
                for (String name : phi.names()) if (!name.equals("row")) sum += phi.numbers(name)[i];
                assertThat(sum).isCloseTo(predicted[i], within(1e-9));
            }
        }
    }

    @Test
    void converts() {
        double[] ours = predictions(run.resolve("model").toString(), other);
        String model = run.resolve("model").toString();
        for (String name : new String[] {"m.txt", "m.json", "m.ubj", "folder"}) {
            Path to = folder.resolve(name);
            ok("convert", "--model", model, "--out", to.toString(), "--quiet");
            double[] there = predictions(to.toString(), other);
            for (int i = 0; i < ours.length; i++) assertThat(there[i]).as(name).isCloseTo(ours[i], within(1e-6));
            model = to.toString(); // the next from this one: ours, LightGBM, XGBoost, XGBoost, ours
        }
        refused(boost("convert", "--model", data.toString(), "--out", folder.resolve("x.txt").toString()), "data.csv");
    }

    @Test
    void classesAndCrossValidationAndParquet() {
        Path parquet = folder.resolve("data.parquet");
        Parquet.write(parquet, Csv.read(data));
        Path out = folder.resolve("classes");
        ok("train", "--data", parquet.toString(), "--target", "cls", "--id", "id", "--group", "grp", "--drop", "y",
                "--folds", "3", "--out", out.toString(), "--set", "trees=30", "--quiet");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.path("classes").toString()).isEqualTo("[\"high\",\"low\",\"mid\"]");
        assertThat(metrics.at("/valid/n").asInt()).isEqualTo(800);
        assertThat(metrics.at("/valid/accuracy").asDouble()).isBetween(0.6, 0.95);
        assertThat(metrics.at("/valid/log_loss").asDouble())
                .isLessThan(metrics.at("/valid/baseline/log_loss").asDouble());
        Path predicted = folder.resolve("classes.csv");
        ok("predict", "--model", out.resolve("model").toString(), "--data", other.toString(), "--out",
                predicted.toString(), "--raw", "--leaf", "--quiet");
        assertThat(Csv.read(predicted).names()).startsWith("id", "class", "p_high", "p_low", "p_mid", "raw_high")
                .contains("leaf_0");
    }

    @Test
    void survival() throws IOException {
        Path times = folder.resolve("times.csv");
        Rng rng = Rng.of(4);
        StringBuilder text = new StringBuilder("x,z,time,died\n");
        for (int i = 0; i < 600; i++) {
            double x = rng.nextGaussian();
            double time = -Math.log(1 - rng.nextDouble()) * Math.exp(-1.2 * x);
            double end = 2 * rng.nextDouble() + 0.1;
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%.5f,%d%n", x, rng.nextGaussian(),
                    Math.max(1e-5, Math.min(time, end)), time <= end ? 1 : 0));
        }
        Files.writeString(times, text);
        Path out = folder.resolve("survival");
        ok("train", "--data", times.toString(), "--target", "time", "--event", "died", "--out", out.toString(), "--set",
                "leaves=5", "--quiet");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.at("/test/c_index").asDouble()).isBetween(0.65, 0.9);
        assertThat(metrics.at("/test/baseline/c_index").asDouble()).isEqualTo(0.5);
        assertThat(out.resolve("report.html")).content().contains("Kaplan-Meier");
        Path eval = folder.resolve("survival-eval");
        ok("eval", "--model", out.resolve("model").toString(), "--data", times.toString(), "--out", eval.toString(),
                "--quiet");
        assertThat(JsonFiles.read(eval.resolve("metrics.json")).at("/test/n").asInt()).isEqualTo(600);
        refused(boost("train", "--data", times.toString(), "--target", "time", "--objective", "cox", "--out",
                folder.resolve("none").toString()), "--event");
        refused(boost("train", "--data", times.toString(), "--target", "time", "--event", "x", "--out",
                folder.resolve("none").toString()), "\"x\"", "0 or 1");
    }

    private static String[] classesOf(Path out, String... more) {
        return Stream.concat(Stream.of("train", "--data", data.toString(), "--target", "cls", "--id", "id", "--drop",
                "y,grp", "--out", out.toString(), "--set", "trees=40", "--linear", "never", "--quiet"),
                Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void searchesForSettingsOnValidationRowsAndKeepsWhatIsSet() throws IOException {
        Path out = folder.resolve("searched");
        ok(classesOf(out, "--search", "8", "--set", "leaves=5"));
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.at("/search/trials").asInt()).isEqualTo(8);
        assertThat(metrics.at("/search/metric").asString()).isEqualTo("multi_logloss");
        assertThat(metrics.at("/search/score").asDouble()).isLessThanOrEqualTo(metrics.at("/search/score_as_given")
                .asDouble());
        assertThat(metrics.at("/valid/log_loss").asDouble()).isCloseTo(metrics.at("/search/score").asDouble(),
                within(1e-9));
        JsonNode settings = JsonFiles.read(out.resolve("config.json")).path("settings");
        assertThat(settings.at("/leaves").asInt()).isEqualTo(5);
        metrics.at("/search/chosen").properties().forEach(chosen -> assertThat(
                settings.at("/" + chosen.getKey().replace('.', '/')).asDouble()).isEqualTo(
                        chosen.getValue().asDouble()));
        assertThat(Files.readAllLines(out.resolve("search.jsonl"))).hasSize(9);
        assertThat(out.resolve("report.html")).content().contains("Search for settings");
        Path again = folder.resolve("searched-again");
        ok(classesOf(again, "--config", out.resolve("config.json").toString(), "--threads", "1"));
        assertThat(Files.readAllBytes(again.resolve("model/trees.safetensors")))
                .isEqualTo(Files.readAllBytes(out.resolve("model/trees.safetensors")));
        Path byFolds = folder.resolve("searched-folds");
        ok(classesOf(byFolds, "--search", "2", "--folds", "2", "--search-sampler", "random"));
        assertThat(JsonFiles.read(byFolds.resolve("metrics.json")).at("/search/trials").asInt()).isEqualTo(2);
        refused(boost(classesOf(folder.resolve("none"), "--search", "2", "--set", "validFraction=0")), "validFraction");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void anInterruptedTrainingGoesOnToTheSameBits() throws Exception {
        Path whole = folder.resolve("whole");
        ok(classesOf(whole, "--folds", "2"));
        Path out = folder.resolve("stopped");
        JsonNode config = JsonFiles.read(whole.resolve("config.json"));
        BoostConfig settings = Settings.of(BoostConfig.defaults()).file(whole.resolve("config.json")).build();
        Table table = Csv.read(data);
        ColumnRoles roles = new ColumnRoles("cls", null, null, null, "id", List.of("y", "grp"), List.of());
        BoostTrainer trainer = BoostTrainer.of(settings, table, roles);
        AtomicInteger rounds = new AtomicInteger(7);
        try (RunDirectory begun = RunDirectory.open(out)) {
            begun.begin(settings, Provenance.of("x").with("data", config.at("/provenance/data").asString()), false);
            try (FitWatch watch = new FitWatch(begun, Console.system(false, true),
                    () -> rounds.decrementAndGet() == 0)) {
                BoostTrainer.Prepared first = trainer.prepare(trainer.folds(2).getFirst().train());
                assertThatThrownBy(() -> watch.fit(trainer, first, "fold 1 of 2"))
                        .isInstanceOf(CommandException.class).hasMessageContaining("--resume");
            }
        }
        assertThat(out.resolve("checkpoint")).isNotEmptyDirectory();
        assertThat(out.resolve("tb")).isNotEmptyDirectory();
        refused(boost(classesOf(out, "--folds", "2", "--resume", "--set", "l2=3")), "l2");
        ok(classesOf(out, "--folds", "2", "--resume"));
        assertThat(out.resolve("checkpoint")).doesNotExist();
        assertThat(Files.readAllBytes(out.resolve("model/trees.safetensors")))
                .isEqualTo(Files.readAllBytes(whole.resolve("model/trees.safetensors")));
        assertThat(JsonFiles.read(out.resolve("metrics.json")).at("/valid"))
                .isEqualTo(JsonFiles.read(whole.resolve("metrics.json")).at("/valid"));
    }

    @Test
    void ranking() {
        Path out = folder.resolve("ranking");
        ok("train", "--data", data.toString(), "--target", "code", "--objective", "lambdarank", "--group", "grp",
                "--id",
                "id", "--drop", "cls", "--set", "trees=20", "--out", out.toString(), "--quiet");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.at("/test/ndcg@5").asDouble()).isGreaterThan(metrics.at("/test/baseline/ndcg@5").asDouble());
        assertThat(metrics.at("/test/gain/ndcg@5").size()).isEqualTo(2);
        Path eval = folder.resolve("ranking-eval");
        ok("eval", "--model", out.resolve("model").toString(), "--data", other.toString(), "--out", eval.toString(),
                "--quiet");
        assertThat(JsonFiles.read(eval.resolve("metrics.json")).at("/test/n").asInt()).isEqualTo(300);
        refused(boost("train", "--data", data.toString(), "--target", "code", "--objective", "lambdarank", "--out",
                folder.resolve("none").toString()), "--group");
    }

    @Test
    void modelsOfOtherLibrariesAreMeasuredAndExplained() {
        Path text = folder.resolve("foreign.txt");
        ok("convert", "--model", run.resolve("model").toString(), "--out", text.toString(), "--quiet");
        Path out = folder.resolve("foreign");
        ok("eval", "--model", text.toString(), "--data", other.toString(), "--target", "y", "--out", out.toString(),
                "--quiet");
        assertThat(JsonFiles.read(out.resolve("metrics.json")).at("/test/rmse").asDouble()).isCloseTo(
                JsonFiles.read(run.resolve("metrics.json")).at("/test/rmse").asDouble(), within(1e-6));
        ok("explain", "--model", text.toString(), "--data", other.toString(), "--target", "y", "--out",
                out.toString(), "--quiet");
        JsonNode metrics = JsonFiles.read(out.resolve("metrics.json"));
        assertThat(metrics.at("/permutation_importance/metric").asString()).isEqualTo("rmse");
        assertThat(metrics.at("/permutation_importance/loss/code").asDouble()).isPositive();
        assertThat(metrics.at("/interactions").size()).isPositive();
        refused(boost("eval", "--model", text.toString(), "--data", other.toString(), "--out", folder.resolve("none")
                .toString()), "--target");
    }

    @Test
    void differencesFromTrainingAreReportedOrRefused() throws IOException {
        Path odd = folder.resolve("odd.csv");
        Files.writeString(odd, "id,age,city,code,flag,extra\na,40,madrid,3,true,1\n");
        String model = run.resolve("model").toString();
        String out = folder.resolve("odd-out.csv").toString();
        assertThat(ok("predict", "--model", model, "--data", odd.toString(), "--out", out).err())
                .contains("extra").contains("madrid");
        refused(boost("predict", "--model", model, "--data", odd.toString(), "--out", out, "--strict"), "extra");
        Files.writeString(odd, "id,age,city,flag\na,40,oslo,true\n");
        Path never = folder.resolve("never.csv");
        refused(boost("predict", "--model", model, "--data", odd.toString(), "--out", never.toString()), "code");
        assertThat(never).doesNotExist();
    }

    @Test
    void badInputIsOneLineAndLeavesNothing() {
        Path out = folder.resolve("bad");
        String[] base = {"train", "--data", data.toString(), "--out", out.toString(), "--target"};
        refused(more(base, "none"), "data.csv", "none");
        refused(more(base, "y"), "\"id\"", "free text");
        refused(more(base, "y", "--id", "id", "--drop", "grp", "--set", "leafs=3"), "leafs");
        refused(more(base, "y", "--id", "id", "--drop", "grp", "--set", "leaves=1"), "leaves");
        refused(more(base, "cls", "--id", "id", "--drop", "grp", "--objective", "binary"), "cls", "3");
        refused(more(base, "cls", "--id", "id", "--drop", "grp", "--objective", "huber"), "cls", "text");
        refused(more(base, "y", "--id", "id", "--drop", "grp", "--objective", "poisson"), "poisson");
        refused(more(base, "y", "--id", "id", "--drop", "grp", "--set", "monotone={agee: 1}"), "agee");
        refused(more(base, "y", "--id", "id", "--drop", "grp", "--weight", "age"), "weight", "row");
        refused(more(base, "y", "--id", "y"), "two roles");
        refused(boost("eval", "--model", folder.toString(), "--data", data.toString(), "--out", out.toString()),
                "model.json");
        assertThat(out).doesNotExist();
    }

    private static Captured more(String[] base, String... args) {
        return boost(Stream.concat(Stream.of(base), Stream.of(args)).toArray(String[]::new));
    }
}
