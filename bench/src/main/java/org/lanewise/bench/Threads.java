package org.lanewise.bench;

import org.lanewise.engine.WorkerPool;

/** The number of threads of a benchmark: a parameter, so that the peer gets the same. */
final class Threads {
    private Threads() {}

    /**
     * Sets the size of the shared pool, before anything else has used it: each parameter has a virtual machine of its own.
     *
     * @throws IllegalStateException if the pool exists already with another size, as it may without forks
     */
    static void use(int threads) {
        System.setProperty("lanewise.threads", Integer.toString(threads));
        if (WorkerPool.shared().threads() != threads)
            throw new IllegalStateException("the pool has " + WorkerPool.shared().threads() + " threads already, not "
                    + threads + ": run with forks");
    }
}
