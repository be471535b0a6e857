package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.kernels.Polynomials.*;
import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.lanewise.engine.Scratch;
import org.lanewise.engine.kernels.Reduction;

/**
 * The exponential two vectors at a time, operation by operation as {@code FloatMath.exp}.
 *
 * <p>Written out for two reasons: two chains hide each other's latency; and a method of more than 325 bytecodes is compiled by
 * itself instead of into its callers. A softmax with this loop inlined outgrew what C2 compiles as one piece, and its vectors
 * went to the heap.
 */
final class VectorExp {
    static final int PAIR = 2 * LANES;
    /** Elements summed at a time, a multiple of the partial sums: 4 KB. */
    static final int BLOCK = 1024;

    private VectorExp() {}

    /** {@code out[i] = exp(a[i] - shift)}. The last elements go through a buffer, so that they are computed as vectors too. */
    static void shifted(float[] a, int ao, float shift, float[] out, int oo, int n) {
        int end = pairs(a, ao, shift, out, oo, n);
        if (end == n) return;
        float[] buffer = Scratch.floats(Scratch.KERNEL, PAIR);
        System.arraycopy(a, ao + end, buffer, 0, n - end);
        Arrays.fill(buffer, n - end, PAIR, shift);
        pairs(buffer, 0, shift, buffer, 0, PAIR);
        System.arraycopy(buffer, 0, out, oo + end, n - end);
    }

    /** Adds {@code exp(a[i] - shift)} to the partial sums of a {@link Reduction}, {@code i} in rising order. */
    static void addTo(float[] lanes, float[] a, int ao, float shift, int n) {
        float[] block = Scratch.floats(Scratch.KERNEL, PAIR + BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            shifted(a, ao + from, shift, block, PAIR, m);
            int end = F.loopBound(m);
            for (int i = 0; i < end; i += LANES) {
                int lane = i & (Reduction.LANES - 1);
                FloatVector e = FloatVector.fromArray(F, block, PAIR + i);
                FloatVector.fromArray(F, lanes, lane).add(e).intoArray(lanes, lane);
            }
            for (int i = end; i < m; i++) lanes[i & (Reduction.LANES - 1)] += block[PAIR + i];
        }
    }

    /** {@code out[i] = exp(a[i] - shift)} for whole pairs of vectors; returns how many elements that was. */
    private static int pairs(float[] a, int ao, float shift, float[] out, int oo, int n) {
        FloatVector round = FloatVector.broadcast(F, ROUND);
        FloatVector log2e = FloatVector.broadcast(F, LOG2_E);
        FloatVector high = FloatVector.broadcast(F, -LN2_HI);
        FloatVector low = FloatVector.broadcast(F, -LN2_LO);
        FloatVector c0 = FloatVector.broadcast(F, EXP_0);
        FloatVector c1 = FloatVector.broadcast(F, EXP_1);
        FloatVector c2 = FloatVector.broadcast(F, EXP_2);
        FloatVector c3 = FloatVector.broadcast(F, EXP_3);
        FloatVector c4 = FloatVector.broadcast(F, EXP_4);
        int end = n - n % PAIR;
        for (int i = 0; i < end; i += PAIR) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i).sub(shift);
            FloatVector y = FloatVector.fromArray(F, a, ao + i + LANES).sub(shift);
            x = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
            x = x.blend(EXP_MIN, x.compare(LT, EXP_MIN));
            FloatVector xt = x.fma(log2e, round);
            FloatVector xk = xt.sub(round);
            FloatVector xr = xk.fma(high, x);
            xr = xk.fma(low, xr);
            FloatVector xq = xr.fma(c4, c3);
            xq = xq.fma(xr, c2);
            xq = xq.fma(xr, c1);
            xq = xq.fma(xr, c0);
            FloatVector xp = xq.fma(xr.mul(xr), xr).add(1f);
            IntVector xe = xt.reinterpretAsInts().sub(ROUND_BITS);
            IntVector xh = xe.lanewise(ASHR, 1);
            FloatVector xs = xh.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector xu = xe.sub(xh).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            y = y.blend(EXP_MAX, y.compare(GT, EXP_MAX));
            y = y.blend(EXP_MIN, y.compare(LT, EXP_MIN));
            FloatVector yt = y.fma(log2e, round);
            FloatVector yk = yt.sub(round);
            FloatVector yr = yk.fma(high, y);
            yr = yk.fma(low, yr);
            FloatVector yq = yr.fma(c4, c3);
            yq = yq.fma(yr, c2);
            yq = yq.fma(yr, c1);
            yq = yq.fma(yr, c0);
            FloatVector yp = yq.fma(yr.mul(yr), yr).add(1f);
            IntVector ye = yt.reinterpretAsInts().sub(ROUND_BITS);
            IntVector yh = ye.lanewise(ASHR, 1);
            FloatVector ys = yh.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector yu = ye.sub(yh).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            xp.mul(xs).mul(xu).intoArray(out, oo + i);
            yp.mul(ys).mul(yu).intoArray(out, oo + i + LANES);
        }
        return end;
    }

    /** {@code out[i] = exp(a[i]) - 1} for whole vectors: {@code n} is a multiple of the lanes. */
    static void expm1(float[] a, int ao, float[] out, int oo, int n) {
        FloatVector round = FloatVector.broadcast(F, ROUND);
        FloatVector log2e = FloatVector.broadcast(F, LOG2_E);
        FloatVector high = FloatVector.broadcast(F, -LN2_HI);
        FloatVector low = FloatVector.broadcast(F, -LN2_LO);
        FloatVector c5 = FloatVector.broadcast(F, EXPM1_5);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector c = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
            c = c.blend(EXPM1_MIN, c.compare(LT, EXPM1_MIN));
            FloatVector t = c.fma(log2e, round);
            FloatVector k = t.sub(round);
            FloatVector r = k.fma(high, c);
            r = k.fma(low, r);
            FloatVector q = c5.fma(r, FloatVector.broadcast(F, EXPM1_4));
            q = q.fma(r, FloatVector.broadcast(F, EXPM1_3));
            q = q.fma(r, FloatVector.broadcast(F, EXPM1_2));
            q = q.fma(r, FloatVector.broadcast(F, EXPM1_1));
            q = q.fma(r, FloatVector.broadcast(F, EXPM1_0));
            FloatVector p = q.fma(r.mul(r), r);
            IntVector exponent = t.reinterpretAsInts().sub(ROUND_BITS + 1);
            FloatVector s = exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector y = p.fma(s, s.sub(0.5f));
            y.add(y).blend(x, x.abs().compare(LT, TINY)).intoArray(out, oo + i);
        }
    }
}
