package org.lanewise.engine;

/**
 * Philox 4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a
 * keyed bijection of 128-bit counters whose outputs pass every known test of randomness. Any block can be computed by
 * itself, which is what makes results independent of the number of threads.
 */
final class Philox {

    /** Words of 32 bits per block. */
    static final int WORDS = 4;

    private static final long M0 = 0xD2511F53L;
    private static final long M1 = 0xCD9E8D57L;
    private static final long W0 = 0x9E3779B9L;
    private static final long W1 = 0xBB67AE85L;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int ROUNDS = 10;

    private Philox() {}

    /**
     * Blocks {@code first .. first + blocks - 1} of a stream, {@link #WORDS} words each, to {@code out[at ...]}. The
     * counter is (low and high half of the block number, low and high half of the stream), the key (low, high half).
     */
    static void blocks(long key, long stream, long first, int blocks, int[] out, int at) {
        for (int b = 0; b < blocks; b++) {
            long block = first + b;
            long c0 = block & LOW;
            long c1 = block >>> 32;
            long c2 = stream & LOW;
            long c3 = stream >>> 32;
            long k0 = key & LOW;
            long k1 = key >>> 32;
            for (int round = 0; round < ROUNDS; round++) {
                long p0 = M0 * c0;
                long p1 = M1 * c2;
                c0 = (p1 >>> 32) ^ c1 ^ k0;
                c1 = p1 & LOW;
                c2 = (p0 >>> 32) ^ c3 ^ k1;
                c3 = p0 & LOW;
                k0 = k0 + W0 & LOW;
                k1 = k1 + W1 & LOW;
            }
            int to = at + b * WORDS;
            out[to] = (int) c0;
            out[to + 1] = (int) c1;
            out[to + 2] = (int) c2;
            out[to + 3] = (int) c3;
        }
    }
}
