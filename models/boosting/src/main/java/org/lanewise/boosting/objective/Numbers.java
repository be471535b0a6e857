package org.lanewise.boosting.objective;

/** Numbers in objectives' names. */
final class Numbers {
    private Numbers() {}

    /** A whole number without ".0". */
    static String shortest(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
