package org.lanewise.tabular.csv;

/**
 * Reads numbers straight from a character buffer. Accepts {@code [+-] digits [. digits] [e [+-] digits]} and
 * {@code [+-] inf | infinity} in any case; nothing else, so neither "1f" nor "0x1p3", which {@link Double#parseDouble} takes.
 */
final class NumberReader {
    /** Powers of ten that are exact doubles. */
    private static final double[] TEN = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
            1e15,
            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final long LARGEST_EXACT = 1L << 53;

    /** What the last field was. */
    enum Kind {
        /** A whole number in plain digits that fits a long: {@link #whole} and {@link #value}. */
        WHOLE,
        /** A whole number in plain digits, too large for a long: {@link #value}, rounded. */
        HUGE,
        /** Any other number: {@link #value}. */
        REAL,
        /** Not a number. */
        NONE
    }

    long whole;
    double value;

    Kind read(char[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (at < to && (negative || text[at] == '+')) {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int dropped = 0;
        int fraction = 0;
        boolean point = false;
        int first = at;
        for (; at < to; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                digits++;
                if (mantissa < (Long.MAX_VALUE - 9) / 10) {
                    mantissa = mantissa * 10 + (c - '0');
                    fraction += point ? 1 : 0;
                } else {
                    dropped++;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return infinity(text, first, to, negative);
        }
        boolean plain = at == to && !point;
        int exponent = 0;
        if (at < to) {
            int end = exponentEnd(text, at, to);
            if (end != to) {
                return Kind.NONE;
            }
            exponent = exponentValue(text, at + 1, to);
        }
        if (plain) {
            return plain(text, from, to, negative, mantissa, dropped);
        }
        int power = exponent - fraction;
        if (dropped == 0 && mantissa <= LARGEST_EXACT && power >= -22 && power <= 22) {
            // Both operands are exact, so one rounding gives the nearest double (Clinger 1990).
            double magnitude = power < 0 ? mantissa / TEN[-power] : mantissa * TEN[power];
            value = negative ? -magnitude : magnitude;
        } else {
            double magnitude = dropped == 0 ? DecimalDouble.of(mantissa, power) : Double.NaN;
            value = Double.isNaN(magnitude)
                    ? Double.parseDouble(new String(text, from, to - from))
                    : negative ? -magnitude : magnitude;
        }
        return Kind.REAL;
    }

    private Kind plain(char[] text, int from, int to, boolean negative, long mantissa, int dropped) {
        if (dropped == 0) {
            whole = negative ? -mantissa : mantissa;
            value = negative && mantissa == 0 ? -0.0 : whole;
            return Kind.WHOLE;
        }
        String digits = new String(text, from, to - from);
        value = Double.parseDouble(digits);
        try {
            whole = Long.parseLong(digits);
            return Kind.WHOLE;
        } catch (NumberFormatException _) {
            return Kind.HUGE;
        }
    }

    private Kind infinity(char[] text, int from, int to, boolean negative) {
        String word = to - from == 3 || to - from == 8 ? new String(text, from, to - from) : "";
        if (!word.equalsIgnoreCase("inf") && !word.equalsIgnoreCase("infinity")) {
            return Kind.NONE;
        }
        value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return Kind.REAL;
    }

    /** The end of an exponent that starts at {@code at}, or -1 if there is none. */
    private static int exponentEnd(char[] text, int at, int to) {
        if (text[at] != 'e' && text[at] != 'E') {
            return -1;
        }
        int digit = at + 1;
        if (digit < to && (text[digit] == '+' || text[digit] == '-')) {
            digit++;
        }
        int end = digit;
        while (end < to && text[end] >= '0' && text[end] <= '9') {
            end++;
        }
        return end == digit ? -1 : end;
    }

    /** The exponent, held within what is certainly zero or infinite. */
    private static int exponentValue(char[] text, int from, int to) {
        boolean negative = text[from] == '-';
        int exponent = 0;
        for (int i = from; i < to; i++) {
            if (text[i] >= '0' && text[i] <= '9' && exponent < 100_000) {
                exponent = exponent * 10 + (text[i] - '0');
            }
        }
        return negative ? -exponent : exponent;
    }
}
