package org.lanewise.bench;

import java.util.concurrent.TimeUnit;
import org.lanewise.engine.WorkerPool;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How the benchmarks are run: five virtual machines each, because the compiler does not always decide alike, and on one thread
 * and two.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 350, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class Timed {
    @Param({"1", "2"})
    public int threads;

    /**
     * Sets the size of the shared pool, before anything has used it (every parameter has a virtual machine of its own), then
     * prepares the data.
     *
     * @throws IllegalStateException if the pool exists already with another size, as it may without forks
     */
    @Setup
    public void setup() {
        System.setProperty("lanewise.threads", Integer.toString(threads));
        int existing = WorkerPool.shared().threads();
        if (existing != threads)
            throw new IllegalStateException("the pool has " + existing + " threads already: run with forks");
        prepare();
    }

    /** Makes the inputs, from the parameters. */
    abstract void prepare();
}
