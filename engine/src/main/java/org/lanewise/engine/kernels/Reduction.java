package org.lanewise.engine.kernels;

/**
 * The one order in which every sum is taken, whatever the lane width.
 *
 * <p>A sum over {@code n < 16} elements is sequential. Otherwise there are {@value #LANES} partial sums, starting at 0;
 * element {@code i} goes to partial sum {@code i mod 64}, in order of {@code i}; then the upper half of the partial sums
 * is added to the lower half until one is left. The error grows with {@code n / 64} instead of {@code n}, and 128, 256 and
 * 512 bit machines all add in this order.
 */
public final class Reduction {
    /** The number of partial sums. */
    public static final int LANES = 64;
    /** Sums of fewer elements are sequential. */
    public static final int SEQUENTIAL_BELOW = 16;

    private static final ThreadLocal<float[]> PARTIAL = ThreadLocal.withInitial(() -> new float[LANES]);

    private Reduction() {}

    /** The calling thread's partial sums; their content is whatever the last reduction left. */
    public static float[] partial() {
        return PARTIAL.get();
    }

    /** Adds the {@link #LANES} partial sums in the fixed tree; {@code lanes} is modified. */
    public static float tree(float[] lanes) {
        for (int j = 0; j < 32; j++) lanes[j] += lanes[j + 32];
        for (int j = 0; j < 16; j++) lanes[j] += lanes[j + 16];
        return tree16(lanes);
    }

    /** The last four levels of {@link #tree}: adds {@code lanes[0..16)}. */
    public static float tree16(float[] l) {
        float s0 = l[0] + l[8];
        float s1 = l[1] + l[9];
        float s2 = l[2] + l[10];
        float s3 = l[3] + l[11];
        float s4 = l[4] + l[12];
        float s5 = l[5] + l[13];
        float s6 = l[6] + l[14];
        float s7 = l[7] + l[15];
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }
}
