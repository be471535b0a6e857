package org.lanewise.optim.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trial that has ended.
 *
 * @param number from 0, in the order of drawing
 * @param values of the dimensions that existed: {@code Double}, {@code Integer} or {@code String}
 * @param state how it ended
 * @param score of a complete trial, else NaN
 * @param reports what it reported, by step
 * @param reason why a failed trial failed, on one line; else empty
 */
public record TrialResult(int number, Map<String, Object> values, State state, double score, List<Report> reports,
        String reason) {

    /** How a trial ended. */
    public enum State {
        /** With a score. */
        COMPLETE,
        /** Given up after a report. */
        PRUNED,
        /** With an exception, or a score or report that is not finite. */
        FAILED
    }

    /**
     * A score on the way.
     *
     * @param step effort spent so far, such as epochs or trees
     * @param value finite, of the kind of the final score
     */
    public record Report(int step, double value) {}

    /** Copies its arguments. */
    public TrialResult {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        reports = List.copyOf(reports);
    }

    /** The last report; there must be one. */
    Report last() {
        return reports.getLast();
    }
}
