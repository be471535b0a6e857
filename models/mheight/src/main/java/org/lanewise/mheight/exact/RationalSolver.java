package org.lanewise.mheight.exact;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The m-heights of one code in exact rational arithmetic, every result being the true value for the given doubles rounded once:
 * the reference for {@link ExactSolver}, and its rescue where minors cancel.
 *
 * <p>With {@code D(K) = |det G_K|} for the k-subsets K of the n columns, linear-programming duality and Cramer's rule give
 *
 * <pre>
 * S(U)   = sum over i in U of D(U - i)                             |U| = k + 1
 * f(K,j) = sum over i in K of D(K - i + j) / D(K)
 *        = (S(K + j) - D(K)) / D(K)                                infinite if D(K) = 0
 * h_m    = max over T, |T| = n - m, and j not in T of F_T(j),      F_T(j) = min over K in T of f(K,j)
 * </pre>
 *
 * Rounding is monotone, so minima and maxima of correctly rounded ratios are correctly rounded too. Sets are bit masks; bits 0
 * to k - 1 are the identity's columns, the others those of P.
 */
final class RationalSolver {
    /** Bits of a quotient before it is rounded to 53. */
    private static final int QUOTIENT_BITS = 66;

    private final int n;
    private final int k;

    RationalSolver(CodeShape shape) {
        n = shape.n();
        k = shape.k();
    }

    /**
     * All heights of one code.
     *
     * @param p P row by row, finite
     * @return h_1 .. h_{n-k}, Infinity where infinite
     */
    double[] heights(double[] p) {
        BigInteger[] d = minors(p);
        double[] heights = new double[n - k];
        // least[j][T] = F_T(j), built up from |T| = k: a larger T is covered by its subsets of one less
        double[][] least = new double[n][1 << n];
        for (double[] row : least) Arrays.fill(row, Double.POSITIVE_INFINITY);
        for (int size = k; size < n; size++) {
            double height = 0;
            for (int t = 0; t < 1 << n; t++) {
                if (Integer.bitCount(t) != size) continue;
                for (int j = 0; j < n; j++) {
                    if ((t >> j & 1) != 0) continue;
                    least[j][t] = size == k ? ratio(d, t, j) : smallest(least[j], t);
                    height = Math.max(height, least[j][t]);
                }
            }
            heights[n - size - 1] = height;
        }
        return heights;
    }

    private double smallest(double[] least, int t) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++)
            if ((t >> i & 1) != 0) smallest = Math.min(smallest, least[t & ~(1 << i)]);
        return smallest;
    }

    private double ratio(BigInteger[] d, int set, int j) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < n; i++)
            if ((set >> i & 1) != 0) sum = sum.add(d[set & ~(1 << i) | 1 << j]);
        return d[set].signum() == 0 ? Double.POSITIVE_INFINITY : quotient(sum, d[set]);
    }

    /** D(K) for every mask of k bits, all times one power of two: the entries' common denominator to the k-th power. */
    private BigInteger[] minors(double[] p) {
        int r = n - k;
        int exponent = 0;
        for (double x : p) if (x != 0) exponent = Math.min(exponent, lowestBit(x));
        BigInteger one = BigInteger.ONE.shiftLeft(-exponent);
        BigInteger[][] g = new BigInteger[k][n];
        for (int i = 0; i < k; i++) {
            Arrays.fill(g[i], BigInteger.ZERO);
            g[i][i] = one;
            for (int c = 0; c < r; c++) g[i][k + c] = integer(p[i * r + c], exponent);
        }
        // Laplace expansion along the last row: the determinants of the first |set| rows, for every set of columns
        BigInteger[] det = new BigInteger[1 << n];
        det[0] = BigInteger.ONE;
        for (int set = 1; set < 1 << n; set++) {
            int row = Integer.bitCount(set) - 1;
            if (row >= k) continue;
            BigInteger sum = BigInteger.ZERO;
            int after = row;
            for (int c = 0; c < n; c++) {
                if ((set >> c & 1) == 0) continue;
                BigInteger term = g[row][c].multiply(det[set & ~(1 << c)]);
                sum = (after-- & 1) == 0 ? sum.add(term) : sum.subtract(term);
            }
            det[set] = sum;
        }
        for (int set = 0; set < 1 << n; set++) if (det[set] != null) det[set] = det[set].abs();
        return det;
    }

    /** The exponent of the lowest bit set. */
    private static int lowestBit(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int biased = (int) (bits >>> 52) & 0x7FF;
        long fraction = bits & (1L << 52) - 1 | (biased == 0 ? 0 : 1L << 52);
        return Math.max(biased, 1) - 1075 + Long.numberOfTrailingZeros(fraction);
    }

    /** {@code x * 2^-exponent}, a whole number. */
    private static BigInteger integer(double x, int exponent) {
        if (x == 0) return BigInteger.ZERO;
        int low = lowestBit(x);
        long odd = (long) Math.scalb(x, -low);
        return BigInteger.valueOf(odd).shiftLeft(low - exponent);
    }

    /** The quotient of two numbers that are not negative, rounded to the nearest double. */
    static double quotient(BigInteger a, BigInteger b) {
        if (a.signum() == 0) return 0;
        int shift = QUOTIENT_BITS - (a.bitLength() - b.bitLength());
        BigInteger[] parts = shift > 0
                ? a.shiftLeft(shift).divideAndRemainder(b)
                : a.divideAndRemainder(b.shiftLeft(-shift));
        // a last bit stands for all that is cut off, so that rounding sees no false tie
        BigInteger sticky = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
        return Math.scalb(sticky.doubleValue(), -shift);
    }
}
