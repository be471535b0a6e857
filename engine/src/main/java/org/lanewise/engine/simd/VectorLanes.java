package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import org.lanewise.engine.kernels.LaneKernels;

/**
 * {@link LaneKernels} on vectors as wide as {@link Width#F}, which divide a row. Minimum and maximum are a comparison and a
 * blend: the operations of these names take three times as many instructions to order NaN and the two zeros, which do not
 * occur here.
 */
final class VectorLanes implements LaneKernels {
    private static final VectorSpecies<Double> D = VectorSpecies.of(double.class, Width.F.vectorShape());
    private static final int L = D.length();

    @Override
    public void expand(double[] hi, double[] lo, int[] table, int at, int rows, int terms, int out) {
        for (int r = 0; r < rows; r++)
            for (int l = 0; l < LANES; l += L)
                one(hi, lo, table, at + 2 * r * terms, terms, l, out + r * LANES + l);
    }

    private static void one(double[] hi, double[] lo, int[] table, int at, int terms, int l, int out) {
        DoubleVector sum = DoubleVector.zero(D);
        DoubleVector low = DoubleVector.zero(D);
        for (int t = 0; t < 2 * terms; t += 2) {
            // the sign is a broadcast factor, exact, and the loop has no branch
            DoubleVector a = DoubleVector.fromArray(D, hi, table[at + t] + l).mul(1 - (t & 2));
            DoubleVector b = DoubleVector.fromArray(D, hi, table[at + t + 1] + l);
            DoubleVector product = a.mul(b);
            DoubleVector rest = a.fma(b, product.neg())
                    .add(a.mul(DoubleVector.fromArray(D, lo, table[at + t + 1] + l)));
            DoubleVector s = sum.add(product);
            DoubleVector added = s.sub(sum);
            low = low.add(sum.sub(s.sub(added)).add(product.sub(added)).add(rest));
            sum = s;
        }
        DoubleVector rounded = sum.add(low);
        rounded.intoArray(hi, out);
        low.sub(rounded.sub(sum)).intoArray(lo, out);
    }

    @Override
    public int small(double[] x, double[] bounds, int[] table, int rows, double factor) {
        int lanes = 0;
        for (int l = 0; l < LANES; l += L) {
            DoubleVector large = DoubleVector.broadcast(D, 1);
            for (int r = 0; r < rows; r++) {
                DoubleVector size = DoubleVector.fromArray(D, x, table[2 * r] + l).abs();
                DoubleVector bound = DoubleVector.fromArray(D, bounds, table[2 * r + 1] + l).mul(factor);
                large = DoubleVector.zero(D).blend(large, size.compare(GT, bound));
            }
            lanes |= (int) large.compare(VectorOperators.EQ, 0.0).toLong() << l;
        }
        return lanes;
    }

    @Override
    public void sums(double[] x, int[] table, int rows, int terms, double[] out) {
        for (int l = 0; l < LANES; l += L)
            for (int r = 0; r < rows; r++) {
                int at = r * terms;
                DoubleVector sum = DoubleVector.fromArray(D, x, table[at] + l);
                for (int t = 1; t < terms; t++) sum = sum.add(DoubleVector.fromArray(D, x, table[at + t] + l));
                sum.intoArray(out, r * LANES + l);
            }
    }

    @Override
    public void ratios(double[] whole, double[] part, int[] table, int rows, double[] out, double[] most, int mo) {
        for (int l = 0; l < LANES; l += L) {
            DoubleVector largest = DoubleVector.broadcast(D, Double.NEGATIVE_INFINITY);
            for (int r = 0; r < rows; r++) {
                DoubleVector p = DoubleVector.fromArray(D, part, table[2 * r + 1] + l);
                DoubleVector rest = DoubleVector.fromArray(D, whole, table[2 * r] + l).sub(p);
                DoubleVector ratio = rest.div(p).blend(Double.POSITIVE_INFINITY, p.compare(VectorOperators.EQ, 0.0));
                ratio.intoArray(out, r * LANES + l);
                largest = largest.blend(ratio, ratio.compare(GT, largest));
            }
            largest.intoArray(most, mo + l);
        }
    }

    @Override
    public void minima(double[] x, int[] table, int rows, int terms, double[] out, double[] most, int mo) {
        for (int l = 0; l < LANES; l += L) {
            DoubleVector largest = DoubleVector.broadcast(D, Double.NEGATIVE_INFINITY);
            for (int r = 0; r < rows; r++) {
                int at = r * terms;
                DoubleVector least = DoubleVector.fromArray(D, x, table[at] + l);
                for (int t = 1; t < terms; t++) {
                    DoubleVector v = DoubleVector.fromArray(D, x, table[at + t] + l);
                    least = least.blend(v, v.compare(LT, least));
                }
                least.intoArray(out, r * LANES + l);
                largest = largest.blend(least, least.compare(GT, largest));
            }
            largest.intoArray(most, mo + l);
        }
    }
}
