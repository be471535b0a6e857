package org.lanewise.cli;

import java.util.concurrent.Callable;

import org.lanewise.cli.terminal.Console;
import org.lanewise.engine.WorkerPool;

/**
 * A command that computes: binds the number of threads and hands over the console.
 */
public abstract class WorkCommand implements Callable<Integer> {
    /** For subclasses. */
    protected WorkCommand() {}

    /**
     * The options, a picocli mixin of the subclass.
     *
     * @return never null
     */
    protected abstract CommonOptions options();

    /**
     * Does the work.
     *
     * @param console where to write
     * @return one of {@link ExitCode}
     * @throws Exception see {@link Failure}
     */
    protected abstract int work(Console console) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Console console = Console.system(options().json(), options().quiet());
        Integer threads = options().threads();
        if (threads == null) return work(console);
        try (WorkerPool pool = WorkerPool.of(threads)) {
            return pool.call(() -> work(console));
        }
    }
}
