package org.lanewise.nn;

import org.lanewise.autograd.SelfAttention;
import org.lanewise.engine.WorkerPool;

/**
 * Some entries of a batch that go through the {@link Step}s of an {@link Inference} together.
 *
 * @param first the number of the first entry in the batch
 * @param count how many entries
 */
record Piece(Batch batch, int first, int count) {
    /** Rows that an operation bound by memory shares out at a time. */
    private static final int ROWS = 256;

    int rows() {
        return count * batch.positions;
    }

    /** Work on {@code count} rows from {@code first}. */
    @FunctionalInterface
    interface RowWork {
        void run(int first, int count);
    }

    /** Shares out the rows when they are many; a piece that is itself a task of the pool keeps them. */
    void forRows(RowWork work) {
        int rows = rows();
        int tasks = (rows + ROWS - 1) / ROWS;
        if (tasks <= 1) work.run(0, rows);
        else WorkerPool.current().forEach(tasks, t -> work.run(t * ROWS, Math.min(ROWS, rows - t * ROWS)));
    }

    /** The entries of one call: sequences of positions, or single rows. */
    static final class Batch {
        final int entries;
        final int positions;
        /** Whether entries are sequences, [entries, positions, width]. */
        final boolean sequences;
        private final AttentionMask mask;
        private volatile SelfAttention attention;

        Batch(int entries, int positions, boolean sequences, AttentionMask mask) {
            this.entries = entries;
            this.positions = positions;
            this.sequences = sequences;
            this.mask = mask;
        }

        /** Attention under the call's mask; the last one made is kept, since layers are usually alike. */
        SelfAttention attention(String module, int heads, int width) {
            SelfAttention known = attention;
            if (known == null || !known.fits(heads, width)) {
                if (mask != null) mask.check(module, entries, heads, positions, positions);
                known = new SelfAttention(AttentionMask.options(mask, heads, 0f), entries, positions, width);
                attention = known;
            }
            return known;
        }
    }
}
