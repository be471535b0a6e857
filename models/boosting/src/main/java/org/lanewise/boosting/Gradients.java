package org.lanewise.boosting;

import org.lanewise.engine.Parallel;
import org.lanewise.engine.WorkerPool;

/**
 * The gradients and hessians of one tree, and their packed integer form.
 *
 * <p>A unit is a power of two, so that integers times the unit are exact. The largest value is at most so many units that a sum
 * over all rows fits 32 bits: no histogram can overflow. Values between two integers go up with the probability of their
 * fraction (stochastic rounding keeps sums unbiased), by a hash of seed, tree and row: the same whatever the threads.
 */
final class Gradients {
    private static final int BLOCK = 1 << 14;
    private static final int BIAS = 1 << 16;
    /** Greatest share of rounding noise in the variance of a gradient before double sums are used. */
    private static final double NOISE = 1e-3;

    final float[] gradient;
    final float[] hessian;
    /** Where this tree's values begin: class k of n rows at k * n. */
    final int offset;
    final boolean constantHessian;
    /** Value of one packed unit. */
    double gradientUnit = 1;
    double hessianUnit = 1;
    /** Whether histograms of this tree are packed. */
    boolean packed;

    Gradients(float[] gradient, float[] hessian, int offset, boolean constantHessian) {
        this.gradient = gradient;
        this.hessian = hessian;
        this.offset = offset;
        this.constantHessian = constantHessian;
    }

    /** Largest absolute gradient, largest hessian, mean squared gradient of the tree's rows, by blocks in a fixed order. */
    private double[] extent(int n) {
        int blocks = (n + BLOCK - 1) / BLOCK;
        double[] squares = new double[blocks];
        float[] g = new float[blocks];
        float[] h = new float[blocks];
        WorkerPool.current().forEach(blocks, b -> {
            double sum = 0;
            float maxG = 0;
            float maxH = 0;
            for (int i = offset + b * BLOCK; i < offset + Math.min(n, (b + 1) * BLOCK); i++) {
                maxG = Math.max(maxG, Math.abs(gradient[i]));
                maxH = Math.max(maxH, hessian[i]);
                sum += (double) gradient[i] * gradient[i];
            }
            squares[b] = sum;
            g[b] = maxG;
            h[b] = maxH;
        });
        double maxG = 0;
        double maxH = 0;
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            maxG = Math.max(maxG, g[b]);
            maxH = Math.max(maxH, h[b]);
            sum += squares[b];
        }
        return new double[] {maxG, maxH, sum / n};
    }

    /**
     * Decides on units and whether packed sums are good enough.
     *
     * @param n     rows of the data
     * @param count rows the tree is grown on
     */
    void quantise(HistogramPrecision precision, int n, int count) {
        double[] extent = extent(n);
        if (!(extent[0] < Float.POSITIVE_INFINITY && extent[1] < Float.POSITIVE_INFINITY)) {
            throw new ArithmeticException(
                    "the gradients are no longer finite: labels or scores are too large for float");
        }
        int bits = precision == HistogramPrecision.INT4 ? 4 : 15;
        long most = Math.min((1L << bits) - 1, Integer.MAX_VALUE / Math.max(1, count));
        gradientUnit = unit(extent[0], most);
        hessianUnit = constantHessian ? 1 : unit(extent[1], most);
        boolean fine = precision == HistogramPrecision.INT4 || gradientUnit * gradientUnit / 4 <= NOISE * extent[2];
        packed = precision != HistogramPrecision.FLOAT64 && most >= 1 && (extent[0] == 0 || fine);
    }

    /** The least power of two of which {@code max} is at most {@code most}. */
    private static double unit(double max, long most) {
        if (max == 0 || most < 1) return 1;
        int exponent = Math.getExponent(max / most);
        double unit = Math.scalb(1.0, exponent);
        return max > unit * most ? 2 * unit : unit;
    }

    /**
     * Writes the tree's entries for {@link RowPartition}; {@code out} is modified.
     *
     * @param rows the rows to use, {@code null} for all
     */
    void entries(int[] rows, int count, long key, long[] out) {
        if (!packed) {
            Parallel.chunks(count, Parallel.CHEAP, (from, n) -> {
                for (int i = from; i < from + n; i++) out[i] = rows == null ? i : rows[i];
            });
            return;
        }
        double gInverse = 1 / gradientUnit;
        double hInverse = 1 / hessianUnit;
        Parallel.chunks(count, BLOCK, (from, n) -> {
            for (int i = from; i < from + n; i++) {
                int row = rows == null ? i : rows[i];
                long random = Mix.hash(key + row);
                double u = (int) (random >>> 40) * 0x1p-24;
                double v = (int) (random & 0xFFFFFF) * 0x1p-24;
                int g = (int) (gradient[offset + row] * gInverse + u + BIAS) - BIAS; // above 0 the cast is the floor
                int h = constantHessian ? 1 : Math.max(0, (int) (hessian[offset + row] * hInverse + v));
                out[i] = (long) (g << 16 | h) << 32 | row;
            }
        });
    }

    /** The packed cell of an entry: gradient * 2^32 + hessian. */
    static long cell(long entry) {
        return (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
    }
}
