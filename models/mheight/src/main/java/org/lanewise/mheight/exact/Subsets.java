package org.lanewise.mheight.exact;

import java.util.stream.IntStream;

/** The subsets of a small set as bit masks, by size, in increasing order. */
public final class Subsets {
    private final int[][] bySize;
    private final int[] rank;

    public Subsets(int n) {
        bySize = new int[n + 1][];
        rank = new int[1 << n];
        for (int size = 0; size <= n; size++) {
            int wanted = size;
            bySize[size] = IntStream.range(0, 1 << n).filter(mask -> Integer.bitCount(mask) == wanted).toArray();
            for (int i = 0; i < bySize[size].length; i++) rank[bySize[size][i]] = i;
        }
    }

    /** All of one size. */
    public int[] of(int size) {
        return bySize[size];
    }

    /** The place of a mask among those of its size. */
    public int rank(int mask) {
        return rank[mask];
    }

    /** The elements, increasing. */
    public static int[] members(int mask) {
        return IntStream.range(0, Integer.SIZE).filter(i -> (mask >> i & 1) != 0).toArray();
    }

    /** How many elements are smaller than this one. */
    public static int position(int mask, int element) {
        return Integer.bitCount(mask & (1 << element) - 1);
    }
}
