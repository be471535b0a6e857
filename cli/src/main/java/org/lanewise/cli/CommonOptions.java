package org.lanewise.cli;

import picocli.CommandLine.Option;

/**
 * Options every command has, as a picocli mixin.
 */
public class CommonOptions {
    @Option(names = "--threads", paramLabel = "N", description = "Threads to use (default: all cores).")
    private Integer threads;

    @Option(names = "--json", description = "Print the result as JSON on stdout, and nothing else there.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress and no notes.")
    private boolean quiet;

    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    /** For picocli. */
    public CommonOptions() {}

    /**
     * The number of threads asked for.
     *
     * @return null for all cores
     * @throws CommandException if it is not positive
     */
    public Integer threads() {
        if (threads != null && threads < 1)
            throw CommandException.badInput("--threads " + threads + ": expected 1 or more");
        return threads;
    }

    /**
     * Whether the result goes to stdout as JSON.
     *
     * @return true with {@code --json}
     */
    public boolean json() { return json; }

    /**
     * Whether progress and notes are unwanted.
     *
     * @return true with {@code --quiet}
     */
    public boolean quiet() { return quiet; }

    /**
     * Whether stack traces are wanted.
     *
     * @return true with {@code --debug}
     */
    public boolean debug() { return debug; }
}
