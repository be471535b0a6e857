package org.lanewise.optim;

import java.util.Arrays;
import java.util.function.LongFunction;
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
    private final Last last;
    private final LongFunction<int[]> orders;
    private int[] order;
    private long orderOf = -1;

    /** What becomes of the rows that do not fill a batch. */
    private enum Last {
        SHORT, DROPPED, SPREAD
    }

    /** All rows in file order; the last batch may be short. */
    public Batches(int rows, int batchSize) {
        this(rows, batchSize, Last.SHORT, _ -> identity(rows));
    }

    private Batches(int rows, int batchSize, Last last, LongFunction<int[]> orders) {
        if (rows < 0) throw new IllegalArgumentException("rows must be >= 0, not " + rows);
        if (batchSize < 1) throw new IllegalArgumentException("batchSize must be >= 1, not " + batchSize);
        this.rows = rows;
        this.batchSize = batchSize;
        this.last = last;
        this.orders = orders;
    }

    /** The same with a new order in each epoch. */
    public Batches shuffled(long seed) {
        Rng shuffle = Rng.of(seed).stream("batches");
        return ordered(epoch -> shuffle.stream(epoch).permutation(rows));
    }

    /**
     * The same in a given order.
     *
     * @param orderOfEpoch the rows in the order of an epoch (from 0), each of them once; a function of the epoch alone, or a
     *                     resumed run would not see what an uninterrupted one sees
     */
    public Batches ordered(LongFunction<int[]> orderOfEpoch) {
        return new Batches(rows, batchSize, last, orderOfEpoch);
    }

    /** The same without the last, short batch (kept if it is the only one). */
    public Batches dropLast() {
        return new Batches(rows, batchSize, Last.DROPPED, orders);
    }

    /** The same in {@code rows / batchSize} batches (at least one) that differ by one row at most, so that none is short. */
    public Batches even() {
        return new Batches(rows, batchSize, Last.SPREAD, orders);
    }

    /** Batches in an epoch. */
    public int perEpoch() {
        int whole = rows / batchSize;
        return last != Last.SHORT && whole > 0 ? whole : (rows + batchSize - 1) / batchSize;
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
            order = orders.apply(epoch);
            orderOf = epoch;
        }
        return Arrays.copyOfRange(order, start(index), Math.min(rows, start(index + 1)));
    }

    private int start(int index) {
        return last == Last.SPREAD ? (int) ((long) index * rows / perEpoch()) : index * batchSize;
    }

    /** All batches of one epoch, in order. */
    public Iterable<int[]> epoch(long epoch) {
        return () -> java.util.stream.IntStream.range(0, perEpoch()).mapToObj(i -> batch(epoch, i)).iterator();
    }

    private static int[] identity(int rows) {
        int[] identity = new int[rows];
        Arrays.setAll(identity, i -> i);
        return identity;
    }
}
