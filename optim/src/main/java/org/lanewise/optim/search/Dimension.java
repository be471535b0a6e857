package org.lanewise.optim.search;

import java.util.HashSet;
import java.util.List;

/**
 * One hyper-parameter. Numeric ones are searched on a continuous scale: the value itself, or its natural logarithm if
 * {@code log}; the whole number k owns what lies between k - 1/2 and k + 1/2, so that the first and last are as
 * likely as others.
 *
 * @param name non-empty, unique in its space
 * @param kind of the values
 * @param log whether ratios count instead of differences; never for categories
 * @param low smallest value, included; 0 for categories
 * @param high largest value, included; 0 for categories
 * @param choices of a category, in order; empty for others
 * @param parent the category this dimension depends on, or null
 * @param parentValues the parent's values under which this dimension exists
 */
public record Dimension(String name, Kind kind, boolean log, double low, double high, List<String> choices,
        String parent, List<String> parentValues) {

    /** What values are. */
    public enum Kind {
        /** {@code Double}. */
        REAL,
        /** {@code Integer}. */
        INTEGER,
        /** {@code String}. */
        CATEGORY
    }

    /** @throws IllegalArgumentException if the range or the choices are impossible */
    public Dimension {
        choices = List.copyOf(choices);
        parentValues = List.copyOf(parentValues);
        if (name.isEmpty()) throw new IllegalArgumentException("a dimension needs a name");
        if (kind == Kind.CATEGORY) {
            if (choices.isEmpty() || new HashSet<>(choices).size() != choices.size()) {
                throw new IllegalArgumentException(name + ": needs different choices, not " + choices);
            }
        } else {
            boolean whole = kind == Kind.INTEGER;
            if (!(whole ? low <= high : low < high) || Double.isInfinite(high - low)) {
                throw new IllegalArgumentException(name + ": no range " + text(kind, low) + " .. " + text(kind, high));
            }
            if (log && !(low > 0)) {
                throw new IllegalArgumentException(
                        name + ": a logarithmic range starts above 0, not at " + text(kind, low));
            }
        }
    }

    private static String text(Kind kind, double bound) {
        return kind == Kind.INTEGER ? Long.toString((long) bound) : Double.toString(bound);
    }

    /** The lower end of the search scale. */
    double from() {
        return scale(kind == Kind.INTEGER ? low - 0.5 : low);
    }

    /** The upper end of the search scale. */
    double to() {
        return scale(kind == Kind.INTEGER ? high + 0.5 : high);
    }

    /** Where on the search scale a number lies. StrictMath, because its bits are the same on every machine. */
    double scale(double value) {
        return log ? StrictMath.log(value) : value;
    }

    /** The value at a point of the search scale. */
    Object value(double x) {
        double value = log ? StrictMath.exp(x) : x;
        if (kind == Kind.INTEGER) return (int) Math.clamp(Math.rint(value), low, high);
        return Math.clamp(value, low, high);
    }

    Dimension under(String parent, List<String> parentValues) {
        return new Dimension(name, kind, log, low, high, choices, parent, parentValues);
    }
}
