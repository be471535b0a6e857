package org.lanewise.henaw.data;

import java.util.Locale;

/**
 * One unit a laboratory reports a marker in: canonical value = {@code scale * x + offset}.
 *
 * @param name         as written on the command line and in reports, for example {@code mg/dL}
 * @param scale        factor to the marker's canonical unit
 * @param offset       added after scaling (only HbA1c needs one)
 * @param lowestMedian smallest median of a population that is believable in this unit, in this unit
 * @param highMedian   largest such median
 */
public record MarkerUnit(String name, double scale, double offset, double lowestMedian, double highMedian) {

    /** The value in the marker's canonical unit; NaN stays NaN. */
    public double toCanonical(double value) {
        return scale == 1 && offset == 0 ? value : scale * value + offset;
    }

    /** Whether a column with this median may be written in this unit. */
    public boolean believable(double median) {
        return median >= lowestMedian && median <= highMedian;
    }

    /** Whether {@code text} names this unit, whatever its case and with the micro sign written either way. */
    boolean isNamed(String text) {
        return plain(text).equals(plain(name));
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('\u00b5', 'u').replace('\u03bc', 'u').replace(" ", "");
    }
}
