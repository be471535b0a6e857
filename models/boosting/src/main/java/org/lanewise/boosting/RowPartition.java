package org.lanewise.boosting;

import org.lanewise.engine.WorkerPool;

/**
 * The rows of a tree's leaves, each leaf a stretch of one array, in ascending order.
 *
 * <p>An entry is a row number in the low 32 bits and, in the high, whatever the row must carry with it: its packed gradient
 * and hessian, which so are read in order wherever the rows lie.
 *
 * <p>A leaf is divided in blocks of a fixed size: within a block stably, then the blocks' parts are moved to their places in
 * the other of two arrays. A small leaf is divided in place.
 */
final class RowPartition {
    private static final int BLOCK = 1 << 13;

    private final long[][] buffers;
    private final long[] spare;
    private int size;

    RowPartition(int rows) {
        buffers = new long[][] {new long[rows], new long[rows]};
        spare = new long[rows];
    }

    /** Entries of the whole tree, for its root, to be written by the caller. */
    long[] reset(int rows) {
        size = rows;
        return buffers[0];
    }

    int size() {
        return size;
    }

    /** The array that holds a leaf's entries. */
    long[] rows(Leaf leaf) {
        return buffers[leaf.buffer];
    }

    /**
     * Divides a leaf: entries whose bin goes left come first.
     *
     * @param column   bins of the split's feature
     * @param goesLeft 1 for a bin that goes left, else 0; 256 long
     * @return the number that went left; afterwards the entries are in the buffer that {@code leaf.buffer} tells
     */
    int divide(Leaf leaf, byte[] column, byte[] goesLeft) {
        int from = leaf.begin;
        int to = leaf.begin + leaf.count;
        long[] source = buffers[leaf.buffer];
        if (leaf.count <= 2 * BLOCK) {
            int left = block(source, from, to, column, goesLeft);
            System.arraycopy(spare, from, source, from + left, leaf.count - left);
            return left;
        }
        int blocks = (leaf.count + BLOCK - 1) / BLOCK;
        int[] lefts = new int[blocks];
        WorkerPool pool = WorkerPool.current();
        pool.forEach(blocks, b -> {
            int start = from + b * BLOCK;
            lefts[b] = block(source, start, Math.min(to, start + BLOCK), column, goesLeft);
        });
        int[] before = new int[blocks + 1];
        for (int b = 0; b < blocks; b++) before[b + 1] = before[b] + lefts[b];
        int left = before[blocks];
        leaf.buffer ^= 1;
        long[] destination = buffers[leaf.buffer];
        pool.forEach(blocks, b -> {
            int start = from + b * BLOCK;
            int n = Math.min(to, start + BLOCK) - start;
            System.arraycopy(source, start, destination, from + before[b], lefts[b]);
            System.arraycopy(spare, start, destination, from + left + b * BLOCK - before[b], n - lefts[b]);
        });
        return left;
    }

    /** Moves the left of {@code from .. to - 1} to its front and the right to the same place of the spare array. */
    private int block(long[] rows, int from, int to, byte[] column, byte[] goesLeft) {
        int l = from;
        int r = from;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            int left = goesLeft[column[(int) entry] & 0xFF];
            rows[l] = entry;
            spare[r] = entry;
            l += left;
            r += 1 - left;
        }
        return l - from;
    }
}
