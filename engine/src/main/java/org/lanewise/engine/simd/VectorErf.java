package org.lanewise.engine.simd;

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

/**
 * The error function and what is made of it, operation by operation as in {@code FloatMath}.
 *
 * <p>In one piece these functions exceed what C2 inlines into a loop (the limit is on nodes, and every vector operation
 * brings dozens before it becomes one instruction); some vectors then live on the heap, many times slower. So a block of
 * arguments goes through several loops, with intermediate values in a buffer that stays in the first-level cache. The two long
 * ones take two vectors at a time: their chains hide each other's latency, and with more than 325 bytecodes each is compiled by
 * itself, never as a part of what calls it, so its compilation does not depend on what else is.
 */
final class VectorErf {
    private static final int PAIR = 2 * LANES;
    /** Arguments per block, whole pairs at every width: 4 KB. */
    private static final int BLOCK = 1024;
    /** The buffer: values of erf, exponentials, then an argument and a gradient filled up to a pair. */
    private static final int EXP = BLOCK;
    private static final int REST = 2 * BLOCK;
    private static final int REST_GRADIENT = REST + PAIR;

    private VectorErf() {}

    static void erf(float[] a, int ao, float[] out, int oo, int n) {
        float[] buffer = buffer();
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            int whole = m - m % PAIR;
            erfBlock(a, ao + from, 1f, buffer, out, oo + from, whole);
            if (whole == m) continue;
            fill(a, ao + from + whole, m - whole, buffer, REST);
            erfBlock(buffer, REST, 1f, buffer, buffer, REST, PAIR);
            System.arraycopy(buffer, REST, out, oo + from + whole, m - whole);
        }
    }

    static void gelu(float[] a, int ao, float[] out, int oo, int n) {
        float[] buffer = buffer();
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            int whole = m - m % PAIR;
            geluBlock(a, ao + from, buffer, out, oo + from, whole);
            if (whole == m) continue;
            fill(a, ao + from + whole, m - whole, buffer, REST);
            geluBlock(buffer, REST, buffer, buffer, REST, PAIR);
            System.arraycopy(buffer, REST, out, oo + from + whole, m - whole);
        }
    }

    static void geluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        float[] buffer = buffer();
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            int whole = m - m % PAIR;
            slopeBlock(x, xo + from, buffer, g, go + from, out, oo + from, whole);
            if (whole == m) continue;
            fill(x, xo + from + whole, m - whole, buffer, REST);
            fill(g, go + from + whole, m - whole, buffer, REST_GRADIENT);
            slopeBlock(buffer, REST, buffer, buffer, REST_GRADIENT, buffer, REST, PAIR);
            System.arraycopy(buffer, REST, out, oo + from + whole, m - whole);
        }
    }

    private static float[] buffer() {
        return Scratch.floats(Scratch.KERNEL, REST_GRADIENT + PAIR);
    }

    /** Fewer elements than a pair of vectors, and zeros. */
    private static void fill(float[] a, int ao, int n, float[] buffer, int at) {
        System.arraycopy(a, ao, buffer, at, n);
        Arrays.fill(buffer, at + n, at + PAIR, 0f);
    }

    private static void erfBlock(float[] a, int ao, float scale, float[] buffer, float[] out, int oo, int n) {
        far(a, ao, scale, buffer, n);
        join(a, ao, scale, buffer, out, oo, n);
    }

    private static void geluBlock(float[] a, int ao, float[] buffer, float[] out, int oo, int n) {
        erfBlock(a, ao, SQRT_HALF, buffer, buffer, 0, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector c = x.blend(GATE_MIN, x.compare(LT, GATE_MIN));
            c.mul(0.5f).mul(FloatVector.fromArray(F, buffer, i).add(1f)).intoArray(out, oo + i);
        }
    }

    /** The argument is limited on both sides; the value itself is the other factor of what it gates. */
    private static void slopeBlock(float[] x, int xo, float[] buffer, float[] g, int go, float[] out, int oo, int n) {
        erfBlock(x, xo, SQRT_HALF, buffer, buffer, 0, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector c = FloatVector.fromArray(F, x, xo + i);
            c = c.blend(GATE_MIN, c.compare(LT, GATE_MIN));
            c = c.blend(-GATE_MIN, c.compare(GT, -GATE_MIN));
            c.mul(c).mul(-0.5f).intoArray(buffer, EXP + i);
        }
        VectorExp.shifted(buffer, EXP, 0f, buffer, EXP, n);
        FloatVector half = FloatVector.broadcast(F, 0.5f);
        for (int i = 0; i < n; i += LANES) {
            FloatVector c = FloatVector.fromArray(F, x, xo + i);
            c = c.blend(GATE_MIN, c.compare(LT, GATE_MIN));
            c = c.blend(-GATE_MIN, c.compare(GT, -GATE_MIN));
            FloatVector density = FloatVector.fromArray(F, buffer, EXP + i).mul(NORMAL_PEAK);
            FloatVector slope = c.fma(density, FloatVector.fromArray(F, buffer, i).fma(half, half));
            FloatVector.fromArray(F, g, go + i).mul(slope).intoArray(out, oo + i);
        }
    }

    /** {@code erf |scale a|} as it is from {@code ERF_NEAR} on; {@code n} a multiple of a pair, as below. */
    private static void far(float[] a, int ao, float scale, float[] far, int n) {
        FloatVector far7 = FloatVector.broadcast(F, ERF_FAR_7);
        FloatVector far6 = FloatVector.broadcast(F, ERF_FAR_6);
        FloatVector round = FloatVector.broadcast(F, ROUND);
        FloatVector log2e = FloatVector.broadcast(F, LOG2_E);
        FloatVector high = FloatVector.broadcast(F, -LN2_HI);
        FloatVector low = FloatVector.broadcast(F, -LN2_LO);
        FloatVector c0 = FloatVector.broadcast(F, EXP_0);
        FloatVector c1 = FloatVector.broadcast(F, EXP_1);
        FloatVector c2 = FloatVector.broadcast(F, EXP_2);
        FloatVector c3 = FloatVector.broadcast(F, EXP_3);
        FloatVector c4 = FloatVector.broadcast(F, EXP_4);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < n; i += PAIR) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i).mul(scale).abs();
            x = x.blend(ERF_MAX, x.compare(GT, ERF_MAX));
            FloatVector xp = x.fma(far7, far6);
            xp = xp.fma(x, FloatVector.broadcast(F, ERF_FAR_5));
            xp = xp.fma(x, FloatVector.broadcast(F, ERF_FAR_4));
            xp = xp.fma(x, FloatVector.broadcast(F, ERF_FAR_3));
            xp = xp.fma(x, FloatVector.broadcast(F, ERF_FAR_2));
            xp = xp.fma(x, FloatVector.broadcast(F, ERF_FAR_1));
            xp = xp.fma(x, FloatVector.broadcast(F, ERF_FAR_0));
            FloatVector xm = x.neg();
            x = xm.fma(xp, xm);
            FloatVector xt = x.fma(log2e, round);
            FloatVector xk = xt.sub(round);
            FloatVector xr = xk.fma(high, x);
            xr = xk.fma(low, xr);
            FloatVector xq = xr.fma(c4, c3);
            xq = xq.fma(xr, c2);
            xq = xq.fma(xr, c1);
            xq = xq.fma(xr, c0);
            xq = xq.fma(xr.mul(xr), xr).add(1f);
            FloatVector xs = xt.reinterpretAsInts().sub(ROUND_BITS).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            one.sub(xq.mul(xs)).intoArray(far, i);
            FloatVector y = FloatVector.fromArray(F, a, ao + i + LANES).mul(scale).abs();
            y = y.blend(ERF_MAX, y.compare(GT, ERF_MAX));
            FloatVector yp = y.fma(far7, far6);
            yp = yp.fma(y, FloatVector.broadcast(F, ERF_FAR_5));
            yp = yp.fma(y, FloatVector.broadcast(F, ERF_FAR_4));
            yp = yp.fma(y, FloatVector.broadcast(F, ERF_FAR_3));
            yp = yp.fma(y, FloatVector.broadcast(F, ERF_FAR_2));
            yp = yp.fma(y, FloatVector.broadcast(F, ERF_FAR_1));
            yp = yp.fma(y, FloatVector.broadcast(F, ERF_FAR_0));
            FloatVector ym = y.neg();
            y = ym.fma(yp, ym);
            FloatVector yt = y.fma(log2e, round);
            FloatVector yk = yt.sub(round);
            FloatVector yr = yk.fma(high, y);
            yr = yk.fma(low, yr);
            FloatVector yq = yr.fma(c4, c3);
            yq = yq.fma(yr, c2);
            yq = yq.fma(yr, c1);
            yq = yq.fma(yr, c0);
            yq = yq.fma(yr.mul(yr), yr).add(1f);
            FloatVector ys = yt.reinterpretAsInts().sub(ROUND_BITS).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
            one.sub(yq.mul(ys)).intoArray(far, i + LANES);
        }
    }

    /** {@code erf(scale a)}, from {@link #far} where the argument is large. */
    private static void join(float[] a, int ao, float scale, float[] far, float[] out, int oo, int n) {
        FloatVector near6 = FloatVector.broadcast(F, ERF_NEAR_6);
        FloatVector near5 = FloatVector.broadcast(F, ERF_NEAR_5);
        for (int i = 0; i < n; i += PAIR) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i).mul(scale);
            FloatVector xa = x.abs();
            FloatVector xs = xa.mul(xa);
            FloatVector xq = near6.fma(xs, near5);
            xq = xq.fma(xs, FloatVector.broadcast(F, ERF_NEAR_4));
            xq = xq.fma(xs, FloatVector.broadcast(F, ERF_NEAR_3));
            xq = xq.fma(xs, FloatVector.broadcast(F, ERF_NEAR_2));
            xq = xq.fma(xs, FloatVector.broadcast(F, ERF_NEAR_1));
            xq = xq.fma(xs, FloatVector.broadcast(F, ERF_NEAR_0));
            FloatVector xe = FloatVector.fromArray(F, far, i);
            xe = xe.blend(xq.fma(xa, xa), xa.compare(LT, ERF_NEAR));
            IntVector xm = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            xe.reinterpretAsInts().or(xm).reinterpretAsFloats().intoArray(out, oo + i);
            FloatVector y = FloatVector.fromArray(F, a, ao + i + LANES).mul(scale);
            FloatVector ya = y.abs();
            FloatVector ys = ya.mul(ya);
            FloatVector yq = near6.fma(ys, near5);
            yq = yq.fma(ys, FloatVector.broadcast(F, ERF_NEAR_4));
            yq = yq.fma(ys, FloatVector.broadcast(F, ERF_NEAR_3));
            yq = yq.fma(ys, FloatVector.broadcast(F, ERF_NEAR_2));
            yq = yq.fma(ys, FloatVector.broadcast(F, ERF_NEAR_1));
            yq = yq.fma(ys, FloatVector.broadcast(F, ERF_NEAR_0));
            FloatVector ye = FloatVector.fromArray(F, far, i + LANES);
            ye = ye.blend(yq.fma(ya, ya), ya.compare(LT, ERF_NEAR));
            IntVector ym = y.reinterpretAsInts().and(Integer.MIN_VALUE);
            ye.reinterpretAsInts().or(ym).reinterpretAsFloats().intoArray(out, oo + i + LANES);
        }
    }
}
