package org.lanewise.cli.terminal;

import java.util.Locale;

/**
 * Numbers as people read them.
 */
public final class Quantity {
    private Quantity() {}

    /**
     * A length of time.
     *
     * @param seconds seconds
     * @return such as {@code 40 ms}, {@code 3.2 s}, {@code 4 min 05 s}, {@code 2 h 30 min}
     */
    public static String duration(double seconds) {
        if (seconds < 0.9995) return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        if (seconds < 9.95) return String.format(Locale.ROOT, "%.1f s", seconds);
        long whole = Math.round(seconds);
        if (whole < 60) return whole + " s";
        if (whole < 3600) return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /**
     * A rate.
     *
     * @param perSecond units a second
     * @return such as {@code 12.3 k/s}
     */
    public static String rate(double perSecond) {
        if (perSecond >= 1e6) return String.format(Locale.ROOT, "%.1f M/s", perSecond / 1e6);
        if (perSecond >= 1e4) return String.format(Locale.ROOT, "%.1f k/s", perSecond / 1e3);
        if (perSecond >= 10) return String.format(Locale.ROOT, "%.0f/s", perSecond);
        return perSecond >= 1
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : String.format(Locale.ROOT, "%.1f/min", perSecond * 60);
    }

    /**
     * A count with groups of three digits.
     *
     * @param count any whole number
     * @return such as {@code 18 825}, with narrow no-break spaces
     */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202f');
    }

    /**
     * A figure with a fixed number of decimals.
     *
     * @param value    any number; a missing figure is NaN or null
     * @param decimals digits behind the point
     * @return the text; an en dash for a missing figure
     */
    public static String figure(Number value, int decimals) {
        if (value == null || Double.isNaN(value.doubleValue())) return "–";
        return String.format(Locale.ROOT, "%." + decimals + "f", value.doubleValue()).replaceFirst("^-(0(\\.0*)?)$",
                "$1");
    }
}
