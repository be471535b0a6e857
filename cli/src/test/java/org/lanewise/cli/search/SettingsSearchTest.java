package org.lanewise.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.optim.search.SearchSpace;
import org.lanewise.optim.search.TrialResult;
import picocli.CommandLine;

class SettingsSearchTest {
    private static final Console SILENT = new Console(new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()), false, true, false);
    private static final SearchSpace SPACE = SearchSpace.builder().logReal("net.rate", 1e-3, 1)
            .integer("depth", 1, 9).build();

    @TempDir
    private Path folder;

    record Net(double rate) {}

    record Config(Net net, int depth, long seed) {}

    private static final Config GIVEN = new Config(new Net(0.9), 1, 3);

    private static double loss(Config c) {
        double rate = Math.log10(c.net.rate) + 1.5;
        return rate * rate + (c.depth - 6) * (c.depth - 6) / 9.0;
    }

    private static SearchOptions options(String... args) {
        SearchOptions options = new SearchOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("search",
                CommandLine.Model.CommandSpec.forAnnotatedObject(options))).parseArgs(args);
        return options;
    }

    private Searched<Config> search(Path to, boolean resume, BooleanSupplier stop, Scorer<Config> scorer,
            String... args) throws Exception {
        try (RunDirectory run = RunDirectory.open(to)) {
            run.begin(GIVEN, Provenance.of("test").with("data", "d"), resume);
            return new SettingsSearch<>(GIVEN, SPACE, "loss", false, 1, "d", scorer).run(options(args), run, SILENT,
                    stop);
        }
    }

    private static double steps(Config c, Scorer.Reports reports) {
        for (int step = 1; step <= 5; step++) reports.at(step, loss(c) + 1.0 / step);
        return loss(c);
    }

    @Test
    void findsBetterSettingsAndTellsOfThem() throws Exception {
        Searched<Config> found = search(folder.resolve("a"), false, () -> false, SettingsSearchTest::steps, "--search",
                "40");
        assertThat(found.before()).isEqualTo(loss(GIVEN));
        assertThat(found.score()).isEqualTo(loss(found.chosen())).isLessThan(0.3);
        assertThat(found.chosen().seed()).isEqualTo(3);
        assertThat(found.result().count(TrialResult.State.PRUNED)).isPositive();
        assertThat(found.tree()).containsEntry("trials", 40).containsEntry("score_as_given", loss(GIVEN));
        assertThat(found.table().rows()).hasSizeBetween(2, 11);
        HtmlReport report = HtmlReport.titled("t", "");
        found.addTo(report);
        assertThat(report.toHtml()).contains("Search for settings", "log10 net.rate", "as given");
        assertThat(Files.readAllLines(folder.resolve("a/search.jsonl"))).hasSize(41);
    }

    @Test
    void whatWasGivenStaysIfNothingIsBetter() throws Exception {
        Searched<Config> found = search(folder.resolve("b"), false, () -> false,
                (c, _) -> c.equals(GIVEN) ? 0 : 1 + loss(c), "--search", "5", "--search-sampler", "random");
        assertThat(found.chosen()).isEqualTo(GIVEN);
        assertThat(found.summary()).contains("stay");
    }

    @Test
    void anInterruptedSearchGoesOnToTheSameTrials() throws Exception {
        Searched<Config> whole = search(folder.resolve("c"), false, () -> false, SettingsSearchTest::steps, "--search",
                "20");
        for (int calls : new int[] {0, 3, 31, 60}) {
            Path to = folder.resolve("d" + calls);
            AtomicInteger left = new AtomicInteger(calls);
            assertThatThrownBy(() -> search(to, false, () -> left.getAndDecrement() <= 0, SettingsSearchTest::steps,
                    "--search", "20")).isInstanceOfSatisfying(CommandException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
            if (!Files.exists(to)) continue; // stopped before the first trial: nothing to go on from
            Searched<Config> resumed = search(to, true, () -> false, SettingsSearchTest::steps, "--search", "20");
            assertThat(resumed.result()).isEqualTo(whole.result());
            assertThat(Files.readString(to.resolve("search.jsonl")))
                    .isEqualTo(Files.readString(folder.resolve("c/search.jsonl")));
        }
        assertThatThrownBy(() -> search(folder.resolve("c"), true, () -> false, SettingsSearchTest::steps, "--search",
                "20", "--search-sampler", "random")).isInstanceOf(CommandException.class)
                .hasMessageContaining("sampler");
    }

    @Test
    void whatTheCommandLineSetsIsNotSearched() {
        Settings<Config> settings = Settings.of(GIVEN).set("net.rate=0.1");
        assertThat(SettingsSearch.free(SPACE, settings).dimensions()).singleElement()
                .satisfies(d -> assertThat(d.name()).isEqualTo("depth"));
        assertThatThrownBy(() -> SettingsSearch.free(SPACE, settings.set("depth=2")))
                .isInstanceOf(CommandException.class);
    }

    @Test
    void badOptionsAreRefused() {
        assertThat(options().isGiven()).isFalse();
        for (String[] bad : new String[][] {{"--search", "0"}, {"--search", "2", "--search-sampler", "grid"},
                {"--search-pruner", "x"}}) {
            assertThatThrownBy(() -> options(bad).isGiven()).isInstanceOf(CommandException.class)
                    .hasMessageContaining(bad[bad.length - 2]);
        }
    }
}
