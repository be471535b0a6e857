package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

import org.lanewise.engine.kernels.Fused;

/** One row times a small matrix, a few vectors of outputs at a time so that one chain need not wait for itself. */
final class VectorRow {
    private VectorRow() {}

    static void timesMatrix(float[] x, int xo, int in, float[] w, int wo, float[] y, int yo, int out) {
        int o = 0;
        for (; o + 4 * LANES <= out; o += 4 * LANES) four(x, xo, in, w, wo + o, out, y, yo + o);
        for (; o + LANES <= out; o += LANES) one(x, xo, in, w, wo + o, out, y, yo + o);
        for (; o < out; o++) {
            float sum = 0;
            for (int i = 0; i < in; i++) sum = Fused.fma(w[wo + i * out + o], x[xo + i], sum);
            y[yo + o] += sum;
        }
    }

    private static void four(float[] x, int xo, int in, float[] w, int wo, int wRow, float[] y, int yo) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        for (int i = 0; i < in; i++) {
            FloatVector v = FloatVector.broadcast(F, x[xo + i]);
            s0 = v.fma(FloatVector.fromArray(F, w, wo), s0);
            s1 = v.fma(FloatVector.fromArray(F, w, wo + LANES), s1);
            s2 = v.fma(FloatVector.fromArray(F, w, wo + 2 * LANES), s2);
            s3 = v.fma(FloatVector.fromArray(F, w, wo + 3 * LANES), s3);
            wo += wRow;
        }
        s0.add(FloatVector.fromArray(F, y, yo)).intoArray(y, yo);
        s1.add(FloatVector.fromArray(F, y, yo + LANES)).intoArray(y, yo + LANES);
        s2.add(FloatVector.fromArray(F, y, yo + 2 * LANES)).intoArray(y, yo + 2 * LANES);
        s3.add(FloatVector.fromArray(F, y, yo + 3 * LANES)).intoArray(y, yo + 3 * LANES);
    }

    private static void one(float[] x, int xo, int in, float[] w, int wo, int wRow, float[] y, int yo) {
        FloatVector s = FloatVector.zero(F);
        for (int i = 0; i < in; i++) {
            s = FloatVector.broadcast(F, x[xo + i]).fma(FloatVector.fromArray(F, w, wo), s);
            wo += wRow;
        }
        s.add(FloatVector.fromArray(F, y, yo)).intoArray(y, yo);
    }
}
