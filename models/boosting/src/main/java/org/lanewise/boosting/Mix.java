package org.lanewise.boosting;

/** A hash of counters, for random choices by row. */
final class Mix {
    private Mix() {}

    /** 64 bits in which every bit of {@code x} counts (the finaliser of splitmix64; Steele, Lea and Flood 2014). */
    static long hash(long x) {
        long z = x * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** A key for the choices of one kind at one place. */
    static long key(long seed, long kind, long index) {
        return hash(hash(hash(seed) + kind) + index);
    }

    /** Uniform in [0, 1). */
    static double uniform(long key, long index) {
        return (hash(key + index) >>> 11) * 0x1p-53;
    }
}
