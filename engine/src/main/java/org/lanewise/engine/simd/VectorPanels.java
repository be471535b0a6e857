package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Full tiles of two vectors' width from packed panels: the loops in which large products spend their time.
 *
 * <p>Kept apart and bare, because the compiler keeps the accumulators in registers only while a method is small: each is
 * named and started by its own expression, and stored by a direct call.
 */
final class VectorPanels {
    private static final int COLUMNS = 2 * LANES;

    private VectorPanels() {}

    /** Eight accumulators: as fast as twelve at 512 bits, and fewer rows are left over. */
    static void panel4(int kc, float[] a, int ao, float[] b, int bo, float[] p, int po, int pRow, float[] c,
            int co, int cRow) {
        FloatVector c00 = FloatVector.zero(F);
        FloatVector c01 = FloatVector.zero(F);
        FloatVector c10 = FloatVector.zero(F);
        FloatVector c11 = FloatVector.zero(F);
        FloatVector c20 = FloatVector.zero(F);
        FloatVector c21 = FloatVector.zero(F);
        FloatVector c30 = FloatVector.zero(F);
        FloatVector c31 = FloatVector.zero(F);
        for (int k = 0; k < kc; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bo);
            FloatVector b1 = FloatVector.fromArray(F, b, bo + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[ao]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(F, a[ao + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(F, a[ao + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(F, a[ao + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            bo += COLUMNS;
            ao += 4;
        }
        c00.add(FloatVector.fromArray(F, p, po)).intoArray(c, co);
        c01.add(FloatVector.fromArray(F, p, po + LANES)).intoArray(c, co + LANES);
        c10.add(FloatVector.fromArray(F, p, po + pRow)).intoArray(c, co + cRow);
        c11.add(FloatVector.fromArray(F, p, po + pRow + LANES)).intoArray(c, co + cRow + LANES);
        c20.add(FloatVector.fromArray(F, p, po + 2 * pRow)).intoArray(c, co + 2 * cRow);
        c21.add(FloatVector.fromArray(F, p, po + 2 * pRow + LANES)).intoArray(c, co + 2 * cRow + LANES);
        c30.add(FloatVector.fromArray(F, p, po + 3 * pRow)).intoArray(c, co + 3 * cRow);
        c31.add(FloatVector.fromArray(F, p, po + 3 * pRow + LANES)).intoArray(c, co + 3 * cRow + LANES);
    }

    /** Twelve accumulators: with 16 registers of 256 bits, the most that leaves room for the operands. */
    static void panel6(int kc, float[] a, int ao, float[] b, int bo, float[] p, int po, int pRow, float[] c,
            int co, int cRow) {
        FloatVector c00 = FloatVector.zero(F);
        FloatVector c01 = FloatVector.zero(F);
        FloatVector c10 = FloatVector.zero(F);
        FloatVector c11 = FloatVector.zero(F);
        FloatVector c20 = FloatVector.zero(F);
        FloatVector c21 = FloatVector.zero(F);
        FloatVector c30 = FloatVector.zero(F);
        FloatVector c31 = FloatVector.zero(F);
        FloatVector c40 = FloatVector.zero(F);
        FloatVector c41 = FloatVector.zero(F);
        FloatVector c50 = FloatVector.zero(F);
        FloatVector c51 = FloatVector.zero(F);
        for (int k = 0; k < kc; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bo);
            FloatVector b1 = FloatVector.fromArray(F, b, bo + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[ao]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(F, a[ao + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(F, a[ao + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(F, a[ao + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            FloatVector a4 = FloatVector.broadcast(F, a[ao + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            FloatVector a5 = FloatVector.broadcast(F, a[ao + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            bo += COLUMNS;
            ao += 6;
        }
        c00.add(FloatVector.fromArray(F, p, po)).intoArray(c, co);
        c01.add(FloatVector.fromArray(F, p, po + LANES)).intoArray(c, co + LANES);
        c10.add(FloatVector.fromArray(F, p, po + pRow)).intoArray(c, co + cRow);
        c11.add(FloatVector.fromArray(F, p, po + pRow + LANES)).intoArray(c, co + cRow + LANES);
        c20.add(FloatVector.fromArray(F, p, po + 2 * pRow)).intoArray(c, co + 2 * cRow);
        c21.add(FloatVector.fromArray(F, p, po + 2 * pRow + LANES)).intoArray(c, co + 2 * cRow + LANES);
        c30.add(FloatVector.fromArray(F, p, po + 3 * pRow)).intoArray(c, co + 3 * cRow);
        c31.add(FloatVector.fromArray(F, p, po + 3 * pRow + LANES)).intoArray(c, co + 3 * cRow + LANES);
        c40.add(FloatVector.fromArray(F, p, po + 4 * pRow)).intoArray(c, co + 4 * cRow);
        c41.add(FloatVector.fromArray(F, p, po + 4 * pRow + LANES)).intoArray(c, co + 4 * cRow + LANES);
        c50.add(FloatVector.fromArray(F, p, po + 5 * pRow)).intoArray(c, co + 5 * cRow);
        c51.add(FloatVector.fromArray(F, p, po + 5 * pRow + LANES)).intoArray(c, co + 5 * cRow + LANES);
    }
}
