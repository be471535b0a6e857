package org.lanewise.mheight.exact;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.LaneKernels;
import org.lanewise.engine.kernels.ScalarLanes;

/**
 * Which kernels to use now. Until the second compiler has seen to a vector operation it takes a microsecond, and it needs a second or
 * two for all of them; plain loops are compiled at once. So a program begins with plain loops, and takes the vectors when it has
 * solved some codes and the kernels have been warmed up. Both give the same bits.
 */
final class KernelChoice {
    /** Codes from which on vectors are worth their warm-up; plain loops solve them in a fraction of a second. */
    private static final long WORTH = 30_000;
    /** A block in compiled code takes some 8 us, in nanoseconds; before, milliseconds. */
    private static final long FAST = 40_000;
    /** So many fast blocks in a row are no accident. */
    private static final int WARM = 400;
    private static final long MOST_NANOS = 2_000_000_000L;

    private static final LaneKernels BEST = KernelProvider.get().lanes();
    private static final AtomicLong SOLVED = new AtomicLong();
    private static final AtomicBoolean BEGUN = new AtomicBoolean(BEST == ScalarLanes.INSTANCE);
    private static volatile LaneKernels now = ScalarLanes.INSTANCE;

    private KernelChoice() {}

    static LaneKernels now() {
        return now;
    }

    /** Counts codes about to be solved; true once, for the caller who is to call {@link #warmUp}. */
    static boolean isDue(int codes) {
        return !BEGUN.get() && SOLVED.addAndGet(codes) >= WORTH && BEGUN.compareAndSet(false, true);
    }

    /** Solves a made-up block again and again until that is fast, at most some two seconds; then vectors are used. */
    static void warmUp() {
        BEGUN.set(true);
        if (now == BEST) return;
        CodeShape shape = new CodeShape(9, 4);
        LaneSolver solver = new LaneSolver(new SolverTables(shape));
        double[] p = new double[LaneKernels.LANES * shape.entries()];
        for (int i = 0; i < p.length; i++) p[i] = 1 + i * 37 % 64 / 7.0;
        double[] out = new double[LaneKernels.LANES * shape.parity()];
        long end = System.nanoTime() + MOST_NANOS;
        for (int fast = 0; fast < WARM;) {
            long begun = System.nanoTime();
            if (begun > end) break;
            solver.solve(BEST, p, 0, LaneKernels.LANES, out, 0);
            fast = System.nanoTime() - begun < FAST ? fast + 1 : 0;
        }
        now = BEST;
    }
}
