package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import org.lanewise.engine.kernels.ScalarColumns;

/**
 * Small layers with weights of their own in every lane. The lanes are the few networks of an ensemble: eight or four of them,
 * constants to the compiler, which then needs no checks in the loops. The weights, each used once, come in at the speed of the
 * second-level cache.
 */
final class VectorEach {
    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    private VectorEach() {}

    static void dense(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo, int out,
            int n, float floor) {
        if (n == 8 && LANES >= 8)
            eights(x, xo, in, w, wo, b, bo, y, yo, out, floor);
        else
            if (n == 4)
                fours(x, xo, in, w, wo, b, bo, y, yo, out, floor);
            else
                ScalarColumns.denseEach(x, xo, in, w, wo, b, bo, y, yo, out, n, floor, 0);
    }

    private static void eights(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo,
            int out, float floor) {
        for (int o = 0; o + 4 <= out; o += 4) {
            int panel = wo + o * in * 8;
            int bias = bo + o * 8;
            FloatVector c0 = FloatVector.fromArray(EIGHT, b, bias);
            FloatVector c1 = FloatVector.fromArray(EIGHT, b, bias + 8);
            FloatVector c2 = FloatVector.fromArray(EIGHT, b, bias + 16);
            FloatVector c3 = FloatVector.fromArray(EIGHT, b, bias + 24);
            for (int i = 0; i < in; i++) {
                FloatVector v = FloatVector.fromArray(EIGHT, x, xo + i * 8);
                c0 = v.fma(FloatVector.fromArray(EIGHT, w, panel + i * 32), c0);
                c1 = v.fma(FloatVector.fromArray(EIGHT, w, panel + i * 32 + 8), c1);
                c2 = v.fma(FloatVector.fromArray(EIGHT, w, panel + i * 32 + 16), c2);
                c3 = v.fma(FloatVector.fromArray(EIGHT, w, panel + i * 32 + 24), c3);
            }
            int to = yo + o * 8;
            c0.blend(floor, c0.compare(LT, floor)).intoArray(y, to);
            c1.blend(floor, c1.compare(LT, floor)).intoArray(y, to + 8);
            c2.blend(floor, c2.compare(LT, floor)).intoArray(y, to + 16);
            c3.blend(floor, c3.compare(LT, floor)).intoArray(y, to + 24);
        }
        int whole = out & ~3;
        for (int o = whole; o < out; o++)
            eight(x, xo, in, w, wo + (whole * in + o - whole) * 8, (out - whole) * 8, b, bo + o * 8, y, yo + o * 8,
                    floor);
    }

    private static void eight(float[] x, int xo, int in, float[] w, int wo, int step, float[] b, int bo, float[] y,
            int yo, float floor) {
        FloatVector c = FloatVector.fromArray(EIGHT, b, bo);
        for (int i = 0; i < in; i++) {
            c = FloatVector.fromArray(EIGHT, x, xo + i * 8).fma(FloatVector.fromArray(EIGHT, w, wo), c);
            wo += step;
        }
        c.blend(floor, c.compare(LT, floor)).intoArray(y, yo);
    }

    private static void fours(float[] x, int xo, int in, float[] w, int wo, float[] b, int bo, float[] y, int yo,
            int out, float floor) {
        for (int o = 0; o + 4 <= out; o += 4) {
            int panel = wo + o * in * 4;
            int bias = bo + o * 4;
            FloatVector c0 = FloatVector.fromArray(FOUR, b, bias);
            FloatVector c1 = FloatVector.fromArray(FOUR, b, bias + 4);
            FloatVector c2 = FloatVector.fromArray(FOUR, b, bias + 8);
            FloatVector c3 = FloatVector.fromArray(FOUR, b, bias + 12);
            for (int i = 0; i < in; i++) {
                FloatVector v = FloatVector.fromArray(FOUR, x, xo + i * 4);
                c0 = v.fma(FloatVector.fromArray(FOUR, w, panel + i * 16), c0);
                c1 = v.fma(FloatVector.fromArray(FOUR, w, panel + i * 16 + 4), c1);
                c2 = v.fma(FloatVector.fromArray(FOUR, w, panel + i * 16 + 8), c2);
                c3 = v.fma(FloatVector.fromArray(FOUR, w, panel + i * 16 + 12), c3);
            }
            int to = yo + o * 4;
            c0.blend(floor, c0.compare(LT, floor)).intoArray(y, to);
            c1.blend(floor, c1.compare(LT, floor)).intoArray(y, to + 4);
            c2.blend(floor, c2.compare(LT, floor)).intoArray(y, to + 8);
            c3.blend(floor, c3.compare(LT, floor)).intoArray(y, to + 12);
        }
        int whole = out & ~3;
        for (int o = whole; o < out; o++)
            four(x, xo, in, w, wo + (whole * in + o - whole) * 4, (out - whole) * 4, b, bo + o * 4, y, yo + o * 4,
                    floor);
    }

    private static void four(float[] x, int xo, int in, float[] w, int wo, int step, float[] b, int bo, float[] y,
            int yo, float floor) {
        FloatVector c = FloatVector.fromArray(FOUR, b, bo);
        for (int i = 0; i < in; i++) {
            c = FloatVector.fromArray(FOUR, x, xo + i * 4).fma(FloatVector.fromArray(FOUR, w, wo), c);
            wo += step;
        }
        c.blend(floor, c.compare(LT, floor)).intoArray(y, yo);
    }
}
