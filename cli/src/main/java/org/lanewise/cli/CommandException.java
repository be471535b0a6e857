package org.lanewise.cli;

/**
 * Ends a command with one line on stderr and a given exit code.
 */
public final class CommandException extends RuntimeException {
    private final int exitCode;

    private CommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * The user has to change the command, the configuration or the data.
     *
     * @param message one line that names what is wrong, and where
     * @return the exception to throw
     */
    public static CommandException badInput(String message) {
        return new CommandException(ExitCode.BAD_INPUT, message, null);
    }

    /**
     * As {@link #badInput(String)}, with the exception that {@code --debug} should show.
     *
     * @param message one line that names what is wrong, and where
     * @param cause   the origin
     * @return the exception to throw
     */
    public static CommandException badInput(String message, Throwable cause) {
        return new CommandException(ExitCode.BAD_INPUT, message, cause);
    }

    /**
     * The work itself failed.
     *
     * @param message one line
     * @param cause   the origin; null if there is none
     * @return the exception to throw
     */
    public static CommandException failed(String message, Throwable cause) {
        return new CommandException(ExitCode.FAILED, message, cause);
    }

    /**
     * The user stopped the work.
     *
     * @param message one line that says what was kept and how to go on
     * @return the exception to throw
     */
    public static CommandException interrupted(String message) {
        return new CommandException(ExitCode.INTERRUPTED, message, null);
    }

    /**
     * The exit code this exception asks for.
     *
     * @return one of {@link ExitCode}
     */
    public int exitCode() { return exitCode; }
}
