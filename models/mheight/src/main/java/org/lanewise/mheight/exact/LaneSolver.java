package org.lanewise.mheight.exact;

import static org.lanewise.engine.kernels.LaneKernels.LANES;

import java.util.Arrays;

import org.lanewise.engine.kernels.LaneKernels;

/**
 * The m-heights of up to {@value org.lanewise.engine.kernels.LaneKernels#LANES} codes of one shape at a time, one to a lane, by
 * the formulas of {@link RationalSolver} in floating point. Minors are computed in double-double arithmetic. Of whole entries that
 * are not too large ({@link #wholeLimit}) everything is exact up to one division. For other codes a minor that loses half of its
 * digits to cancellation, or entries near the ends of the range of doubles, send the code to the rational solver.
 *
 * <p>Holds the working memory, so it serves one thread; {@link ExactSolver} has one for each.
 */
final class LaneSolver {
    /** A minor smaller than this part of its Hadamard bound is not trusted: the double-double error is 2^-104 of that bound. */
    private static final double CANCELLED = 0x1p-40;
    /** Products of as many entries of these magnitudes as a minor has rows neither overflow nor lose their errors' last bits. */
    private static final double SMALLEST = 0x1p-100;
    private static final double LARGEST = 0x1p100;

    private final SolverTables tables;
    private final RationalSolver rational;
    private final double wholeLimit;
    private final double[] hi;
    private final double[] lo;
    private final double[] bounds;
    private final double[] norms;
    private final double[] subsets;
    private final double[] totals;
    private final double[] even;
    private final double[] odd;
    private final double[] heights;
    private final double[] one;

    LaneSolver(SolverTables tables) {
        this.tables = tables;
        CodeShape shape = tables.shape;
        rational = new RationalSolver(shape);
        wholeLimit = wholeLimit(shape);
        hi = new double[tables.minorRows * LANES];
        lo = new double[hi.length];
        Arrays.fill(hi, shape.entries() * LANES, (shape.entries() + 1) * LANES, 1);
        bounds = new double[(tables.boundedRows == 0 ? 0 : 1 << shape.parity()) * LANES];
        norms = new double[shape.parity() * LANES];
        subsets = new double[tables.subsetMinor.length * LANES];
        totals = new double[tables.totalRows * LANES];
        int evenRows = tables.ratioRows;
        int oddRows = 0;
        for (int i = 0; i < tables.levels.length; i++) {
            if (i % 2 == 0)
                oddRows = Math.max(oddRows, tables.levels[i].rows());
            else
                evenRows = Math.max(evenRows, tables.levels[i].rows());
        }
        even = new double[evenRows * LANES];
        odd = new double[oddRows * LANES];
        heights = new double[shape.parity() * LANES];
        one = new double[shape.entries()];
    }

    /**
     * The largest magnitude of whole entries for which minors and their sums are surely below 2^53 (Hadamard's bound), so that
     * every result is the true value rounded once.
     */
    static double wholeLimit(CodeShape shape) {
        int order = Math.min(shape.k(), shape.parity());
        double room = 0x1p53 / ((shape.k() + 1) * Math.pow(order, order / 2.0));
        return Math.floor(Math.pow(room, 1.0 / order));
    }

    /**
     * Solves {@code count} codes.
     *
     * @param kernels to do it with
     * @param p    matrices row by row, one after the other, finite
     * @param from the first one's index in p
     * @param out  modified: h_1 .. h_{n-k} of each
     * @param to   the first one's index in out
     */
    void solve(LaneKernels kernels, double[] p, int from, int count, double[] out, int to) {
        int doubtful = expand(kernels, p, from, count);
        kernels.sums(subsets, tables.totals, tables.totalRows, tables.shape.k() + 1, totals);
        int parity = tables.shape.parity();
        kernels.ratios(totals, subsets, tables.ratios, tables.ratioRows, even, heights, (parity - 1) * LANES);
        for (int i = 0; i < tables.levels.length; i++) {
            SolverTables.Level level = tables.levels[i];
            kernels.minima(i % 2 == 0 ? even : odd, level.table(), level.rows(), level.terms(),
                    i % 2 == 0 ? odd : even, heights, (level.m() - 1) * LANES);
        }
        for (int l = 0; l < count; l++)
            for (int m = 0; m < parity; m++) out[to + l * parity + m] = heights[m * LANES + l];
        if (doubtful != 0) rescue(kernels, doubtful & (1 << count) - 1, p, from, out, to);
    }

