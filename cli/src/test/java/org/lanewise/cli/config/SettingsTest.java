package org.lanewise.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.ExitCode;
import org.lanewise.tabular.JsonFiles;

class SettingsTest {
    @TempDir
    Path folder;

    enum Schedule { CONSTANT, WARM_RESTARTS }

    record Optimizer(double learningRate, Schedule schedule) {
        Optimizer {
            if (!(learningRate > 0))
                throw new IllegalArgumentException("learningRate " + learningRate + " is not positive");
        }
    }

    record Config(int epochs, long seed, boolean shuffle, float dropout, String name, int[] hidden,
            List<String> markers,
            Optional<Integer> patience, Map<String, Double> weights, Path data, Optimizer optimizer) {
        static final Config DEFAULTS = new Config(20, 42, true, 0.2f, "plain", new int[] {64, 32}, List.of("crp"),
                Optional.empty(), Map.of(), null, new Optimizer(1e-3, Schedule.CONSTANT));
    }

    private static Settings<Config> settings() {
        return Settings.of(Config.DEFAULTS);
    }

    @Test
    void withoutChangesTheDefaultsRemain() {
        assertThat(settings().build()).isEqualTo(Config.DEFAULTS);
    }

    @Test
    void laterSourcesWin() throws Exception {
        Path file = write("c.yaml",
                "epochs: 5\noptimizer:\n  learning_rate: 0.5\n  schedule: warm-restarts\nseed: 1\n");
        Config config = settings().file(file).set("epochs=7").set("optimizer.learningRate=0.25")
                .flag("--epochs", "epochs", 9)
                .flag("--seed", "seed", null).build();
        assertThat(config.epochs()).isEqualTo(9);
        assertThat(config.seed()).isEqualTo(1);
        assertThat(config.optimizer()).isEqualTo(new Optimizer(0.25, Schedule.WARM_RESTARTS));
        assertThat(config.dropout()).isEqualTo(0.2f);
    }

    @Test
    void allTypesFromJsonAndFromTheCommandLine() throws Exception {
        Path file = write("c.json", "{\"hidden\": [8, 4], \"markers\": [\"rdw\", \"alt\"], \"patience\": 3, "
                + "\"weights\": {\"age\": 1, \"risk\": 0.3}, \"data\": \"a b.csv\", \"shuffle\": false, \"epochs\": 2.0}");
        Config config = settings().file(file).build();
        assertThat(config.hidden()).containsExactly(8, 4);
        assertThat(config.markers()).containsExactly("rdw", "alt");
        assertThat(config.patience()).contains(3);
        assertThat(config.weights()).isEqualTo(Map.of("age", 1.0, "risk", 0.3));
        assertThat(config.data()).isEqualTo(Path.of("a b.csv"));
        assertThat(config.shuffle()).isFalse();
        assertThat(config.epochs()).isEqualTo(2);

        Config typed = settings().set("hidden=1, 2,3").set("markers=[ast, ggt]").set("patience=null").set("name=12")
                .set("weights={age: 2}").set("seed=9_000_000_000").set("shuffle=off").build();
        assertThat(typed.hidden()).containsExactly(1, 2, 3);
        assertThat(typed.markers()).containsExactly("ast", "ggt");
        assertThat(typed.patience()).isEmpty();
        assertThat(typed.name()).isEqualTo("12");
        assertThat(typed.weights()).containsEntry("age", 2.0);
        assertThat(typed.seed()).isEqualTo(9_000_000_000L);
        assertThat(typed.shuffle()).isFalse();
    }

    @Test
    void whatWasWrittenReadsBackEqual() throws Exception {
        Config changed = settings().set("hidden=9").set("optimizer.schedule=warm_restarts").set("patience=4")
                .set("weights={a: 0.1}").build();
        Path file = folder.resolve("config.json");
        JsonFiles.write(file, Map.of("settings", changed, "provenance", Map.of("seed", 1)));
        assertThat(JsonFiles.tree(settings().file(file).build())).isEqualTo(JsonFiles.tree(changed));
    }

