package org.lanewise.bench;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;

/** {@link GemmBenchmark} by OpenBLAS, installed as libblas.so.3, through netlib's bridge. */
public class GemmNetlib extends GemmInputs {
    private static final String LIBRARY = "libblas.so.3";

    private BLAS blas;

    @Override
    void prepare() {
        inputs();
        blas = NativeBLAS.getInstance();
        setThreads(threads);
        product();
        float[] theirs = c;
        var ours = new GemmBenchmark();
        ours.shape = shape;
        ours.prepare();
        ours.product();
        for (int i = 0; i < c.length; i++) {
            if (!(Math.abs(ours.c[i] - theirs[i]) <= 1e-5 * k))
                throw new IllegalStateException("element " + i + " is " + ours.c[i] + ", OpenBLAS's is " + theirs[i]);
        }
    }

    /** Row-major C = A B is column-major C' = B' A'. */
    @Benchmark
    public float[] product() {
        blas.sgemm(transposedB ? "T" : "N", transposedA ? "T" : "N", n, m, k, 1f, b, transposedB ? k : n, a,
                transposedA ? m : k, 0f, c, n);
        return c;
    }

    @SuppressWarnings("restricted") // native access is what a peer is for
    private static void setThreads(int threads) {
        MemorySegment function = SymbolLookup.libraryLookup(LIBRARY, Arena.global()).find("openblas_set_num_threads")
                .orElseThrow(() -> new IllegalStateException(LIBRARY + " is not OpenBLAS"));
        try {
            Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invoke(threads);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot set the threads of OpenBLAS", e);
        }
    }
}
