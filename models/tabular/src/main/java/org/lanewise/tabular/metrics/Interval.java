package org.lanewise.tabular.metrics;

import java.util.Locale;

/**
 * An estimate with its confidence interval.
 *
 * @param level
 *            e.g. 0.95
 */
public record Interval(double estimate, double lower, double upper, double level) {
    public double width() {
        return upper - lower;
    }

    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /** For instance {@code 0.743 (0.724..0.761)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g (%.4g..%.4g)", estimate, lower, upper);
    }
}
