package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

import org.lanewise.engine.kernels.Reduction;

/**
 * The loops of the reductions, over whole blocks of {@link Reduction#LANES} elements.
 *
 * <p>One pass keeps four registers, the partial sums {@code from .. from + 4 * LANES - 1}: all 64 at 512 bits, half of them
 * at 256, a quarter at 128. A narrower machine makes more passes, each over its own part of every block.
 */
final class VectorReductions {
    /** The partial sums of one pass. */
    static final int PASS = 4 * LANES;

    /** Whether one pass holds all partial sums, so that they can be folded in registers. */
    static final boolean FOLDS = PASS == Reduction.LANES;

    private VectorReductions() {}

    /** Whether a whole reduction can stay in registers until 16 sums are left. */
    static boolean folds(int n) {
        return FOLDS && n % LANES == 0;
    }

    /** The whole sum where it {@link #folds}: the upper half of the partial sums is added to the lower in registers. */
    static float sum(float[] a, int ao, int n, float[] lanes) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        int rest = n & (Reduction.LANES - 1);
        int end = ao + n - rest;
        for (int i = ao; i < end; i += Reduction.LANES) {
            s0 = s0.add(FloatVector.fromArray(F, a, i));
            s1 = s1.add(FloatVector.fromArray(F, a, i + LANES));
            s2 = s2.add(FloatVector.fromArray(F, a, i + 2 * LANES));
            s3 = s3.add(FloatVector.fromArray(F, a, i + 3 * LANES));
        }
        if (rest > 0) s0 = s0.add(FloatVector.fromArray(F, a, end));
        if (rest > LANES) s1 = s1.add(FloatVector.fromArray(F, a, end + LANES));
        if (rest > 2 * LANES) s2 = s2.add(FloatVector.fromArray(F, a, end + 2 * LANES));
        s0.add(s2).add(s1.add(s3)).intoArray(lanes, 0);
        return Reduction.tree16(lanes);
    }

    /** The whole product of rows where it {@link #folds}. */
    static float dot(float[] a, int ao, float[] b, int bo, int n, float[] lanes) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        int rest = n & (Reduction.LANES - 1);
        int end = n - rest;
        for (int i = 0; i < end; i += Reduction.LANES) {
            int x = ao + i;
            int y = bo + i;
            s0 = FloatVector.fromArray(F, a, x).fma(FloatVector.fromArray(F, b, y), s0);
            s1 = FloatVector.fromArray(F, a, x + LANES).fma(FloatVector.fromArray(F, b, y + LANES), s1);
            s2 = FloatVector.fromArray(F, a, x + 2 * LANES).fma(FloatVector.fromArray(F, b, y + 2 * LANES), s2);
            s3 = FloatVector.fromArray(F, a, x + 3 * LANES).fma(FloatVector.fromArray(F, b, y + 3 * LANES), s3);
        }
        int x = ao + end;
        int y = bo + end;
        if (rest > 0) s0 = FloatVector.fromArray(F, a, x).fma(FloatVector.fromArray(F, b, y), s0);
        if (rest > LANES) s1 = FloatVector.fromArray(F, a, x + LANES).fma(FloatVector.fromArray(F, b, y + LANES), s1);
        if (rest > 2 * LANES)
            s2 = FloatVector.fromArray(F, a, x + 2 * LANES).fma(FloatVector.fromArray(F, b, y + 2 * LANES), s2);
        s0.add(s2).add(s1.add(s3)).intoArray(lanes, 0);
        return Reduction.tree16(lanes);
    }

    /** The whole sum of squared deviations where it {@link #folds}. */
    static float sumSquaredDeviations(float[] a, int ao, float c, int n, float[] lanes) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        int rest = n & (Reduction.LANES - 1);
        int end = ao + n - rest;
        for (int i = ao; i < end; i += Reduction.LANES) {
            FloatVector d0 = FloatVector.fromArray(F, a, i).sub(c);
            FloatVector d1 = FloatVector.fromArray(F, a, i + LANES).sub(c);
            FloatVector d2 = FloatVector.fromArray(F, a, i + 2 * LANES).sub(c);
            FloatVector d3 = FloatVector.fromArray(F, a, i + 3 * LANES).sub(c);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
        }
        if (rest > 0) {
            FloatVector d = FloatVector.fromArray(F, a, end).sub(c);
            s0 = d.fma(d, s0);
        }
        if (rest > LANES) {
            FloatVector d = FloatVector.fromArray(F, a, end + LANES).sub(c);
            s1 = d.fma(d, s1);
        }
        if (rest > 2 * LANES) {
            FloatVector d = FloatVector.fromArray(F, a, end + 2 * LANES).sub(c);
            s2 = d.fma(d, s2);
        }
        s0.add(s2).add(s1.add(s3)).intoArray(lanes, 0);
        return Reduction.tree16(lanes);
    }

    static void sum(float[] a, int ao, int n, float[] lanes, int from) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        for (int i = ao + from; i < ao + n; i += Reduction.LANES) {
            s0 = s0.add(FloatVector.fromArray(F, a, i));
            s1 = s1.add(FloatVector.fromArray(F, a, i + LANES));
            s2 = s2.add(FloatVector.fromArray(F, a, i + 2 * LANES));
            s3 = s3.add(FloatVector.fromArray(F, a, i + 3 * LANES));
        }
        s0.intoArray(lanes, from);
        s1.intoArray(lanes, from + LANES);
        s2.intoArray(lanes, from + 2 * LANES);
        s3.intoArray(lanes, from + 3 * LANES);
    }

    static void dot(float[] a, int ao, float[] b, int bo, int n, float[] lanes, int from) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        for (int i = from; i < n; i += Reduction.LANES) {
            int x = ao + i;
            int y = bo + i;
            s0 = FloatVector.fromArray(F, a, x).fma(FloatVector.fromArray(F, b, y), s0);
            s1 = FloatVector.fromArray(F, a, x + LANES).fma(FloatVector.fromArray(F, b, y + LANES), s1);
            s2 = FloatVector.fromArray(F, a, x + 2 * LANES).fma(FloatVector.fromArray(F, b, y + 2 * LANES), s2);
            s3 = FloatVector.fromArray(F, a, x + 3 * LANES).fma(FloatVector.fromArray(F, b, y + 3 * LANES), s3);
        }
        s0.intoArray(lanes, from);
        s1.intoArray(lanes, from + LANES);
        s2.intoArray(lanes, from + 2 * LANES);
        s3.intoArray(lanes, from + 3 * LANES);
    }

    static void sumSquaredDeviations(float[] a, int ao, float c, int n, float[] lanes, int from) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector centre = FloatVector.broadcast(F, c);
        for (int i = ao + from; i < ao + n; i += Reduction.LANES) {
            FloatVector d0 = FloatVector.fromArray(F, a, i).sub(centre);
            FloatVector d1 = FloatVector.fromArray(F, a, i + LANES).sub(centre);
            FloatVector d2 = FloatVector.fromArray(F, a, i + 2 * LANES).sub(centre);
            FloatVector d3 = FloatVector.fromArray(F, a, i + 3 * LANES).sub(centre);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
        }
        s0.intoArray(lanes, from);
        s1.intoArray(lanes, from + LANES);
        s2.intoArray(lanes, from + 2 * LANES);
        s3.intoArray(lanes, from + 3 * LANES);
    }

    /** The largest of each residue modulo LANES, into {@code lanes[0 .. LANES)}; {@code n} a multiple of PASS. */
    static void max(float[] a, int ao, int n, float[] lanes) {
        FloatVector s0 = FloatVector.fromArray(F, a, ao);
        FloatVector s1 = FloatVector.fromArray(F, a, ao + LANES);
        FloatVector s2 = FloatVector.fromArray(F, a, ao + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(F, a, ao + 3 * LANES);
        for (int i = ao + PASS; i < ao + n; i += PASS) {
            s0 = s0.max(FloatVector.fromArray(F, a, i));
            s1 = s1.max(FloatVector.fromArray(F, a, i + LANES));
            s2 = s2.max(FloatVector.fromArray(F, a, i + 2 * LANES));
            s3 = s3.max(FloatVector.fromArray(F, a, i + 3 * LANES));
        }
        s0.max(s1).max(s2.max(s3)).intoArray(lanes, 0);
    }

    /** The largest of {@code l[0..16)}, in a tree: one after the other they would take as long as a row of a hundred. */
    static float max16(float[] l) {
        float m0 = Math.max(Math.max(l[0], l[1]), Math.max(l[2], l[3]));
        float m1 = Math.max(Math.max(l[4], l[5]), Math.max(l[6], l[7]));
        float m2 = Math.max(Math.max(l[8], l[9]), Math.max(l[10], l[11]));
        float m3 = Math.max(Math.max(l[12], l[13]), Math.max(l[14], l[15]));
        return Math.max(Math.max(m0, m1), Math.max(m2, m3));
    }

    /** As {@link #max(float[], int, int, float[])}, the smallest. */
    static void min(float[] a, int ao, int n, float[] lanes) {
        FloatVector s0 = FloatVector.fromArray(F, a, ao);
        FloatVector s1 = FloatVector.fromArray(F, a, ao + LANES);
        FloatVector s2 = FloatVector.fromArray(F, a, ao + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(F, a, ao + 3 * LANES);
        for (int i = ao + PASS; i < ao + n; i += PASS) {
            s0 = s0.min(FloatVector.fromArray(F, a, i));
            s1 = s1.min(FloatVector.fromArray(F, a, i + LANES));
            s2 = s2.min(FloatVector.fromArray(F, a, i + 2 * LANES));
            s3 = s3.min(FloatVector.fromArray(F, a, i + 3 * LANES));
        }
        s0.min(s1).min(s2.min(s3)).intoArray(lanes, 0);
    }
}
