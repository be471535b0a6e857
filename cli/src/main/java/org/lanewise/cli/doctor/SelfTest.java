package org.lanewise.cli.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.lanewise.cli.terminal.Progress;
import org.lanewise.engine.Ops;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.FmaPeak;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;
import org.lanewise.engine.kernels.ScalarKernels;

/**
 * Ten seconds of work that show how fast this machine computes, and that it computes correctly.
 */
final class SelfTest {
    private static final int GEMM = 768;
    private static final int STREAM = 1 << 26;
    private static final double SECONDS = 1.5;

    private final int threads;

    SelfTest(int threads) {
        this.threads = threads;
    }

    /**
     * A check of correctness.
     *
     * @param name what was checked
     * @param ok   whether it held
     */
    record Check(String name, boolean ok) {}

    /**
     * What was measured.
     *
     * @param fmaPeak    multiply-adds in registers, GFLOP/s, one thread: the limit of the processor
     * @param gemmOne    product of two 768 x 768 float matrices, GFLOP/s, one thread
     * @param gemmAll    the same with all threads
     * @param threads    how many these are
     * @param readOne    memory read by one thread, GB/s, from an array far larger than the caches
     * @param readAll    the same with all threads
     * @param checks     of correctness
     */
    record Result(double fmaPeak, double gemmOne, double gemmAll, int threads, double readOne, double readAll,
            List<Check> checks) {}

    Result run(Progress progress) {
        try (WorkerPool one = WorkerPool.of(1); WorkerPool all = WorkerPool.of(threads)) {
            progress.update(0, "multiply-add peak");
            double peak = FmaPeak.gigaflops(1);
            progress.update(1, "matrix product, one thread");
            double gemmOne = gemm(one);
            progress.update(2, "matrix product, all threads");
            double gemmAll = threads == 1 ? gemmOne : gemm(all);
            progress.update(3, "memory");
            float[] data = new float[streamLength()];
            Arrays.fill(data, 1);
            double readOne = read(one, data);
            double readAll = threads == 1 ? readOne : read(all, data);
            progress.update(5, "correctness");
            return new Result(peak, gemmOne, gemmAll, threads, readOne, readAll, checks(one, all));
        }
    }

    private static int streamLength() {
        return (int) Math.min(STREAM, Runtime.getRuntime().maxMemory() / 32);
    }

    private static double gemm(WorkerPool pool) {
        Tensor a = random(GEMM, GEMM, 1);
        Tensor b = random(GEMM, GEMM, 2);
        Tensor c = Tensor.zeros(GEMM, GEMM);
        return 2.0 * GEMM * GEMM * GEMM / 1e9 / fastest(() -> pool.run(() -> Ops.matmulInto(a, b, c)));
    }

    private static double read(WorkerPool pool, float[] data) {
        Kernels kernels = KernelProvider.get();
        int parts = pool.threads() * 4;
        float[] sums = new float[parts];
        return 4.0 * data.length / 1e9 / fastest(() -> pool.forEach(parts, part -> {
            int from = (int) ((long) data.length * part / parts);
            int to = (int) ((long) data.length * (part + 1) / parts);
            sums[part] = kernels.sum(data, from, to - from);
        }));
    }

    /** Seconds of the fastest repetition: on a shared machine the others measure the neighbours. */
    private static double fastest(Runnable work) {
        long begun = System.nanoTime();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 5 || System.nanoTime() - begun < SECONDS * 1e9; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    private static Tensor random(int rows, int columns, long seed) {
        Tensor values = Tensor.zeros(rows, columns);
        Rng.of(seed).uniform(values, -1, 1);
        return values;
    }

    // ---------------------------------------------------------------------------------------- correctness

    private static List<Check> checks(WorkerPool one, WorkerPool all) {
        List<Check> checks = new ArrayList<>();
        Tensor a = random(193, 257, 3);
        Tensor b = random(257, 131, 4);
        Tensor serial = product(one, a, b);
        checks.add(new Check("matrix product agrees with double precision", closeToDouble(a, b, serial)));
        checks.add(new Check("matrix product has the same bits on 1 and " + all.threads() + " threads",
                Arrays.equals(serial.toArray(), product(all, a, b).toArray())));
        float[] x = random(1, 4099, 5).toArray();
        checks.add(new Check("vector and scalar kernels have the same bits", sameKernels(x)));
        return checks;
    }

    private static Tensor product(WorkerPool pool, Tensor a, Tensor b) {
        Tensor c = Tensor.zeros(a.size(0), b.size(1));
        pool.run(() -> Ops.matmulInto(a, b, c));
        return c;
    }

    private static boolean closeToDouble(Tensor a, Tensor b, Tensor c) {
        for (int i = 0; i < a.size(0); i++) {
            for (int j = 0; j < b.size(1); j++) {
                double sum = 0;
                double scale = 0;
                for (int k = 0; k < a.size(1); k++) {
                    double term = (double) a.get(i, k) * b.get(k, j);
                    sum += term;
                    scale += Math.abs(term);
                }
                if (!(Math.abs(c.get(i, j) - sum) <= 1e-5 * scale)) return false;
            }
        }
        return true;
    }

    private static boolean sameKernels(float[] x) {
        Kernels active = KernelProvider.get();
        Kernels reference = ScalarKernels.INSTANCE;
        float[] got = new float[x.length];
        float[] expected = new float[x.length];
        active.exp(x, 0, got, 0, x.length);
        reference.exp(x, 0, expected, 0, x.length);
        boolean same = Arrays.equals(got, expected);
        active.tanh(x, 0, got, 0, x.length);
        reference.tanh(x, 0, expected, 0, x.length);
        same &= Arrays.equals(got, expected);
        active.softmax(x, 0, got, 0, x.length);
        reference.softmax(x, 0, expected, 0, x.length);
        return same && Arrays.equals(got, expected)
                && Float.compare(active.dot(x, 0, x, 0, x.length), reference.dot(x, 0, x, 0, x.length)) == 0;
    }
}
