package org.lanewise.cli.terminal;

import java.io.PrintStream;

import org.lanewise.tabular.JsonFiles;

/**
 * Where a command writes: results to stdout as text or as JSON, progress and notes to stderr.
 */
public final class Console {
    private static final int DEFAULT_COLUMNS = 100;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean quiet;
    private final boolean terminal;

    /**
     * A console on given streams.
     *
     * @param out      for results
     * @param err      for everything else
     * @param json     whether stdout is for one JSON value only
     * @param quiet    whether progress and notes are unwanted
     * @param terminal whether {@code err} is a terminal
     */
    public Console(PrintStream out, PrintStream err, boolean json, boolean quiet, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.quiet = quiet;
        this.terminal = terminal;
    }

    /**
     * The process's own streams.
     *
     * @param json  whether stdout is for one JSON value only
     * @param quiet whether progress and notes are unwanted
     * @return a console; the launcher says by the system property {@code lanewise.terminal} if stderr is a terminal
     */
    public static Console system(boolean json, boolean quiet) {
        return new Console(System.out, System.err, json, quiet, Boolean.getBoolean("lanewise.terminal"));
    }

    /**
     * A result for people: not printed with {@code --json}.
     *
     * @param text one or more lines
     */
    public void print(String text) {
        if (json) return;
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /**
     * The result for programs: printed only with {@code --json}.
     *
     * @param tree maps, lists, numbers, text, booleans; numbers that are not finite become null
     */
    public void json(Object tree) {
        if (!json) return;
        out.println(JsonFiles.text(tree));
        out.flush();
    }

    /**
     * A remark, on stderr.
     *
     * @param text one line
     */
    public void note(String text) {
        if (quiet) return;
        err.println(text);
        err.flush();
    }

    /**
     * Starts to show the progress of some work.
     *
     * @param title what is done
     * @param total how many units it has; 0 if unknown
     * @param unit  what is counted, in the plural
     * @return to be closed at the end
     */
    public Progress progress(String title, long total, String unit) {
        Progress.Style style = quiet
                ? Progress.Style.SILENT
                : terminal ? Progress.Style.TERMINAL : Progress.Style.PLAIN;
        return new Progress(style, err, System::nanoTime, DEFAULT_COLUMNS, title, total, unit);
    }
}
