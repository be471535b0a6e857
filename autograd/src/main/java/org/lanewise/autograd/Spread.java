package org.lanewise.autograd;

import org.lanewise.engine.WorkerPool;

/**
 * Cuts ranges and rows into tasks for the worker pool. The cuts depend on the amount of work only, so results do not depend
 * on the number of threads.
 */
final class Spread {
    /** Elements per task: at a nanosecond each, a task costs a hundred times what handing it out costs. */
    static final int CHUNK = 1 << 14;

    private Spread() {}

    /** Work on {@code length} elements or rows from {@code from} on. */
    @FunctionalInterface
    interface Range {
        void run(int from, int length);
    }

    /** Elements 0..n-1. */
    static void elements(int n, Range body) {
        rows(n, 1, body);
    }

    /** Rows 0..rows-1 of {@code width} elements each, whole rows to a task. */
    static void rows(int rows, int width, Range body) {
        blocks(rows, rowsPerTask(width), body);
    }

    /** Items 0..n-1 in blocks of a given size. */
    static void blocks(int n, int block, Range body) {
        if (n == 0) return;
        int tasks = (n - 1) / block + 1;
        if (tasks == 1) {
            body.run(0, n);
        } else {
            WorkerPool.current().forEach(tasks, t -> body.run(t * block, Math.min(block, n - t * block)));
        }
    }

    static int rowsPerTask(int width) {
        return Math.max(1, CHUNK / Math.max(1, width));
    }
}