    /**
     * The magnitudes of the k x k minors only.
     *
     * @param kernels to do it with
     * @param out modified: for each code, |det G_K| in the order of the masks K
     */
    void minors(LaneKernels kernels, double[] p, int from, int count, double[] out, int to) {
        expand(kernels, p, from, count);
        int width = tables.subsetMinor.length;
        for (int i = 0; i < width; i++)
            for (int l = 0; l < count; l++) out[to + l * width + i] = subsets[i * LANES + l];
    }

    /** All minors; a bit for each lane that {@link #load} doubts. */
    private int expand(LaneKernels kernels, double[] p, int from, int count) {
        int doubtful = load(p, from, count);
        for (int i = 0, row = tables.shape.entries() + 1; i < tables.expansions.length; i++) {
            SolverTables.Expansion e = tables.expansions[i];
            kernels.expand(hi, lo, e.table(), 0, e.rows(), e.terms(), row * LANES);
            row += e.rows();
        }
        magnitudes();
        return doubtful;
    }

    /** Fills the rows of entries; a bit for each lane whose entries are not all whole and small. Spare lanes repeat the first. */
    private int load(double[] p, int from, int count) {
        int entries = tables.shape.entries();
        int doubtful = 0;
        for (int l = 0; l < LANES; l++) {
            int at = from + (l < count ? l : 0) * entries;
            boolean whole = true;
            for (int i = 0; i < entries; i++) {
                double x = p[at + i];
                hi[i * LANES + l] = x;
                whole &= x == (long) x & Math.abs(x) <= wholeLimit;
            }
            if (!whole) doubtful |= 1 << l;
        }
        return doubtful;
    }

    private void magnitudes() {
        int[] minor = tables.subsetMinor;
        for (int i = 0; i < minor.length; i++)
            for (int l = 0; l < LANES; l++) subsets[i * LANES + l] = Math.abs(hi[minor[i] + l]);
    }

    private void rescue(LaneKernels kernels, int doubtful, double[] p, int from, double[] out, int to) {
        int entries = tables.shape.entries();
        int parity = tables.shape.parity();
        int lost = doubtful & (cancelled(kernels) | outOfRange());
        for (int l = 0; l < LANES; l++) {
            if ((lost >> l & 1) == 0) continue;
            System.arraycopy(p, from + l * entries, one, 0, entries);
            System.arraycopy(rational.heights(one), 0, out, to + l * parity, parity);
        }
    }

    /** A bit for each lane with a minor of order 2 or more that is far below the product of its columns' norms. */
    private int cancelled(LaneKernels kernels) {
        if (tables.boundedRows == 0) return 0;
        int parity = tables.shape.parity();
        int entries = tables.shape.entries();
        Arrays.fill(norms, 0);
        for (int i = 0; i < entries; i++)
            for (int l = 0; l < LANES; l++) {
                double x = hi[i * LANES + l];
                norms[i % parity * LANES + l] += x * x;
            }
        for (int i = 0; i < norms.length; i++) norms[i] = Math.sqrt(norms[i]);
        Arrays.fill(bounds, 0, LANES, 1);
        for (int set = 1; set < 1 << parity; set++) {
            int column = Integer.numberOfTrailingZeros(set) * LANES;
            int rest = (set & set - 1) * LANES;
            for (int l = 0; l < LANES; l++) bounds[set * LANES + l] = bounds[rest + l] * norms[column + l];
        }
        return kernels.small(hi, bounds, tables.bounds, tables.boundedRows, CANCELLED);
    }

    private int outOfRange() {
        int out = 0;
        for (int i = 0; i < tables.shape.entries(); i++)
            for (int l = 0; l < LANES; l++) {
                double x = Math.abs(hi[i * LANES + l]);
                if (x != 0 && !(x >= SMALLEST && x <= LARGEST)) out |= 1 << l;
            }
        return out;
    }
}