    @Test
    void anUnknownKeyNamesTheNearestAndAllOthers() {
        refused(() -> settings().set("epoch=3"), "--set", "'epoch'", "did you mean 'epochs'", "optimizer.learningRate");
        refused(() -> settings().set("nothing"), "key=value");
        refused(() -> settings().file(write("c.yaml", "optimizer: {rate: 1}")), "c.yaml", "'optimizer.rate'");
        refused(() -> settings().file(write("c.yaml", "optimizer: 3")), "'optimizer'");
    }

    @Test
    void aWrongValueNamesSourceKeyValueAndWhatWasExpected() {
        refused(() -> settings().set("epochs=many").build(), "--set: epochs=many: expected a whole number");
        refused(() -> settings().set("epochs=1.5").build(), "epochs=1.5",
                "a whole number from -2147483648 to 2147483647");
        refused(() -> settings().set("epochs=1e999999999").build(), "a whole number");
        refused(() -> settings().set("epochs=3000000000").build(), "2147483647");
        refused(() -> settings().set("epochs=null").build(), "whole number");
        refused(() -> settings().set("shuffle=perhaps").build(), "true or false");
        refused(() -> settings().set("dropout=high").build(), "a number");
        refused(() -> settings().set("dropout=NaN").build(), "a number");
        refused(() -> settings().set("optimizer.schedule=cosine").build(), "one of constant, warm_restarts");
        refused(() -> settings().set("hidden=[1, two]").build(), "a list of whole numbers, found 'two'");
        refused(() -> settings().file(write("c.json", "{\"hidden\": 3}")).build(), "c.json: hidden=3: expected a list");
        refused(() -> settings().file(write("c.json", "{\"name\": [1]}")).build(), "expected text");
        refused(() -> settings().set("optimizer.learningRate=-1").build(), "learningRate -1.0 is not positive",
                "by --set");
    }

    @Test
    void brokenFilesAreRefusedWithTheirLine() {
        refused(() -> settings().file(folder.resolve("absent.yaml")), "absent.yaml", "cannot be read");
        refused(() -> settings().file(folder), "is a directory");
        refused(() -> settings().file(write("c.json", "{\n\"epochs\": 3,\n}")), "c.json: line 3");
        refused(() -> settings().file(write("c.json", "{\"epochs\": 3, \"epochs\": 4}")), "uplicate");
        refused(() -> settings().file(write("c.json", "{} {}")), "not usable JSON");
        refused(() -> settings().file(write("c.json", "[1]")), "keys and values");
        refused(() -> settings().file(write("c.yaml", "epochs: 3\nepochs: 4")), "c.yaml, line");
        refused(() -> settings().file(write("c.yaml", "a: [1\nb: 2")), "c.yaml, line");
        refused(() -> settings().file(write("c.yaml", "1: 2")), "not text");
        refused(() -> {
            Files.write(folder.resolve("latin.yaml"), new byte[] {'n', 'a', 'm', 'e', ':', ' ', (byte) 0xe4});
            settings().file(folder.resolve("latin.yaml"));
        }, "not UTF-8");
    }

    @Test
    void hostileYamlIsRefusedQuickly() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++)
            bomb.append("a%d: &a%d [%s]%n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
        refused(() -> settings().file(write("bomb.yaml", bomb.toString())), "bomb.yaml");
        refused(() -> settings().file(write("deep.yaml", "[".repeat(200_000))), "deep.yaml");
        refused(() -> settings().file(write("deep.json", "[".repeat(200_000))), "deep.json");
        refused(() -> settings().file(write("tag.yaml", "name: !!javax.script.ScriptEngineManager []")), "tag.yaml");
        refused(() -> settings().file(write("big.yaml", "# " + "x".repeat(2_000_000))), "larger than 1 MB");
    }

    @Test
    void anEmptyFileChangesNothing() throws Exception {
        assertThat(settings().file(write("c.yaml", "# nothing\n")).build()).isEqualTo(Config.DEFAULTS);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void refused(Action action, String... parts) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(CommandException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(e.getMessage()).contains(parts);
            assertThat(e.getMessage().lines()).hasSize(1);
        });
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
