package org.lanewise.mheight.data;

import java.util.Arrays;

import org.lanewise.engine.Parallel;
import org.lanewise.mheight.exact.ExactSolver;

/**
 * A number that all codes of an orbit share: permutations and sign changes of rows and columns of P, and any other systematic
 * form of the same code (row reduction on other columns of G), keep the heights, so such twins must not be parted between training
 * and test. The key is a hash of k and the sorted minors of G, divided by their largest: these operations permute the minors'
 * magnitudes and scale them all alike. Ratios are rounded to 24 bits, which hides what rounding does to entries that are not whole;
 * codes that differ by less share a key, which does no harm.
 */
public final class OrbitKey {
    private OrbitKey() {}

    /**
     * The keys of {@code count} codes.
     *
     * @param p matrices row by row, one after the other
     */
    public static long[] of(ExactSolver solver, double[] p, int count) {
        int width = solver.minorCount();
        double[] minors = new double[count * width];
        solver.minors(p, count, minors);
        long[] keys = new long[count];
        Parallel.chunks(count, 256, (from, length) -> {
            float[] sorted = new float[width];
            for (int i = from; i < from + length; i++) keys[i] = key(solver.shape().k(), minors, i * width, sorted);
        });
        return keys;
    }

    private static long key(int k, double[] minors, int at, float[] sorted) {
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) largest = Math.max(largest, minors[at + i]);
        for (int i = 0; i < sorted.length; i++) sorted[i] = (float) (minors[at + i] / largest);
        Arrays.sort(sorted);
        long hash = mix(k);
        for (float x : sorted) hash = mix(hash ^ Float.floatToIntBits(x));
        return hash;
    }

    /** A bijection that spreads any change over all bits (Stafford's variant 13 of the 64-bit finaliser of MurmurHash3). */
    static long mix(long x) {
        x += 0x9E3779B97F4A7C15L;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
