package org.lanewise.mheight.exact;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.lanewise.engine.Parallel;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.LaneKernels;

/**
 * The m-heights h_1 .. h_{n-k} of linear codes over the reals with generator matrix {@code G = [I | P]}.
 *
 * <p>For a word c sort its magnitudes downwards: {@code h_m(c)} is the largest divided by the (m+1)-th largest, and the code's
 * m-height is the greatest of all its words but 0 (Roth, "Fault-tolerant dot-product engines", 2019; Jiang, "Analog
 * error-correcting codes", 2024). It is computed in closed form from the k x k minors of G. With {@code D(K) = |det G_K|},
 *
 * <pre>
 * f(K,j) = sum over i in K of D(K - i + j) / D(K)
 * h_m    = max over |T| = n - m and j not in T of  min over K in T, |K| = k of f(K,j)
 * </pre>
 *
 * by linear-programming duality: the largest {@code g_j u} under {@code |g_t u| <= 1, t in T}, is the smallest 1-norm of a
 * combination of the columns of T that gives {@code g_j}, and Cramer's rule gives the basic solutions.
 *
 * <p>Infinity is a value: {@code h_m} is infinite if and only if some n - m columns of G have rank below k, for example
 * {@code h_{n-k}} if P has a zero entry. For whole entries up to some size (3,000 for n = 9, 134 for any shape) each result is
 * the true value rounded once. For other numbers the relative error is below 2^-48; they are taken as they are in binary, and
 * where minors nearly cancel the code is computed in rational arithmetic (about a millisecond), so that a zero is found to be one.
 *
 * <pre>{@code
 * ExactSolver solver = ExactSolver.of(new CodeShape(4, 2));
 * double[] h = solver.heights(new double[] { -4, 3, 1, -6 }); // h[1] = h_2 = 27
 * }</pre>
 *
 * Immutable and thread-safe; the same bits for every number of threads and every lane width.
 */
public final class ExactSolver {
    /** Codes per task of the pool: some milliseconds. */
    private static final int CHUNK = 512 * LaneKernels.LANES;

    private final CodeShape shape;
    private final SolverTables tables;
    private final ConcurrentLinkedQueue<LaneSolver> idle = new ConcurrentLinkedQueue<>();

    private ExactSolver(CodeShape shape) {
        this.shape = shape;
        tables = new SolverTables(shape);
    }

    /** The solver of one shape; making it takes some milliseconds. */
    public static ExactSolver of(CodeShape shape) {
        return new ExactSolver(Objects.requireNonNull(shape));
    }

    public CodeShape shape() {
        return shape;
    }

    /**
     * All heights of one code.
     *
     * @param p P row by row, k (n - k) numbers
     * @return h_1 .. h_{n-k}
     * @throws IllegalArgumentException if there are more or fewer numbers, or one is not finite
     */
    public double[] heights(double[] p) {
        double[] out = new double[shape.parity()];
        heights(p, 1, out);
        return out;
    }

    /**
     * All heights of many codes, shared out over {@link WorkerPool#current()}.
     *
     * @param p     {@code count} matrices row by row, one after the other
     * @param count how many
     * @param out   modified: h_1 .. h_{n-k} of each
     * @throws IllegalArgumentException if the lengths do not fit, or a number is not finite
     */
    public void heights(double[] p, int count, double[] out) {
        if (count < 0 || p.length != (long) count * shape.entries())
            throw new IllegalArgumentException(count + " matrices of " + shape + " have "
                    + (long) count * shape.entries() + " entries, not " + p.length);
        if (out.length != (long) count * shape.parity())
            throw new IllegalArgumentException(count + " matrices of " + shape + " have "
                    + (long) count * shape.parity() + " heights; the result has room for " + out.length);
        forChunks(count, (first, some) -> forBlocks(p, first, some,
                (solver, i, n) -> solver.solve(KernelChoice.now(), p, i * shape.entries(), n, out,
                        i * shape.parity())));
    }

    /**
     * Makes the compiler turn the vector kernels into instructions, which takes a second or so; otherwise the solver does it beside
     * its work when it has solved some 30,000 codes. For programs that have something else to do meanwhile, such as reading a file.
     * Results do not depend on it.
     */
    public static void warmUp() {
        KernelChoice.warmUp();
    }

    /** How many minors {@link #minors} gives: n over k. */
    public int minorCount() {
        return tables.subsetMinor.length;
    }

    /**
     * The magnitudes of all k x k minors of {@code [I | P]}, |det G_K|, in the order of the bit masks of K in which bit i stands for
     * column i: they determine the heights.
     *
     * @param p     {@code count} matrices row by row, one after the other, finite
     * @param count how many
     * @param out   modified: {@link #minorCount} numbers of each
     * @throws IllegalArgumentException if the lengths do not fit, or a number is not finite
     */
    public void minors(double[] p, int count, double[] out) {
        if (p.length < (long) count * shape.entries() || out.length < (long) count * minorCount())
            throw new IllegalArgumentException(count + " matrices of " + shape + " do not fit into " + p.length
                    + " entries and " + out.length + " minors");
        forChunks(count, (first, some) -> forBlocks(p, first, some, (solver, i, n) -> solver.minors(KernelChoice.now(),
                p, i * shape.entries(), n, out, i * minorCount())));
    }

    /** Shares out codes in chunks, and the warming up of the kernels when it is due. */
    private static void forChunks(int count, Parallel.Range chunk) {
        int due = KernelChoice.isDue(count) ? 1 : 0;
        WorkerPool.current().forEach((count + CHUNK - 1) / CHUNK + due, task -> {
            if (task < due) {
                KernelChoice.warmUp();
                return;
            }
            int first = (task - due) * CHUNK;
            chunk.run(first, Math.min(CHUNK, count - first));
        });
    }

    /** What is done with a register's worth of codes. */
    private interface Block {
        void run(LaneSolver solver, int first, int count);
    }

    private void forBlocks(double[] p, int first, int count, Block block) {
        int entries = shape.entries();
        for (int i = first * entries; i < (first + count) * entries; i++)
            if (!Double.isFinite(p[i]))
                throw new IllegalArgumentException("matrix " + i / entries + ", entry " + i % entries + " is " + p[i]
                        + "; entries must be finite");
        LaneSolver free = idle.poll();
        LaneSolver solver = free == null ? new LaneSolver(tables) : free;
        for (int i = first; i < first + count; i += LaneKernels.LANES)
            block.run(solver, i, Math.min(LaneKernels.LANES, first + count - i));
        idle.add(solver);
    }
}
