package org.lanewise.optim;

import java.util.Arrays;
import org.lanewise.engine.Rng;

/**
 * The order in which rows are shown: seeded shuffling, cut into batches.
 *
 * <p>The order of an epoch depends on the seed and the epoch's number alone, so any batch of any epoch can be asked for
 * directly, and a resumed run sees the rows that an uninterrupted one would have seen.
 *
 * <pre>{@code
 * var batches = new Batches(rows, 256).shuffled(seed);
 * for (int[] rows : batches.epoch(0)) { ... }
 * }</pre>
 */
public final class Batches {

    private final int rows;
    private final int batchSize;
    private final boolean dropLast;
    private final Rng shuffle;
    private int[] order;
    private long orderOf = -1;

    /** All rows in file order; the last batch may be short. */
    public Batches(int rows, int batchSize) {
        this(rows, batchSize, false, null);
    }

    private Batches(int rows, int batchSize, boolean dropLast, Rng shuffle) {
        if (rows < 0) throw new IllegalArgumentException("rows must be >= 0, not " + rows);
        if (batchSize < 1) throw new IllegalArgumentException("batchSize must be >= 1, not " + batchSize);
        this.rows = rows;
        this.batchSize = batchSize;
        this.dropLast = dropLast;
        this.shuffle = shuffle;
    }

    /** The same with a new order in each epoch. */
    public Batches shuffled(long seed) {
        return new Batches(rows, batchSize, dropLast, Rng.of(seed).stream("batches"));
    }

    /** The same without the last, short batch (kept if it is the only one). */
    public Batches dropLast() {
        return new Batches(rows, batchSize, true, shuffle);
    }

    /** Batches in an epoch. */
    public int perEpoch() {
        int whole = rows / batchSize;
        return dropLast && whole > 0 ? whole : (rows + batchSize - 1) / batchSize;
    }

    /** Rows in the data. */
    public int rows() {
        return rows;
    }

    /** The row numbers of one batch. */
    public int[] batch(long epoch, int index) {
        if (index < 0 || index >= perEpoch()) {
            throw new IndexOutOfBoundsException("batch " + index + " of " + perEpoch());
        }
        if (orderOf != epoch) {
            order = order(epoch);
            orderOf = epoch;
        }
        return Arrays.copyOfRange(order, index * batchSize, Math.min(rows, (index + 1) * batchSize));
    }

    /** All batches of one epoch, in order. */
    public Iterable<int[]> epoch(long epoch) {
        return () -> java.util.stream.IntStream.range(0, perEpoch()).mapToObj(i -> batch(epoch, i)).iterator();
    }

    private int[] order(long epoch) {
        if (shuffle != null) return shuffle.stream(epoch).permutation(rows);
        int[] identity = new int[rows];
        Arrays.setAll(identity, i -> i);
        return identity;
    }
}
