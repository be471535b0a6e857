package org.lanewise.tabular;

/**
 * Data that a person supplied is wrong. The message is always one printable line that says where: file, data row (counted
 * from 1 after the header), line, column and value, as far as they are known. A command line shows just this message.
 *
 * <pre>{@code
 * throw BadInputException.at("people.csv").row(12, 13).column("age").value("abc").because("not a number");
 * // people.csv: row 12 (line 13), column "age", value "abc": not a number
 * }</pre>
 */
public final class BadInputException extends RuntimeException {
    private static final int LONGEST_VALUE = 60;

    public BadInputException(String message) {
        super(oneLine(message, Integer.MAX_VALUE));
    }

    public BadInputException(String message, Throwable cause) {
        super(oneLine(message, Integer.MAX_VALUE), cause);
    }

    /** Starts a message about the named file or other source; {@code null} or empty when there is none. */
    public static Location at(String source) {
        return new Location(source);
    }

    /** Collects where the fault is; {@link #because} ends the sentence. */
    public static final class Location {
        private final StringBuilder text = new StringBuilder();
        private final boolean named;
        private Throwable cause;

        private Location(String source) {
            named = source != null && !source.isEmpty();
            if (named) {
                text.append(source);
            }
        }

        private Location add(String part) {
            text.append(text.isEmpty() ? "" : named && text.indexOf(": ") < 0 ? ": " : ", ").append(part);
            return this;
        }

        /** Data row and line of the file, both counted from 1. */
        public Location row(long row, long line) {
            return add("row " + row + " (line " + line + ")");
        }

        /** Data row counted from 1. */
        public Location row(long row) {
            return add("row " + row);
        }

        public Location line(long line) {
            return add("line " + line);
        }

        public Location column(String name) {
            return add("column \"" + oneLine(name, LONGEST_VALUE) + '"');
        }

        public Location value(CharSequence value) {
            return add("value \"" + oneLine(value.toString(), LONGEST_VALUE) + '"');
        }

        public Location causedBy(Throwable thrown) {
            cause = thrown;
            return this;
        }

        /** Completes the message. */
        public BadInputException because(String problem) {
            return new BadInputException(text.isEmpty() ? problem : text + ": " + problem, cause);
        }
    }

    private static String oneLine(String text, int limit) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (line.length() >= limit) {
                return line.append("...").toString();
            }
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (c == '\r') {
                line.append("\\r");
            } else if (c == '\t') {
                line.append("\\t");
            } else if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }
}
