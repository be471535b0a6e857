package org.lanewise.cli.report;

/**
 * Text for HTML and SVG.
 */
final class Html {
    private Html() {}

    /**
     * Escapes text for element content and for attribute values in double quotes. Control characters that XML does not
     * know are dropped.
     */
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> {
                    boolean allowed = c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c != 0x7f && !isSurrogate(c)
                            && c != 0xfffe && c != 0xffff;
                    if (allowed) html.appendCodePoint(c);
                }
            }
        });
        return html.toString();
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
