package org.lanewise.cli.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a piece of work is: percent, rate and time left. On a terminal one line is rewritten; elsewhere a plain
 * line is printed now and then; {@link Style#SILENT} prints nothing. Writes to stderr, so that results on stdout stay
 * clean. Thread-safe.
 *
 * {@snippet :
 * try (Progress progress = console.progress("training", epochs, "epochs")) {
 *     progress.update(epoch, "loss 0.31");
 * }
 * }
 */
public final class Progress implements AutoCloseable {
    /** How to show progress. */
    public enum Style {
        /** One line, rewritten. */
        TERMINAL,
        /** A line at intervals. */
        PLAIN,
        /** Nothing. */
        SILENT
    }

    private static final long TERMINAL_INTERVAL = 100_000_000L;
    private static final long PLAIN_INTERVAL = 10_000_000_000L;
    private static final int BAR = 20;

    private final Style style;
    private final PrintStream err;
    private final LongSupplier nanos;
    private final String title;
    private final String unit;
    private final long begun;
    private final int columns;
    private long total;
    private long done;
    private long startedAt;
    private String note = "";
    private long lastShown;
    private boolean shown;
    private boolean closed;

    Progress(Style style, PrintStream err, LongSupplier nanos, int columns, String title, long total, String unit) {
        this.style = style;
        this.err = err;
        this.nanos = nanos;
        this.columns = columns;
        this.title = title;
        this.total = total;
        this.unit = unit;
        this.begun = nanos.getAsLong();
        this.lastShown = begun;
    }

    /**
     * Says that the work begins with some of it done already, as when a run is resumed, so that rate and time left
     * count only what is done from now on.
     *
     * @param alreadyDone units done before
     */
    public synchronized void startAt(long alreadyDone) {
        startedAt = alreadyDone;
        done = alreadyDone;
    }

    /**
     * Reports how much is done.
     *
     * @param unitsDone units done so far
     * @param remark    a few words behind the figures, such as the loss; may be empty
     */
    public synchronized void update(long unitsDone, String remark) {
        done = unitsDone;
        note = remark;
        long now = nanos.getAsLong();
        long interval = style == Style.TERMINAL ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
        if (style == Style.SILENT || closed || now - lastShown < interval) return;
        show(now);
    }

    /**
     * Reports how much is done.
     *
     * @param unitsDone units done so far
     */
    public void update(long unitsDone) {
        update(unitsDone, note);
    }

    /**
     * Corrects the total, when it becomes known late.
     *
     * @param units all units; 0 if unknown
     */
    public synchronized void total(long units) {
        total = units;
    }

    private void show(long now) {
        lastShown = now;
        shown = true;
        String line = line(now);
        if (style == Style.PLAIN) err.println(line);
        else err.print("\r" + (line.length() < columns ? line : line.substring(0, columns - 1)) + "\033[K");
        err.flush();
    }

    private String line(long now) {
        double seconds = (now - begun) / 1e9;
        double rate = seconds > 0 ? (done - startedAt) / seconds : 0;
        StringBuilder line = new StringBuilder(title);
        if (total > 0) {
            double share = Math.min(1, (double) done / total);
            if (style == Style.TERMINAL) line.append(' ').append(bar(share));
            line.append(String.format(Locale.ROOT, " %3.0f %%, %d/%d %s", Math.floor(share * 100), done, total, unit));
        } else {
            line.append(String.format(Locale.ROOT, " %d %s", done, unit));
        }
        if (rate > 0) line.append(", ").append(Quantity.rate(rate));
        if (rate > 0 && done < total)
            line.append(", ").append(Quantity.duration((total - done) / rate)).append(" left");
        if (!note.isEmpty()) line.append(", ").append(note);
        return line.toString();
    }

    private static String bar(double share) {
        int full = (int) (share * BAR);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    /**
     * Ends the line. Something is printed only if the work took long enough to be shown before.
     */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        if (!shown) return;
        if (style == Style.TERMINAL) {
            err.print("\r\033[K");
        } else {
            double seconds = (nanos.getAsLong() - begun) / 1e9;
            err.println(title + ": " + done + " " + unit + " in " + Quantity.duration(seconds));
        }
        err.flush();
    }
}
