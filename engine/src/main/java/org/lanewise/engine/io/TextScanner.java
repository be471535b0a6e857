package org.lanewise.engine.io;

/**
 * Reads the few kinds of token that file headers and lines of JSON are made of, and writes quoted strings. The caller says
 * what must come next, so nothing nests deeper than the format itself, and any other content is a fault with its position.
 *
 * <pre>{@code
 * TextScanner in = new TextScanner("{\"step\":3,\"loss\":0.25}", "log.jsonl");
 * in.expect('{');
 * String key = in.string('"');      // step
 * in.expect(':');
 * long step = in.number();
 * }</pre>
 */
public final class TextScanner {

    private final String text;
    private final String what;
    private int at;

    /** {@code what} starts every message. */
    public TextScanner(String text, String what) {
        this.text = text;
        this.what = what;
    }

    /** What is wrong, with the position reached. */
    public FileFormatException fault(String fault) {
        return new FileFormatException(what + ": " + fault + " at character " + at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    /** Takes {@code c} if it comes next. */
    public boolean take(char c) {
        skipSpace();
        if (at >= text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }

    /** Takes {@code c}, which must come next. */
    public void expect(char c) throws FileFormatException {
        if (!take(c)) throw fault("'" + c + "' was expected");
    }

    /** Takes a bare word if it comes next. */
    boolean takeWord(String word) {
        skipSpace();
        if (!text.startsWith(word, at)) return false;
        at += word.length();
        return true;
    }

    /** Only white space may be left. */
    public void expectEnd() throws FileFormatException {
        skipSpace();
        if (at < text.length()) throw fault("more text");
    }

    /** A non-negative decimal integer without leading zeros. */
    public long number() throws FileFormatException {
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
        if (at == start) throw fault("a whole number was expected");
        if (at - start > 18 || text.charAt(start) == '0' && at - start > 1) throw fault("an impossible number");
        return Long.parseLong(text, start, at, 10);
    }

    /** A finite number with sign, fraction and exponent as they come. */
    public double decimal() throws FileFormatException {
        skipSpace();
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) at++;
        double value;
        try {
            value = Double.parseDouble(text.substring(start, at));
        } catch (NumberFormatException _) {
            throw fault("a number was expected");
        }
        if (!Double.isFinite(value)) throw fault("an impossible number");
        return value;
    }

    /** A size of a dimension. */
    int size() throws FileFormatException {
        long n = number();
        if (n > Integer.MAX_VALUE) throw fault("a dimension of " + n);
        return (int) n;
    }

    /** A string in the given quotes, with JSON's escapes. */
    public String string(char quote) throws FileFormatException {
        expect(quote);
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) return out.toString();
            if (c < ' ') throw fault("a control character in a string");
            out.append(c == '\\' ? escaped() : c);
        }
        throw fault("a string without its end");
    }

    private char escaped() throws FileFormatException {
        if (at >= text.length()) throw fault("a string without its end");
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length()) throw fault("an unfinished \\u escape");
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(text.charAt(at++), 16);
                    if (digit < 0) throw fault("a wrong \\u escape");
                    code = code << 4 | digit;
                }
                yield (char) code;
            }
            default -> throw fault("an unknown escape \\" + c);
        };
    }

    /** Appends {@code text} as a JSON string. */
    public static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') out.append(String.format("\\u%04x", (int) c));
                    else out.append(c);
                }
            }
        }
        return out.append('"');
    }
}
