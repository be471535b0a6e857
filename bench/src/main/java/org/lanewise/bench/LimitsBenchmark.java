package org.lanewise.bench;

import java.util.Map;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.FmaPeak;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine can do: copying arrays far larger than its caches, and multiply-adds in registers. Measured in each run,
 * because the neighbours on a virtual machine change both from hour to hour.
 */
@Fork(value = 2, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class LimitsBenchmark extends Timed {
    /** 120 MB in each array. */
    private static final int FLOATS = 30_000_000;
    private static final int CHUNK = 1 << 16;
    /** Of one thread and call; a multiple of what any width does in a round. */
    private static final int FLOPS = 7_680_000;

    private float[] from;
    private float[] to;
    private FmaPeak.Chain[] chains;

    @Override
    void prepare() {
        from = new float[FLOATS];
        to = new float[FLOATS];
        chains = new FmaPeak.Chain[threads];
        for (int i = 0; i < threads; i++) chains[i] = FmaPeak.chain();
    }

    @Benchmark
    public float[] copy() {
        WorkerPool.shared().forEach((FLOATS - 1) / CHUNK + 1, task -> {
            int at = task * CHUNK;
            System.arraycopy(from, at, to, at, Math.min(CHUNK, FLOATS - at));
        });
        return to;
    }

    @Benchmark
    public float multiplyAdd() {
        float[] sums = new float[threads];
        WorkerPool.shared().forEach(threads,
                task -> sums[task] = chains[task].run(FLOPS / chains[task].flopsPerRound()));
        return sums[0];
    }

    static Work work(String method, Map<String, String> parameters) {
        if (method.equals("copy")) return Work.stream(FLOATS, 2);
        return Work.flops(Double.parseDouble(parameters.get("threads")) * FLOPS);
    }
}
