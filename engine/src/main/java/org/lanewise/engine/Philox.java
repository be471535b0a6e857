package org.lanewise.engine;

/**
 * Philox 4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a
 * keyed bijection of 128-bit counters whose outputs pass every known test of randomness. Any block can be computed by
 * itself, which is what makes results independent of the number of threads.
 *
 * <p>The counter is (low and high half of the block number, low and high half of the stream), the key (low, high half).
 */
final class Philox {

    /** Words of 32 bits per block. */
    static final int WORDS = 4;
    /** Blocks of a {@link Batch}. */
    static final int BATCH = 64;

    private static final long M0 = 0xD2511F53L;
    private static final long M1 = 0xCD9E8D57L;
    private static final long W0 = 0x9E3779B9L;
    private static final long W1 = 0xBB67AE85L;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int ROUNDS = 10;

    private Philox() {}

    /** One block, {@link #WORDS} words. */
    static void block(long key, long stream, long number, int[] out) {
        long c0 = number & LOW;
        long c1 = number >>> 32;
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
        out[0] = (int) c0;
        out[1] = (int) c1;
        out[2] = (int) c2;
        out[3] = (int) c3;
    }

    /**
     * {@link #BATCH} consecutive blocks at once. The same arithmetic round by round over four arrays, one counter word each,
     * which the compiler turns into vector instructions.
     */
    static final class Batch {
        private final long[] c0 = new long[BATCH];
        private final long[] c1 = new long[BATCH];
        private final long[] c2 = new long[BATCH];
        private final long[] c3 = new long[BATCH];
        /** The result: block after block, {@link #WORDS} words each. */
        final int[] words = new int[BATCH * WORDS];

        void fill(long key, long stream, long first) {
            for (int j = 0; j < BATCH; j++) {
                c0[j] = first + j & LOW;
                c1[j] = first + j >>> 32;
                c2[j] = stream & LOW;
                c3[j] = stream >>> 32;
            }
            long k0 = key & LOW;
            long k1 = key >>> 32;
            for (int round = 0; round < ROUNDS; round++) {
                round(c0, c1, c2, c3, k0, k1);
                k0 = k0 + W0 & LOW;
                k1 = k1 + W1 & LOW;
            }
            for (int j = 0; j < BATCH; j++) {
                words[4 * j] = (int) c0[j];
                words[4 * j + 1] = (int) c1[j];
                words[4 * j + 2] = (int) c2[j];
                words[4 * j + 3] = (int) c3[j];
            }
        }

        private static void round(long[] c0, long[] c1, long[] c2, long[] c3, long k0, long k1) {
            for (int j = 0; j < BATCH; j++) {
                long p0 = M0 * c0[j];
                long p1 = M1 * c2[j];
                c0[j] = p1 >>> 32 ^ c1[j] ^ k0;
                c1[j] = p1 & LOW;
                c2[j] = p0 >>> 32 ^ c3[j] ^ k1;
                c3[j] = p0 & LOW;
            }
        }
    }
}
