package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.kernels.Polynomials.*;
import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import org.lanewise.engine.Scratch;

/**
 * The error function and what is made of it, operation by operation as in {@code FloatMath}.
 *
 * <p>In one piece these functions exceed what C2 inlines into a loop (the limit is on nodes, and every vector operation
 * brings dozens before it becomes one instruction); the vectors then live on the heap, fifty times slower. So a block of
 * arguments goes through two or three short loops, with their intermediate values in a buffer that stays in the first-level
 * cache.
 */
final class VectorErf {
    /** Arguments per block, whole vectors at every width: 4 KB. */
    private static final int BLOCK = 1024;

    private VectorErf() {}

    /** {@code n} a multiple of the lanes, as below. */
    static void erf(float[] a, int ao, float[] out, int oo, int n) {
        float[] far = Scratch.floats(Scratch.KERNEL, BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            erfFar(a, ao + from, far, m);
            erfJoin(a, ao + from, far, out, oo + from, m);
        }
    }

    static void gelu(float[] a, int ao, float[] out, int oo, int n) {
        float[] far = Scratch.floats(Scratch.KERNEL, BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            gateFar(a, ao + from, far, m);
            geluJoin(a, ao + from, far, out, oo + from, m);
        }
    }

    /**
     * The steps go through one call site: three receivers there, and C2 compiles each on its own. Inlined side by side they
     * reach its limit on nodes in the middle of the last one, in every other run of the program.
     */
    static void geluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        float[] buffer = Scratch.floats(Scratch.KERNEL, 2 * BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            for (SlopeStep step : SLOPE_STEPS) step.run(x, xo + from, buffer, g, go + from, out, oo + from, m);
        }
    }

    /** One of the loops over a block that make up the derivative of GELU. */
    private interface SlopeStep {
        void run(float[] x, int xo, float[] buffer, float[] g, int go, float[] out, int oo, int n);
    }

    private static final SlopeStep[] SLOPE_STEPS = {
            (x, xo, buffer, _, _, _, _, n) -> gateFar(x, xo, buffer, n),
            (x, xo, buffer, _, _, _, _, n) -> density(x, xo, buffer, BLOCK, n),
            VectorErf::slopeJoin};

    private static void erfFar(float[] a, int ao, float[] far, int n) {
        for (int i = 0; i < n; i += LANES) far(FloatVector.fromArray(F, a, ao + i).abs()).intoArray(far, i);
    }

    private static void erfJoin(float[] a, int ao, float[] far, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            join(FloatVector.fromArray(F, a, ao + i), FloatVector.fromArray(F, far, i)).intoArray(out, oo + i);
        }
    }

    private static void geluJoin(float[] a, int ao, float[] far, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector c = x.blend(GATE_MIN, x.compare(LT, GATE_MIN));
            FloatVector e = join(c.mul(SQRT_HALF), FloatVector.fromArray(F, far, i));
            c.mul(0.5f).mul(e.add(1f)).intoArray(out, oo + i);
        }
    }

    private static void slopeJoin(float[] x, int xo, float[] buffer, float[] g, int go, float[] out, int oo, int n) {
        FloatVector half = FloatVector.broadcast(F, 0.5f);
        for (int i = 0; i < n; i += LANES) {
            FloatVector c = gate(FloatVector.fromArray(F, x, xo + i));
            FloatVector e = join(c.mul(SQRT_HALF), FloatVector.fromArray(F, buffer, i));
            FloatVector slope = c.fma(FloatVector.fromArray(F, buffer, BLOCK + i), e.fma(half, half));
            FloatVector.fromArray(F, g, go + i).mul(slope).intoArray(out, oo + i);
        }
    }

    /** {@code far} of {@code x / sqrt 2}; beyond the gate's limits it is 1 whatever they are. */
    private static void gateFar(float[] x, int xo, float[] far, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector c = gate(FloatVector.fromArray(F, x, xo + i));
            far(c.mul(SQRT_HALF).abs()).intoArray(far, i);
        }
    }

    /** The density of the normal law. */
    private static void density(float[] x, int xo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector c = gate(FloatVector.fromArray(F, x, xo + i));
            VectorMath.exp(c.mul(c).mul(-0.5f)).mul(NORMAL_PEAK).intoArray(out, oo + i);
        }
    }

    /** Limited on both sides; the value itself is the other factor of what it gates. */
    private static FloatVector gate(FloatVector x) {
        FloatVector c = x.blend(GATE_MIN, x.compare(LT, GATE_MIN));
        return c.blend(-GATE_MIN, c.compare(GT, -GATE_MIN));
    }

    /** {@code erf a} of {@code a >= ERF_NEAR}. */
    private static FloatVector far(FloatVector a) {
        FloatVector c = a.blend(ERF_MAX, a.compare(GT, ERF_MAX));
        FloatVector p = FloatVector.broadcast(F, ERF_FAR_7).fma(c, FloatVector.broadcast(F, ERF_FAR_6));
        p = p.fma(c, FloatVector.broadcast(F, ERF_FAR_5));
        p = p.fma(c, FloatVector.broadcast(F, ERF_FAR_4));
        p = p.fma(c, FloatVector.broadcast(F, ERF_FAR_3));
        p = p.fma(c, FloatVector.broadcast(F, ERF_FAR_2));
        p = p.fma(c, FloatVector.broadcast(F, ERF_FAR_1));
        p = p.fma(c, FloatVector.broadcast(F, ERF_FAR_0));
        FloatVector minus = c.neg();
        return FloatVector.broadcast(F, 1f).sub(VectorMath.expBounded(minus.fma(p, minus)));
    }

    /** {@code erf x}, from {@code far} of its magnitude where that is large. */
    private static FloatVector join(FloatVector x, FloatVector far) {
        FloatVector a = x.abs();
        FloatVector s = a.mul(a);
        FloatVector q = FloatVector.broadcast(F, ERF_NEAR_6).fma(s, FloatVector.broadcast(F, ERF_NEAR_5));
        q = q.fma(s, FloatVector.broadcast(F, ERF_NEAR_4));
        q = q.fma(s, FloatVector.broadcast(F, ERF_NEAR_3));
        q = q.fma(s, FloatVector.broadcast(F, ERF_NEAR_2));
        q = q.fma(s, FloatVector.broadcast(F, ERF_NEAR_1));
        q = q.fma(s, FloatVector.broadcast(F, ERF_NEAR_0));
        FloatVector near = q.fma(a, a);
        return VectorMath.withSign(far.blend(near, a.compare(LT, ERF_NEAR)), x);
    }
}
