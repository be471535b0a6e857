package org.lanewise.tabular.csv;

/**
 * Gives equal short texts that come again and again one String: a column of few different values then takes a reference a row.
 */
final class TextCache {
    private static final int SLOTS = 1 << 10;
    private static final int LONGEST = 32;

    private String[] slots;

    String get(char[] text, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return new String(text, from, length);
        }
        if (slots == null) {
            slots = new String[SLOTS];
        }
        int hash = length;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        String held = slots[slot];
        if (held == null || !equal(held, text, from, length)) {
            held = new String(text, from, length);
            slots[slot] = held;
        }
        return held;
    }

    private static boolean equal(String held, char[] text, int from, int length) {
        if (held.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (held.charAt(i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }
}
