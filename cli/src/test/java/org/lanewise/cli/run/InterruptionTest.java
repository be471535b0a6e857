package org.lanewise.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class InterruptionTest {
    @TempDir
    Path folder;

    /** A training that needs a moment to write its checkpoint. */
    static final class Training {
        public static void main(String[] args) throws Exception {
            try (Interruption interruption = Interruption.watch(System.err)) {
                System.out.println("running");
                while (!interruption.requested()) Thread.sleep(5);
                Thread.sleep(100);
                Files.writeString(Path.of(args[0]), "checkpoint");
            }
            System.exit(130);
        }
    }

    @Test
    void ctrlCWaitsForTheCheckpointAndEndsWith130() throws Exception {
        Path checkpoint = folder.resolve("checkpoint");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), Training.class.getName(), checkpoint.toString()).start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("running");
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(checkpoint).hasContent("checkpoint");
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("writing a checkpoint");
    }

    @Test
    void aFinishedRunLeavesNoHook() {
        Interruption interruption = Interruption.watch(null);
        assertThat(interruption.getAsBoolean()).isFalse();
        interruption.close();
        interruption.close();
        assertThat(interruption.requested()).isFalse();
    }
}
