package org.lanewise.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.report.HtmlReport;

class RunDirectoryTest {
    @TempDir
    Path folder;

    record Config(int epochs) {}

    @Test
    void writesTheFilesOfARun() throws Exception {
        Path path = folder.resolve("runs/a b");
        try (RunDirectory run = RunDirectory.open(path)) {
            run.writeConfig(new Config(7), Provenance.of("test run").with("seed", 42L));
            run.writeMetrics(Map.of("mae", 5.5));
            run.writeReport(HtmlReport.titled("A", ""));
        }
        assertThat(path.resolve("config.json")).content().contains("\"epochs\" : 7").contains("\"seed\" : 42")
                .contains("lanewise test run").contains("\"kernels\"").contains("\"threads\"");
        assertThat(path.resolve("metrics.json")).content().contains("5.5");
        assertThat(path.resolve("report.html")).content().startsWith("<!doctype html>");
        try (Stream<Path> files = Files.list(path)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "metrics.json", "report.html", ".lock");
        }
    }

    @Test
    void figuresThatAreNotNumbersBecomeNull() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("c", Double.NaN);
        metrics.put("list", new double[] {1, Double.POSITIVE_INFINITY});
        metrics.put("none", null);
        try (RunDirectory run = RunDirectory.open(folder)) {
            run.writeMetrics(metrics);
        }
        assertThat(folder.resolve("metrics.json")).content().contains("\"c\" : null").contains("null ]")
                .contains("\"none\" : null");
    }

    @Test
    void aFileThatCannotBeReplacedLeavesNothingBehind() throws Exception {
        Files.createDirectories(folder.resolve("metrics.json/full"));
        try (RunDirectory run = RunDirectory.open(folder)) {
            assertThatThrownBy(() -> run.writeMetrics(Map.of("a", 1))).isInstanceOf(java.io.UncheckedIOException.class);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("metrics.json",
                    ".lock");
        }
    }

    @Test
    void aSecondRunInTheSameDirectoryIsRefused() {
        try (RunDirectory _ = RunDirectory.open(folder)) {
            refused(() -> RunDirectory.open(folder), "another run");
        }
        RunDirectory.open(folder).close(); // free again
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused(() -> RunDirectory.open(file), "--out", "is a file");
        refused(() -> RunDirectory.open(file.resolve("below")), "--out", "below");
    }

    @Test
    void aReadOnlyDirectoryIsRefused() {
        assumeTrue(Files.isDirectory(Path.of("/proc/1")),
                "a directory in which nobody, not even root, can create files");
        refused(() -> RunDirectory.open(Path.of("/proc/1")), "--out /proc/1", "cannot be written");
    }

    record Nested(double rate, int[] hidden) {}

    record Settings(int epochs, Nested net, float dropout) {}

    private static Settings settings(double rate) {
        return new Settings(3, new Nested(rate, new int[] {4, 2}), 0.1f);
    }

    private static Provenance data(String fingerprint) {
        return Provenance.of("test train").with("data", fingerprint);
    }

    @Test
    void resumingNeedsACheckpointAndKeepsIt() throws Exception {
        try (RunDirectory run = RunDirectory.open(folder)) {
            refused(() -> run.begin(settings(0.1), data("a"), true), "--resume", "no interrupted training");
            run.begin(settings(0.1), data("a"), false);
            Files.createDirectories(run.checkpoint());
            Files.writeString(run.checkpoint().resolve("last.safetensors"), "x");
            Files.createDirectories(run.tensorBoard());
            Files.createDirectories(run.model());
            run.writeMetrics(Map.of("old", 1));

            run.begin(settings(0.1), data("a"), true);
            assertThat(run.checkpoint().resolve("last.safetensors")).exists();
            assertThat(run.tensorBoard()).exists();
            assertThat(folder.resolve("metrics.json")).doesNotExist();

            run.begin(settings(0.1), data("a"), false);
            assertThat(run.isResumable()).isFalse();
            assertThat(run.tensorBoard()).doesNotExist();
            assertThat(run.model()).exists();
        }
    }

    @Test
    void aSearchIsResumedUntilThereAreFigures() throws Exception {
        try (RunDirectory run = RunDirectory.open(folder)) {
            run.begin(settings(0.1), data("a"), false);
            Files.writeString(run.search(), "x");
            run.begin(settings(0.1), data("a"), true);
            assertThat(run.search()).exists();
            run.writeMetrics(Map.of("n", 1));
            assertThat(run.isResumable()).isFalse();
            run.begin(settings(0.1), data("a"), false);
            assertThat(run.search()).doesNotExist();
        }
    }

    @Test
    void resumingWithOtherSettingsOrDataIsRefused() throws Exception {
        try (RunDirectory run = RunDirectory.open(folder)) {
            run.begin(settings(0.1), data("a"), false);
            Files.createDirectories(run.checkpoint());
            Files.writeString(run.checkpoint().resolve("last.safetensors"), "x");
            refused(() -> run.begin(settings(0.2), data("a"), true), "net.rate is 0.2", "begun with 0.1");
            refused(() -> run.begin(settings(0.1), data("b"), true), "other data");
            run.begin(settings(0.1), data("a"), true);
            run.finish();
            assertThat(run.isResumable()).isFalse();
        }
    }

    private static void refused(Runnable action, String... parts) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(CommandException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(e.getMessage()).contains(parts);
        });
    }
}
