package org.lanewise.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A fixed pool of daemon platform threads that shares out numbered tasks; the calling thread works too.
 *
 * <pre>{@code
 * try (WorkerPool pool = WorkerPool.of(4)) {
 *     pool.run(() -> c.copyFrom(a.matmul(b)));      // everything inside uses these four threads
 *     pool.forEach(rows, row -> normalise(row));    // or share out work of one's own
 * }
 * }</pre>
 *
 * <p>A pool of one thread starts none. Which thread runs a task is left to chance, so a task must write only what it owns
 * and must not depend on the order of others; then results do not depend on the number of threads. A {@code forEach} inside
 * a task runs inline. Several threads may use one pool at once.
 */
public final class WorkerPool implements AutoCloseable {
    private static final ScopedValue<WorkerPool> BOUND = ScopedValue.newInstance();
    /** The number of forEach calls the current thread is inside of. */
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);
    /**
     * Polls before an idle thread sleeps, about 20 us on the reference machine: longer than the gap between two products of
     * a network's layers, short enough not to be seen in a load average. None if the pool has more threads than the machine.
     */
    private static final int SPINS = 1000;
    /**
     * Polls for the last tasks of others before the caller sleeps, about 200 us: a task of a large product takes that long, and
     * being woken takes tens of microseconds.
     */
    private static final int LAST_SPINS = 10_000;

    private final int threads;
    private final int spins;
    private final boolean shared;
    private final Worker[] workers;
    private final ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private WorkerPool(int threads, boolean shared) {
        this.threads = threads;
        this.shared = shared;
        spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    /**
     * A new pool; close it when done.
     *
     * @param threads working threads, the caller included, at least 1
     * @throws IllegalArgumentException if {@code threads < 1}
     */
    public static WorkerPool of(int threads) {
        if (threads < 1) throw new IllegalArgumentException("a pool needs at least 1 thread, not " + threads);
        return new WorkerPool(threads, false);
    }

    /** The pool of the whole process: {@code lanewise.threads} threads, by default one per core. It cannot be closed. */
    public static WorkerPool shared() {
        return Shared.POOL;
    }

    /** The pool bound by the innermost {@link #run} or {@link #call} around the caller, else {@link #shared()}. */
    public static WorkerPool current() {
        return BOUND.isBound() ? BOUND.get() : shared();
    }

    /** The number of working threads, the caller included. */
    public int threads() {
        return threads;
    }

    /** Runs the action with this pool as {@link #current()}. */
    public void run(Runnable action) {
        ScopedValue.where(BOUND, this).run(action);
    }

    /** Calls the action with this pool as {@link #current()}. */
    public <R> R call(Callable<R> action) throws Exception {
        return ScopedValue.where(BOUND, this).<R, Exception>call(action::call);
    }

    /**
     * Runs {@code body.accept(0)} to {@code body.accept(tasks - 1)}, each once, and returns when all have ended.
     *
     * @throws IllegalStateException if the pool is closed
     * @throws RuntimeException the first exception of a task; tasks not yet begun are then left out
     */
    public void forEach(int tasks, IntConsumer body) {
        if (closed) throw new IllegalStateException("the pool is closed");
        int[] depth = DEPTH.get();
        if (tasks <= 1 || threads == 1 || depth[0] > 0) {
            for (int i = 0; i < tasks; i++) body.accept(i);
            return;
        }
        Job job = new Job(tasks, body, Thread.currentThread());
        jobs.add(job);
        int helpers = Math.min(workers.length, tasks - 1);
        for (int i = 0; i < helpers; i++) workers[i].wake();
        depth[0]++;
        try {
            job.work();
        } finally {
            depth[0]--;
            jobs.remove(job);
        }
        job.await(spins > 0 ? LAST_SPINS : 0);
        if (job.failure != null) throw job.rethrown();
    }

    /**
     * Stops the threads once the running tasks have ended.
     *
     * @throws UnsupportedOperationException on the shared pool
     */
    @Override
    public void close() {
        if (shared) throw new UnsupportedOperationException("the shared pool cannot be closed");
        closed = true;
        for (Worker worker : workers) LockSupport.unpark(worker);
    }

    private static final class Shared {
        static final WorkerPool POOL = new WorkerPool(size(), true);

        private static int size() {
            String wish = System.getProperty("lanewise.threads");
            if (wish == null) return Runtime.getRuntime().availableProcessors();
            int n;
            try {
                n = Integer.parseInt(wish.strip());
            } catch (NumberFormatException e) {
                n = 0;
            }
            if (n < 1) throw new IllegalArgumentException("lanewise.threads is '" + wish + "'; it must be 1 or more");
            return n;
        }
    }

    /** One forEach: a counter from which threads take the next task. */
    private static final class Job {
        private final int tasks;
        private final IntConsumer body;
        private final Thread owner;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private volatile Throwable failure;

        Job(int tasks, IntConsumer body, Thread owner) {
            this.tasks = tasks;
            this.body = body;
            this.owner = owner;
            left = new AtomicInteger(tasks);
        }

        boolean hasWork() {
            return next.get() < tasks;
        }

        void work() {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                try {
                    if (failure == null) body.accept(i);
                } catch (Throwable t) {
                    failure = t;
                }
                if (left.decrementAndGet() == 0 && Thread.currentThread() != owner) LockSupport.unpark(owner);
            }
        }

        void await(int spins) {
            for (int i = 0; i < spins && left.get() > 0; i++) Thread.onSpinWait();
            boolean interrupted = false;
            while (left.get() > 0) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) owner.interrupt();
        }

        RuntimeException rethrown() {
            if (failure instanceof Error e) throw e;
            return (RuntimeException) failure; // an IntConsumer declares no checked exception
        }
    }

    private final class Worker extends Thread {
        private volatile boolean asleep;

        Worker(int number) {
            super("lanewise-worker-" + number);
            setDaemon(true);
        }

        void wake() {
            if (asleep) LockSupport.unpark(this);
        }

        @Override
        public void run() {
            DEPTH.get()[0] = 1;
            int idle = 0;
            while (!closed) {
                Job job = nextJob();
                if (job != null) {
                    job.work();
                    idle = 0;
                } else if (idle++ < spins) {
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    if (nextJob() == null && !closed) LockSupport.park(WorkerPool.this); // the caller looks at asleep after adding
                    asleep = false;
                    idle = 0;
                }
            }
        }

        private Job nextJob() {
            for (Job job : jobs) {
                if (job.hasWork()) return job;
            }
            return null;
        }
    }
}
