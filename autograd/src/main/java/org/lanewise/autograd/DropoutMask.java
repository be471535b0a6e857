package org.lanewise.autograd;

import org.lanewise.engine.Rng;

/**
 * The random mask of a dropout, as a function of a key and the element's number: nothing is stored for the backward pass,
 * which computes the mask again.
 *
 * <p>The key comes from the tape's stream. Elements are decided by 16 bits each of the SplitMix64 sequence of the key
 * (Steele, Lea, Flood 2014), four to a word; at half a nanosecond each this costs less than reading a stored mask of
 * floats. The rate is a multiple of 2^-16, and the factor of the elements kept is the inverse of the rate really used.
 *
 * <p>Blocks of {@value #BLOCK} elements have words of their own, so that tasks may begin at any block.
 */
final class DropoutMask {
    /** Elements per block: 4 for each of its words. */
    static final int BLOCK = 1024;

    private static final int WORDS = BLOCK / 4;
    private static final int ONE = 1 << 16;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long key;
    private final int dropped;
    private final float factor;

    private DropoutMask(long key, int dropped) {
        this.key = key;
        this.dropped = dropped;
        this.factor = (float) ((double) ONE / (ONE - dropped));
    }

    /** A mask that drops each element with probability {@code p}, 0 <= p < 1. */
    static DropoutMask of(Rng rng, float p) {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException("dropout: the probability " + p + " is not in [0, 1)");
        }
        return new DropoutMask(rng.nextLong(), Math.min(ONE - 1, Math.round(p * ONE)));
    }

    /** Writes block number {@code block}: 0 for elements dropped, the factor for others. {@code mask} has room for all. */
    void write(int block, float[] mask, int at, long[] words) {
        long from = key + block * (long) WORDS * GOLDEN;
        for (int i = 0; i < WORDS; i++) {
            long z = from + i * GOLDEN;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            words[i] = z ^ (z >>> 31);
        }
        for (int quarter = 0; quarter < 4; quarter++) decide(words, 16 * quarter, mask, at + quarter * WORDS);
    }

    /** The sign of {@code bits - dropped} as 0 or 1: arithmetic only, so that it compiles to vector code. */
    private void decide(long[] words, int shift, float[] mask, int at) {
        for (int i = 0; i < WORDS; i++) {
            int bits = (int) (words[i] >>> shift) & (ONE - 1);
            mask[at + i] = (1 + ((bits - dropped) >> 31)) * factor;
        }
    }

    /** A buffer for {@link #write}. */
    static long[] words() {
        return new long[WORDS];
    }
}
