package org.lanewise.cli.run;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets Ctrl-C (and {@code kill}) end a run in good order: a flag goes up, the work that polls it writes its checkpoint and
 * returns, and only then does the JVM go on to die.
 *
 * {@snippet :
 * try (Interruption interruption = Interruption.watch(System.err)) {
 *     trainer.train(data, interruption::requested);
 * }
 * }
 */
public final class Interruption implements BooleanSupplier, AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    private Interruption(PrintStream err) {
        hook = new Thread(() -> stop(err), "lanewise-interruption");
    }

    /**
     * Begins to watch for the end of the process.
     *
     * @param err where the user is told that a checkpoint is being written; null to be silent
     * @return to be closed when the run has ended
     */
    public static Interruption watch(PrintStream err) {
        Interruption interruption = new Interruption(err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void stop(PrintStream err) {
        if (finished.getCount() == 0) return;
        requested = true;
        if (err != null) {
            err.println();
            err.println("stopping: writing a checkpoint to resume from");
        }
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether the run has been asked to stop.
     *
     * @return true from the first Ctrl-C on
     */
    public boolean requested() { return requested; }

    @Override
    public boolean getAsBoolean() { return requested; }

    /**
     * Says that everything worth keeping is on disk.
     */
    @Override
    public void close() {
        finished.countDown();
        if (requested) return; // the JVM is going down and no longer takes hooks away
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM began to go down just now; the hook finds nothing to wait for
        }
    }
}
