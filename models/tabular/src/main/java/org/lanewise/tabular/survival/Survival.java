package org.lanewise.tabular.survival;

import java.util.Arrays;
import org.lanewise.tabular.BadInputException;

/**
 * Right-censored outcomes: for each subject the time under observation and whether it ended with the event. Immutable.
 * <p>
 * Times that differ only by rounding (by at most 1.5e-8, absolutely or relative to the mean time) are made equal to the
 * smallest of them, as R's {@code survival} does by default, since whether two times tie decides how they are compared.
 */
public final class Survival {
    /** sqrt of the double epsilon, R's default tolerance. */
    private static final double TOLERANCE = Math.sqrt(Math.ulp(1.0));

    private final double[] time;
    private final boolean[] event;

    private Survival(double[] time, boolean[] event) {
        this.time = time;
        this.event = event;
    }

    /**
     * Copies its arguments.
     *
     * @throws IllegalArgumentException
     *             if the lengths differ
     * @throws BadInputException
     *             if a time is missing, infinite or negative
     */
    public static Survival of(double[] time, boolean[] event) {
        if (time.length != event.length) {
            throw new IllegalArgumentException(time.length + " times but " + event.length + " event flags");
        }
        for (int i = 0; i < time.length; i++) {
            if (!(time[i] >= 0 && time[i] < Double.POSITIVE_INFINITY)) {
                throw BadInputException.at("").row(i + 1L).column("time").value(Double.toString(time[i]))
                        .because("a survival time must be finite and not negative");
            }
        }
        return new Survival(mendTies(time), event.clone());
    }

    /**
     * As {@link #of(double[], boolean[])} with the event coded 1 and censoring 0.
     *
     * @throws BadInputException
     *             also if a status is neither
     */
    public static Survival of(double[] time, double[] status) {
        boolean[] event = new boolean[status.length];
        for (int i = 0; i < status.length; i++) {
            if (status[i] != 0 && status[i] != 1) {
                throw BadInputException.at("").row(i + 1L).column("status").value(Double.toString(status[i]))
                        .because("an event flag must be 0 or 1");
            }
            event[i] = status[i] == 1;
        }
        return of(time, event);
    }

    private static double[] mendTies(double[] time) {
        double[] sorted = Arrays.stream(time).sorted().distinct().toArray();
        double mean = Arrays.stream(sorted).average().orElse(0);
        double[] cuts = new double[sorted.length];
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            double gap = i == 0 ? Double.POSITIVE_INFINITY : sorted[i] - sorted[i - 1];
            if (gap > TOLERANCE && gap / mean > TOLERANCE) {
                cuts[count++] = sorted[i];
            }
        }
        double[] mended = time.clone();
        if (count < sorted.length) {
            for (int i = 0; i < mended.length; i++) {
                int at = Arrays.binarySearch(cuts, 0, count, mended[i]);
                mended[i] = cuts[at >= 0 ? at : -at - 2];
            }
        }
        return mended;
    }

    public int size() {
        return time.length;
    }

    public double time(int row) {
        return time[row];
    }

    public boolean event(int row) {
        return event[row];
    }

    /** A copy of the times. */
    public double[] times() {
        return time.clone();
    }

    /** A copy of the event flags. */
    public boolean[] events() {
        return event.clone();
    }

    public int eventCount() {
        int count = 0;
        for (boolean e : event) {
            count += e ? 1 : 0;
        }
        return count;
    }

    /** What would be known had observation ended at {@code horizon}: who is still there then is censored at it. */
    public Survival censoredAt(double horizon) {
        double[] cut = new double[time.length];
        boolean[] seen = new boolean[time.length];
        for (int i = 0; i < time.length; i++) {
            cut[i] = Math.min(time[i], horizon);
            seen[i] = event[i] && time[i] <= horizon;
        }
        return new Survival(cut, seen);
    }

    /** The given rows, in the given order; a row may be named more than once. */
    public Survival take(int... rows) {
        double[] t = new double[rows.length];
        boolean[] e = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            t[i] = time[rows[i]];
            e[i] = event[rows[i]];
        }
        return new Survival(t, e);
    }

    /** The rows from the shortest time to the longest; equal times in order of row. */
    public int[] order() {
        return Order.ascending(time);
    }

    @Override
    public String toString() {
        return size() + " subjects, " + eventCount() + " events";
    }
}
