package org.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

import org.junit.jupiter.api.Test;
import org.lanewise.optim.CheckpointException;
import org.lanewise.tabular.BadInputException;

class FailureTest {
    @Test
    void whatTheUserCanMendHasCodeTwo() {
        assertThat(Failure
                .of(BadInputException.at("people.csv").row(3, 4).column("age").value("abc").because("not a number")))
                .satisfies(f -> assertThat(f.exitCode()).isEqualTo(2))
                .satisfies(f -> assertThat(f.line()).contains("people.csv").contains("age").contains("abc"));
        assertThat(Failure.of(new NoSuchFileException("x.csv")).exitCode()).isEqualTo(2);
        assertThat(Failure.of(new UncheckedIOException(new AccessDeniedException("x.csv"))).line())
                .isEqualTo("x.csv: permission denied");
        assertThat(Failure.of(new CheckpointException("last.safetensors belongs to another run")))
                .satisfies(f -> assertThat(f.exitCode()).isEqualTo(2))
                .satisfies(f -> assertThat(f.line()).isEqualTo("last.safetensors belongs to another run"));
    }

    @Test
    void everythingElseHasCodeOne() {
        assertThat(Failure.of(new IOException("No space left on device")).exitCode()).isEqualTo(1);
        assertThat(Failure.of(new IllegalStateException()).line()).contains("IllegalStateException");
        assertThat(Failure.of(new OutOfMemoryError()).line()).contains("LANEWISE_JAVA_OPTS");
        assertThat(Failure.of(CommandException.interrupted("stopped")).exitCode()).isEqualTo(130);
    }

    @Test
    void theMessageIsOneLineUnlessDebugging() {
        IllegalStateException e = new IllegalStateException("first\n  second\r\nthird");
        assertThat(printed(e, false))
                .isEqualTo("lanewise: failed: first; second; third (--debug shows where)" + System.lineSeparator());
        assertThat(printed(e, true)).contains("at org.lanewise.cli.FailureTest");
    }

    private static String printed(Throwable e, boolean debug) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Failure.of(e).print(new PrintStream(bytes, true, StandardCharsets.UTF_8), debug);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
