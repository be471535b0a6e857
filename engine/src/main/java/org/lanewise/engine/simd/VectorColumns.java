package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

import org.lanewise.engine.kernels.ColumnKernels;
import org.lanewise.engine.kernels.ScalarColumns;

/**
 * Small layers over columns. Shared weights are broadcast against vectors of lanes, four units and two vectors at a time (95
 * GFLOP/s of 117 at 16 x 16 and 32 lanes on one Zen 4 core); see {@link VectorEach} and {@link VectorMixing} for the rest.
 */
final class VectorColumns implements ColumnKernels {
    @Override
    public void dense(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo, int out,
            int n, boolean relu) {
        float floor = ScalarColumns.floor(relu);
        int whole = out & ~3;
        int r = 0;
        for (; r + 2 * LANES <= n; r += 2 * LANES) fours2(x, xo + r, in, w, wo, b, bo, y, yo + r, out, n, floor);
        for (; r + LANES <= n; r += LANES) fours1(x, xo + r, in, w, wo, b, bo, y, yo + r, out, n, floor);
        for (int o = whole; o < out; o++)
            for (int s = 0; s < r; s += LANES)
                one(x, xo + s, in, w, wo + o, out, b[bo + o], y, yo + o * n + s, n, floor);
        if (r < n) ScalarColumns.dense(x, xo, in, w, wo, b, bo, y, yo, out, n, floor, r);
    }

    @Override
    public void denseEach(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo, int out,
            int n, boolean relu) {
        VectorEach.dense(x, xo, in, w, wo, b, bo, y, yo, out, n, ScalarColumns.floor(relu));
    }

    @Override
    public void scores(float[] a, int ao, float[] b, int bo, int k, int width, float[] s, int so, int n) {
        if (k < 2)
            ScalarColumns.scores(a, ao, b, bo, k, width, s, so, n, 0);
        else
            VectorMixing.scores(a, ao, b, bo, k, width, s, so, n);
    }

    @Override
    public void softmax(float[] x, int xo, int groups, int k, float total, int n) {
        VectorMixing.subtractMax(x, xo, groups, k, n);
        VectorExp.shifted(x, xo, 0f, x, xo, groups * k * n);
        VectorMixing.normalise(x, xo, groups, k, total, n);
    }

    @Override
    public void mix(float[] s, int so, float[] x, int xo, int k, int width, float[] y, int yo, int n) {
        VectorMixing.mix(s, so, x, xo, k, width, y, yo, n);
    }

    private static void fours2(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo,
            int out, int n, float floor) {
        for (int o = 0; o + 4 <= out; o += 4) {
            int xi = xo;
            int wi = wo + o;
            FloatVector c00 = FloatVector.broadcast(F, b[bo + o]);
            FloatVector c01 = FloatVector.broadcast(F, b[bo + o]);
            FloatVector c10 = FloatVector.broadcast(F, b[bo + o + 1]);
            FloatVector c11 = FloatVector.broadcast(F, b[bo + o + 1]);
            FloatVector c20 = FloatVector.broadcast(F, b[bo + o + 2]);
            FloatVector c21 = FloatVector.broadcast(F, b[bo + o + 2]);
            FloatVector c30 = FloatVector.broadcast(F, b[bo + o + 3]);
            FloatVector c31 = FloatVector.broadcast(F, b[bo + o + 3]);
            for (int i = 0; i < in; i++) {
                FloatVector x0 = FloatVector.fromArray(F, x, xi);
                FloatVector x1 = FloatVector.fromArray(F, x, xi + LANES);
                FloatVector w0 = FloatVector.broadcast(F, w[wi]);
                c00 = w0.fma(x0, c00);
                c01 = w0.fma(x1, c01);
                FloatVector w1 = FloatVector.broadcast(F, w[wi + 1]);
                c10 = w1.fma(x0, c10);
                c11 = w1.fma(x1, c11);
                FloatVector w2 = FloatVector.broadcast(F, w[wi + 2]);
                c20 = w2.fma(x0, c20);
                c21 = w2.fma(x1, c21);
                FloatVector w3 = FloatVector.broadcast(F, w[wi + 3]);
                c30 = w3.fma(x0, c30);
                c31 = w3.fma(x1, c31);
                xi += n;
                wi += out;
            }
            c00.blend(floor, c00.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n);
            c01.blend(floor, c01.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + LANES);
            c10.blend(floor, c10.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + n);
            c11.blend(floor, c11.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + n + LANES);
            c20.blend(floor, c20.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + 2 * n);
            c21.blend(floor, c21.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + 2 * n + LANES);
            c30.blend(floor, c30.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + 3 * n);
            c31.blend(floor, c31.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + 3 * n + LANES);
        }
    }

    private static void fours1(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo,
            int out, int n, float floor) {
        for (int o = 0; o + 4 <= out; o += 4) {
            int xi = xo;
            int wi = wo + o;
            FloatVector c0 = FloatVector.broadcast(F, b[bo + o]);
            FloatVector c1 = FloatVector.broadcast(F, b[bo + o + 1]);
            FloatVector c2 = FloatVector.broadcast(F, b[bo + o + 2]);
            FloatVector c3 = FloatVector.broadcast(F, b[bo + o + 3]);
            for (int i = 0; i < in; i++) {
                FloatVector v = FloatVector.fromArray(F, x, xi);
                c0 = FloatVector.broadcast(F, w[wi]).fma(v, c0);
                c1 = FloatVector.broadcast(F, w[wi + 1]).fma(v, c1);
                c2 = FloatVector.broadcast(F, w[wi + 2]).fma(v, c2);
                c3 = FloatVector.broadcast(F, w[wi + 3]).fma(v, c3);
                xi += n;
                wi += out;
            }
            c0.blend(floor, c0.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n);
            c1.blend(floor, c1.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + n);
            c2.blend(floor, c2.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + 2 * n);
            c3.blend(floor, c3.compare(VectorOperators.LT, floor)).intoArray(y, yo + o * n + 3 * n);
        }
    }

    private static void one(float[] x, int xo, int in, float[] w, int wo, int out, float bias, float[] y, int yo, int n,
            float floor) {
        FloatVector c = FloatVector.broadcast(F, bias);
        for (int i = 0; i < in; i++) {
            c = FloatVector.broadcast(F, w[wo]).fma(FloatVector.fromArray(F, x, xo), c);
            xo += n;
            wo += out;
        }
        c.blend(floor, c.compare(VectorOperators.LT, floor)).intoArray(y, yo);
    }
}
