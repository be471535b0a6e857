package org.lanewise.cli;

/**
 * What the process tells its caller.
 */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** The work was started and failed. */
    public static final int FAILED = 1;
    /** Wrong usage or wrong input: the same command will fail again. */
    public static final int BAD_INPUT = 2;
    /** Stopped by the user; what was done so far can be resumed. The shell's own number for Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
