package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.kernels.Polynomials.*;
import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.lanewise.engine.Scratch;

/**
 * Sigmoid, SiLU, the hyperbolic tangent and softplus: functions around an exponential, operation by operation as in
 * {@code FloatMath}.
 *
 * <p>In several loops over a block: the exponential's argument, {@link VectorExp}, which is compiled by itself, and the rest. With the
 * exponential inlined, vectors of each step lived on the heap (12 to 70 B an element) in programs that use one of them alone;
 * see {@link VectorErf}.
 *
 * <p>All take whole vectors: {@code n} is a multiple of the lanes.
 */
final class VectorGates {
    /** Arguments per block, whole pairs at every width: 4 KB. */
    private static final int BLOCK = 1024;
    private static final int PAIR = 2 * LANES;

    private VectorGates() {}

    static void sigmoid(float[] a, int ao, float[] out, int oo, int n) {
        float[] e = Scratch.floats(Scratch.KERNEL, BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            decay(a, ao + from, e, m);
            sigmoidEnd(a, ao + from, e, out, oo + from, m);
        }
    }

    static void silu(float[] a, int ao, float[] out, int oo, int n) {
        float[] e = Scratch.floats(Scratch.KERNEL, BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            decay(a, ao + from, e, m);
            sigmoidEnd(a, ao + from, e, e, 0, m);
            for (int i = 0; i < m; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, a, ao + from + i);
                FloatVector c = x.blend(GATE_MIN, x.compare(LT, GATE_MIN));
                c.mul(FloatVector.fromArray(F, e, i)).intoArray(out, oo + from + i);
            }
        }
    }

    /** {@code g} times the derivative of SiLU at {@code a}. */
    static void siluGrad(float[] a, int ao, float[] g, int go, float[] out, int oo, int n) {
        float[] e = Scratch.floats(Scratch.KERNEL, BLOCK);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            decay(a, ao + from, e, m);
            sigmoidEnd(a, ao + from, e, e, 0, m);
            for (int i = 0; i < m; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, a, ao + from + i);
                FloatVector c = x.blend(GATE_MIN, x.compare(LT, GATE_MIN));
                c = c.blend(-GATE_MIN, c.compare(GT, -GATE_MIN));
                FloatVector s = FloatVector.fromArray(F, e, i);
                FloatVector slope = s.mul(c.fma(one.sub(s), one));
                FloatVector.fromArray(F, g, go + from + i).mul(slope).intoArray(out, oo + from + i);
            }
        }
    }

    static void tanh(float[] a, int ao, float[] out, int oo, int n) {
        float[] e = Scratch.floats(Scratch.KERNEL, BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            for (int i = 0; i < m; i += LANES) {
                FloatVector c = FloatVector.fromArray(F, a, ao + from + i).abs();
                c = c.blend(TANH_MAX, c.compare(GT, TANH_MAX));
                c.add(c).intoArray(e, i);
            }
            exponentials(e, m);
            tanhEnd(a, ao + from, e, out, oo + from, m);
        }
    }

    static void softplus(float[] a, int ao, float[] out, int oo, int n) {
        float[] e = Scratch.floats(Scratch.KERNEL, BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            decay(a, ao + from, e, m);
            VectorLog.log1p(e, 0, e, 0, m);
            for (int i = 0; i < m; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, a, ao + from + i);
                FloatVector positive = x.blend(0f, x.compare(LT, 0f));
                positive.add(FloatVector.fromArray(F, e, i)).intoArray(out, oo + from + i);
            }
        }
    }

    /** {@code exp(-|a|)}. What gates the argument of SiLU lies far beyond where this is 0. */
    private static void decay(float[] a, int ao, float[] e, int n) {
        for (int i = 0; i < n; i += LANES) FloatVector.fromArray(F, a, ao + i).abs().neg().intoArray(e, i);
        exponentials(e, n);
    }

    private static void exponentials(float[] e, int n) {
        int padded = (n + PAIR - 1) / PAIR * PAIR;
        Arrays.fill(e, n, padded, 0f);
        VectorExp.shifted(e, 0, 0f, e, 0, padded);
    }

    /** From {@code e = exp(-|a|)}; the result may take the place of {@code e}. */
    private static void sigmoidEnd(float[] a, int ao, float[] e, float[] out, int oo, int n) {
        FloatVector one = FloatVector.broadcast(F, 1f);
        FloatVector c0 = FloatVector.broadcast(F, SIGMOID_0);
        FloatVector c1 = FloatVector.broadcast(F, SIGMOID_1);
        for (int i = 0; i < n; i += LANES) {
            FloatVector s = FloatVector.fromArray(F, e, i);
            FloatVector d = s.add(1f);
            FloatVector y = one.blend(s, FloatVector.fromArray(F, a, ao + i).compare(LT, 0f)).div(d);
            FloatVector lost = s.sub(d.sub(1f));
            y.neg().mul(lost).fma(d.fma(c1, c0), y).intoArray(out, oo + i);
        }
    }

    /** From {@code e = exp(2 |x|)}. */
    private static void tanhEnd(float[] a, int ao, float[] e, float[] out, int oo, int n) {
        FloatVector one = FloatVector.broadcast(F, 1f);
        FloatVector two = FloatVector.broadcast(F, 2f);
        FloatVector c3 = FloatVector.broadcast(F, TANH_3);
        FloatVector c4 = FloatVector.broadcast(F, TANH_4);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector m = x.abs();
            FloatVector s = m.mul(m);
            FloatVector q = c4.fma(s, c3);
            q = q.fma(s, FloatVector.broadcast(F, TANH_2));
            q = q.fma(s, FloatVector.broadcast(F, TANH_1));
            q = q.fma(s, FloatVector.broadcast(F, TANH_0));
            FloatVector near = q.mul(s).fma(m, m);
            FloatVector far = one.sub(two.div(FloatVector.fromArray(F, e, i).add(1f)));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector y = far.blend(near, m.compare(LT, TANH_NEAR));
            y.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, oo + i);
        }
    }
}
