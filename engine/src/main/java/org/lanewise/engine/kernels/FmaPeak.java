package org.lanewise.engine.kernels;

import java.util.function.IntConsumer;

/**
 * Measures how many multiply-adds the threads of this machine can do: independent chains that stay in registers. No kernel
 * can be faster, so a kernel's speed is best given as a share of it.
 *
 * <p>Uses vectors if the kernels in use do, and their width.
 */
public final class FmaPeak {
    private static final String VECTOR_CHAIN = "org.lanewise.engine.simd.VectorFmaChain";
    private static final int ROUNDS = 200_000;
    /** At least: before the chains are compiled a run takes a hundred times as long, and a busy compiler lets them wait. */
    private static final int RUNS = 50;

    private FmaPeak() {}

    /** Runs {@code body} for each of the tasks 0, 1 ..., at the same time as far as there are threads. */
    @FunctionalInterface
    public interface Crew {
        void forEach(int tasks, IntConsumer body);
    }

    /** Chains of dependent multiply-adds. */
    public interface Chain {
        /** Goes on for so many rounds; the result keeps the compiler from leaving them out. */
        float run(int rounds);

        /** Additions and multiplications of one round. */
        int flopsPerRound();
    }

    /**
     * The fastest of many short measurements, in 10^9 floating-point operations a second.
     *
     * @param seconds how long to measure at least, the warm-up included; a third of a second is enough
     */
    public static double gigaflops(double seconds) {
        return gigaflops(seconds, 1, (_, body) -> body.accept(0));
    }

    /**
     * The same for several threads together.
     *
     * <pre>{@code
     * WorkerPool pool = WorkerPool.current();
     * double peak = FmaPeak.gigaflops(.3, pool.threads(), pool::forEach);
     * }</pre>
     *
     * @param crew runs tasks on that many threads
     */
    public static double gigaflops(double seconds, int threads, Crew crew) {
        Chain[] chains = new Chain[threads];
        for (int t = 0; t < threads; t++) chains[t] = chain();
        float[] sums = new float[threads];
        double best = 0;
        long begun = System.nanoTime();
        for (int run = 0; run < RUNS || System.nanoTime() - begun < seconds * 1e9; run++) {
            long start = System.nanoTime();
            crew.forEach(threads, t -> sums[t] += chains[t].run(ROUNDS));
            double flops = (double) threads * ROUNDS * chains[0].flopsPerRound();
            best = Math.max(best, flops / (System.nanoTime() - start));
        }
        for (float sum : sums)
            if (Float.isNaN(sum)) throw new ArithmeticException("the multiply-add chain left the range of numbers");
        return best;
    }

    /** Chains for one thread, of the kind of the kernels in use. */
    public static Chain chain() {
        return KernelProvider.get() == ScalarKernels.INSTANCE ? new ScalarChain() : vectorChain();
    }

    private static Chain vectorChain() {
        try {
            return (Chain) Class.forName(VECTOR_CHAIN).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector kernels are in use, but not " + VECTOR_CHAIN, e);
        }
    }

    private static final class ScalarChain implements Chain {
        @Override
        public int flopsPerRound() {
            return 16;
        }

        @Override
        public float run(int rounds) {
            float m = 0.999f;
            float c0 = 1;
            float c1 = 2;
            float c2 = 3;
            float c3 = 4;
            float c4 = 5;
            float c5 = 6;
            float c6 = 7;
            float c7 = 8;
            for (int i = 0; i < rounds; i++) {
                c0 = Fused.fma(c0, m, m);
                c1 = Fused.fma(c1, m, m);
                c2 = Fused.fma(c2, m, m);
                c3 = Fused.fma(c3, m, m);
                c4 = Fused.fma(c4, m, m);
                c5 = Fused.fma(c5, m, m);
                c6 = Fused.fma(c6, m, m);
                c7 = Fused.fma(c7, m, m);
            }
            return c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7;
        }
    }
}
