package org.lanewise.boosting;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.lanewise.engine.WorkerPool;

/** Sums the gradients of a leaf's rows by bin. */
final class HistogramBuilder {
    /** Least additions of a task, which are about twenty microseconds. */
    private static final int LEAST_WORK = 1 << 15;
    /** Additions for each cell of a task's histogram: merging should cost a few percent of making it. */
    private static final int CELL_WORK = 4;
    private static final int MOST_TASKS = 64;

    private final BinWords words;
    /** Empty packed histograms for tasks. */
    private final ConcurrentLinkedDeque<Histogram> empty = new ConcurrentLinkedDeque<>();
    /** Never read: keeps loads that only fetch from being dropped. */
    private volatile long sink;

    /** Least rows of a task. */
    private final int leastRows;

    HistogramBuilder(BinWords words) {
        this.words = words;
        long lanes = 1;
        long cells = 0;
        for (int w = 0; w < words.count(); w++) {
            lanes += words.lanes[w];
            cells += words.cells(w);
        }
        leastRows = (int) (Math.max(LEAST_WORK, CELL_WORK * cells) / lanes);
    }

    /**
     * Writes the histogram of a leaf.
     *
     * @param active the words that matter; others keep their old content
     * @param out    modified
     */
    void build(RowPartition partition, Leaf leaf, Gradients gradients, boolean[] active, Histogram out) {
        for (int w = 0; w < words.count(); w++) out.clear(w);
        long[] rows = partition.rows(leaf);
        if (out.packed != null) {
            packed(rows, leaf.begin, leaf.count, active, out);
        } else {
            // Each word's sums are made by one task in the order of the rows, so they too do not depend on the threads.
            WorkerPool.current().forEach(words.count(), w -> {
                if (active[w])
                    DoubleSums.add(words, w, rows, leaf.begin, leaf.begin + leaf.count, gradients, out.doubles[w]);
            });
        }
    }

    /** Integer sums are the same in any order, so each thread adds its tasks' rows to a histogram of its own. */
    private void packed(long[] rows, int begin, int count, boolean[] active, Histogram out) {
        int tasks = Math.min(MOST_TASKS, count / leastRows);
        if (tasks <= 1 || WorkerPool.current().threads() == 1) {
            sink = PackedSums.add(words, active, rows, begin, begin + count, out);
            return;
        }
        ConcurrentLinkedDeque<Histogram> used = new ConcurrentLinkedDeque<>();
        used.add(out);
        WorkerPool.current().forEach(tasks, t -> {
            Histogram mine = used.poll();
            if (mine == null) mine = empty.poll();
            if (mine == null) mine = new Histogram(words, true);
            int from = begin + (int) ((long) count * t / tasks);
            int to = begin + (int) ((long) count * (t + 1) / tasks);
            sink = PackedSums.add(words, active, rows, from, to, mine);
            used.push(mine);
        });
        for (Histogram h : used) {
            if (h != out) {
                out.take(h);
                empty.push(h);
            }
        }
    }
}
