package org.lanewise.boosting.format;

import java.util.Arrays;

/** Sets of categories are kept as bits: a few bytes of a file may ask for megabytes. This bounds their sum. */
final class SetBudget {
    private static final long MOST_WORDS = 1L << 24;

    private long words;

    /** @return the set */
    int[] take(int[] set) {
        words += Arrays.stream(set).max().orElse(0) / 64 + 1;
        if (words > MOST_WORDS) throw new IllegalArgumentException("the sets of categories need more than 128 MB");
        return set;
    }
}
