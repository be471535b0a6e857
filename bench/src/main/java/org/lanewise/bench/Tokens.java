package org.lanewise.bench;

/** Sizes written as {@code 32x128}: so many sequences of so many positions. */
final class Tokens {
    private Tokens() {}

    static int batch(String tokens) {
        return Integer.parseInt(tokens.substring(0, tokens.indexOf('x')));
    }

    static int positions(String tokens) {
        return Integer.parseInt(tokens.substring(tokens.indexOf('x') + 1));
    }
}
