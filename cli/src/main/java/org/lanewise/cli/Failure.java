package org.lanewise.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

import org.lanewise.engine.io.FileFormatException;
import org.lanewise.optim.CheckpointException;
import org.lanewise.tabular.BadInputException;

/**
 * How an exception ends the process: an exit code and one line for stderr.
 *
 * @param exitCode one of {@link ExitCode}
 * @param line     what the user reads
 * @param cause    shown with {@code --debug}
 */
record Failure(int exitCode, String line, Throwable cause) {
    /**
     * Classifies an exception. What the user can mend has code 2, everything else code 1.
     */
    static Failure of(Throwable e) {
        return switch (e) {
            case CommandException c -> new Failure(c.exitCode(), c.getMessage(), c);
            case BadInputException b -> new Failure(ExitCode.BAD_INPUT, b.getMessage(), b);
            case CheckpointException c -> new Failure(ExitCode.BAD_INPUT, c.getMessage(), c);
            case IOException io -> ofIo(io);
            case java.io.UncheckedIOException u -> ofIo(u.getCause());
            case OutOfMemoryError m -> new Failure(ExitCode.FAILED,
                    "out of memory with a heap of " + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MB; give more by LANEWISE_JAVA_OPTS=-Xmx..., or less data",
                    m);
            default -> new Failure(ExitCode.FAILED, "failed: " + describe(e) + " (--debug shows where)", e);
        };
    }

    private static Failure ofIo(IOException e) {
        String what = switch (e) {
            case FileFormatException f -> f.getMessage();
            case NoSuchFileException f -> f.getFile() + ": no such file or directory";
            case FileNotFoundException f -> Objects.requireNonNullElse(f.getMessage(), "file not found");
            case AccessDeniedException f -> f.getFile() + ": permission denied";
            case NotDirectoryException f -> f.getFile() + ": not a directory";
            case FileSystemException f -> f.getFile() + ": "
                    + Objects.requireNonNullElse(f.getReason(), describe(f));
            default -> null;
        };
        // A path that cannot be used is the user's to mend; a disk that fails half-way is not.
        return what != null
                ? new Failure(ExitCode.BAD_INPUT, what, e)
                : new Failure(ExitCode.FAILED, "failed: " + describe(e), e);
    }

    private static String describe(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /**
     * Prints the line, and with {@code debug} the stack trace.
     *
     * @return the exit code
     */
    int print(PrintStream err, boolean debug) {
        err.println("lanewise: " + line.strip().replaceAll("\\s*\\R\\s*", "; "));
        if (debug && cause != null) cause.printStackTrace(err);
        err.flush();
        return exitCode;
    }
}
