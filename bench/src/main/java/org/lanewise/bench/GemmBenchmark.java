package org.lanewise.bench;

import java.util.Map;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.openjdk.jmh.annotations.Benchmark;

/** Matrix products: cubes, and any shape by {@code -p shape=32x1536x384NT} (rows x columns x length of the sums). */
public class GemmBenchmark extends GemmInputs {
    @Override
    void prepare() {
        inputs();
    }

    @Benchmark
    public float[] product() {
        Gemm.multiply(m, n, k, a, 0, transposedA ? 1 : k, transposedA ? m : 1, b, 0, transposedB ? 1 : n,
                transposedB ? k : 1, c, 0, n, false, Epilogue.NONE);
        return c;
    }

    /** A multiplication and an addition for each term. */
    static Work work(String method, Map<String, String> parameters) {
        int[] s = sizes(parameters.get("shape"));
        return Work.flops(2.0 * s[0] * s[1] * s[2]);
    }
}
