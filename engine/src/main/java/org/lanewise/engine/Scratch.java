package org.lanewise.engine;

import java.util.Arrays;

/**
 * Reusable buffers of the calling thread, so that kernels allocate nothing once warm.
 *
 * <p>There is one buffer per slot and thread; it grows to the largest size asked for and stays. A buffer belongs to its
 * borrower until the next call with the same slot on the same thread, so a routine uses slots that nothing it calls uses.
 * The content is whatever the last user left.
 */
public final class Scratch {
    /** Packed panels of the left factor of a product. */
    public static final int GEMM_A = 0;
    /** Packed panels of the right factor of a product. */
    public static final int GEMM_B = 1;
    /** The tile at a ragged edge of a product. */
    public static final int GEMM_TILE = 2;
    /** Free for tensor operations. */
    public static final int TENSOR_0 = 3;
    /** Free for tensor operations. */
    public static final int TENSOR_1 = 4;
    /** Free for the libraries above the engine. */
    public static final int USER_0 = 5;
    /** Free for the libraries above the engine. */
    public static final int USER_1 = 6;
    /** Intermediate values inside one element-wise kernel. */
    public static final int KERNEL = 7;

    private static final int SLOTS = 8;
    private static final float[] NONE = {};
    private static final ThreadLocal<float[][]> BUFFERS = ThreadLocal.withInitial(() -> {
        float[][] buffers = new float[SLOTS][];
        Arrays.fill(buffers, NONE);
        return buffers;
    });

    private Scratch() {}

    /** The buffer of this slot and thread, at least {@code size} long. */
    public static float[] floats(int slot, int size) {
        float[][] buffers = BUFFERS.get();
        if (buffers[slot].length < size) buffers[slot] = new float[Math.max(size, 2 * buffers[slot].length)];
        return buffers[slot];
    }
}
