package org.lanewise.engine;

/**
 * Cuts long ranges into chunks of a fixed size for the worker pool. The size depends on the work, never on the number of
 * threads, so neither do the results.
 */
public final class Parallel {

    /** Chunk of a memory-bound operation: 32 Ki floats, the size at which handing out a task costs under a percent. */
    public static final int CHEAP = 1 << 15;
    /** Chunk of an operation that computes several nanoseconds per element (exp, erf, random numbers). */
    public static final int COSTLY = 1 << 12;
    /** Ranges of fewer chunks than this stay on the calling thread: waking a worker costs as much. */
    static final int MIN_CHUNKS = 4;

    private Parallel() {}

    /** Work on {@code length} elements from {@code from}. */
    @FunctionalInterface
    public interface Range {
        void run(int from, int length);
    }

    /** Whether a range of {@code n} is worth sharing. */
    static boolean worthwhile(long n, int chunk) {
        return n >= (long) MIN_CHUNKS * chunk && WorkerPool.current().threads() > 1;
    }

    /** Runs {@code body} over 0..n-1 in chunks, in parallel when worthwhile. */
    public static void chunks(int n, int chunk, Range body) {
        if (n == 0) return;
        if (!worthwhile(n, chunk)) {
            body.run(0, n);
            return;
        }
        int tasks = (n - 1) / chunk + 1;
        WorkerPool.current().forEach(tasks, t -> body.run(t * chunk, Math.min(chunk, n - t * chunk)));
    }

    /** Runs {@code body} over rows 0..rows-1 of {@code width} elements each, several rows to a task. */
    static void rows(int rows, int width, int chunk, Range body) {
        if (rows == 0) return;
        if (rows == 1 || !worthwhile((long) rows * width, chunk)) {
            body.run(0, rows);
            return;
        }
        int each = Math.max(1, chunk / Math.max(1, width));
        WorkerPool.current().forEach((rows - 1) / each + 1, t -> body.run(t * each, Math.min(each, rows - t * each)));
    }
}
