package org.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path folder;

    @Test
    void helpListsTheCommandsOnStdout() {
        Captured run = Captured.run("--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("demo").contains("doctor").contains("Exit codes");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void withoutArgumentsTheHelpIsShown() {
        assertThat(Captured.run().out()).contains("Usage: lanewise");
    }

    @Test
    void everyCommandHasAHelpPage() {
        for (SystemCommands system : Systems.all()) {
            for (Object verb : system.verbs()) {
                String name = verb.getClass().getAnnotation(picocli.CommandLine.Command.class).name();
                Captured run = Captured.run(system.name(), name, "--help");
                assertThat(run.code()).as(name).isZero();
                assertThat(run.out()).as(name).contains("Usage: lanewise " + system.name() + " " + name);
            }
        }
    }

    @Test
    void anUnknownOptionIsOneLineWithTheNearestAndCodeTwo() {
        Captured run = Captured.run("doctor", "--no-tset");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains("unknown option '--no-tset'")
                .contains("did you mean '--no-test'").contains("lanewise doctor --help");
    }

    @Test
    void anUnknownCommandNamesTheNearest() {
        Captured run = Captured.run("docter");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err().lines()).singleElement().asString().contains("'docter'").contains("'doctor'");
    }

    @Test
    void aBadValueOfAnOptionIsOneLine() {
        Captured run = Captured.run("demo", "--seed", "many");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err().lines()).singleElement().asString().contains("--seed").contains("many");
        assertThat(Captured.run("doctor", "--no-test", "--threads", "0").err().lines()).singleElement().asString()
                .contains("--threads 0").contains("1 or more");
    }

    @Test
    void debugShowsTheStackTrace() {
        assertThat(Captured.run("demo", "--seed", "many", "--debug").err().lines().count()).isGreaterThan(3);
    }

    @Test
    void anUnwritableOutputIsFoundBeforeAnyWork() throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "x");
        Captured run = Captured.run("demo", "--out", file.resolve("below").toString());
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err().lines()).singleElement().asString().contains("--out").contains("taken");
    }

    @Test
    void demoRefusesSystemsThatDoNotExist() {
        Captured run = Captured.run("demo", "nonesuch", "--out", folder.toString());
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("nonesuch");
    }

    @Test
    void doctorTellsTheKernelsAndTheReasonAsTextAndJson() {
        Captured text = Captured.run("doctor", "--no-test");
        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("kernels").contains(org.lanewise.engine.Backend.active().reason());
        Captured json = Captured.run("doctor", "--no-test", "--json");
        assertThat(json.out()).startsWith("{").contains("\"kernels\"").contains("\"advice\"");
    }
}
