package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;

/** Tiles of one, two, four or eight rows and two vectors' width with operands at any stride; see {@link VectorPanels}. */
final class VectorStrips {
    private VectorStrips() {}

    /** Sixteen accumulators, for 32 registers: half as many passes over {@code b} as {@link #strip4}. */
    static void strip8(int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p, int po,
            int pRow, float[] c, int co, int cRow) {
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
        FloatVector c60 = FloatVector.zero(F);
        FloatVector c61 = FloatVector.zero(F);
        FloatVector c70 = FloatVector.zero(F);
        FloatVector c71 = FloatVector.zero(F);
        for (int k = 0; k < kc; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bo);
            FloatVector b1 = FloatVector.fromArray(F, b, bo + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[ao]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(F, a[ao + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(F, a[ao + 2 * aRow]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(F, a[ao + 3 * aRow]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            FloatVector a4 = FloatVector.broadcast(F, a[ao + 4 * aRow]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            FloatVector a5 = FloatVector.broadcast(F, a[ao + 5 * aRow]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            FloatVector a6 = FloatVector.broadcast(F, a[ao + 6 * aRow]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            FloatVector a7 = FloatVector.broadcast(F, a[ao + 7 * aRow]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
            bo += bRow;
            ao += aCol;
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
        c60.add(FloatVector.fromArray(F, p, po + 6 * pRow)).intoArray(c, co + 6 * cRow);
        c61.add(FloatVector.fromArray(F, p, po + 6 * pRow + LANES)).intoArray(c, co + 6 * cRow + LANES);
        c70.add(FloatVector.fromArray(F, p, po + 7 * pRow)).intoArray(c, co + 7 * cRow);
        c71.add(FloatVector.fromArray(F, p, po + 7 * pRow + LANES)).intoArray(c, co + 7 * cRow + LANES);
    }

    static void strip4(int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p, int po,
            int pRow,
            float[] c, int co, int cRow) {
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
            FloatVector a1 = FloatVector.broadcast(F, a[ao + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(F, a[ao + 2 * aRow]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(F, a[ao + 3 * aRow]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            bo += bRow;
            ao += aCol;
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

    /** Eight rows, one vector wide. */
    static void half8(int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p, int po,
            int pRow,
            float[] c, int co, int cRow) {
        FloatVector c0 = FloatVector.zero(F);
        FloatVector c1 = FloatVector.zero(F);
        FloatVector c2 = FloatVector.zero(F);
        FloatVector c3 = FloatVector.zero(F);
        FloatVector c4 = FloatVector.zero(F);
        FloatVector c5 = FloatVector.zero(F);
        FloatVector c6 = FloatVector.zero(F);
        FloatVector c7 = FloatVector.zero(F);
        for (int k = 0; k < kc; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bo);
            c0 = FloatVector.broadcast(F, a[ao]).fma(b0, c0);
            c1 = FloatVector.broadcast(F, a[ao + aRow]).fma(b0, c1);
            c2 = FloatVector.broadcast(F, a[ao + 2 * aRow]).fma(b0, c2);
            c3 = FloatVector.broadcast(F, a[ao + 3 * aRow]).fma(b0, c3);
            c4 = FloatVector.broadcast(F, a[ao + 4 * aRow]).fma(b0, c4);
            c5 = FloatVector.broadcast(F, a[ao + 5 * aRow]).fma(b0, c5);
            c6 = FloatVector.broadcast(F, a[ao + 6 * aRow]).fma(b0, c6);
            c7 = FloatVector.broadcast(F, a[ao + 7 * aRow]).fma(b0, c7);
            bo += bRow;
            ao += aCol;
        }
        c0.add(FloatVector.fromArray(F, p, po)).intoArray(c, co);
        c1.add(FloatVector.fromArray(F, p, po + pRow)).intoArray(c, co + cRow);
        c2.add(FloatVector.fromArray(F, p, po + 2 * pRow)).intoArray(c, co + 2 * cRow);
        c3.add(FloatVector.fromArray(F, p, po + 3 * pRow)).intoArray(c, co + 3 * cRow);
        c4.add(FloatVector.fromArray(F, p, po + 4 * pRow)).intoArray(c, co + 4 * cRow);
        c5.add(FloatVector.fromArray(F, p, po + 5 * pRow)).intoArray(c, co + 5 * cRow);
        c6.add(FloatVector.fromArray(F, p, po + 6 * pRow)).intoArray(c, co + 6 * cRow);
        c7.add(FloatVector.fromArray(F, p, po + 7 * pRow)).intoArray(c, co + 7 * cRow);
    }

    static void strip2(int kc, float[] a, int ao, int aRow, int aCol, float[] b, int bo, int bRow, float[] p, int po,
            int pRow,
            float[] c, int co, int cRow) {
        FloatVector c00 = FloatVector.zero(F);
        FloatVector c01 = FloatVector.zero(F);
        FloatVector c10 = FloatVector.zero(F);
        FloatVector c11 = FloatVector.zero(F);
        for (int k = 0; k < kc; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bo);
            FloatVector b1 = FloatVector.fromArray(F, b, bo + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[ao]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(F, a[ao + aRow]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            bo += bRow;
            ao += aCol;
        }
        c00.add(FloatVector.fromArray(F, p, po)).intoArray(c, co);
        c01.add(FloatVector.fromArray(F, p, po + LANES)).intoArray(c, co + LANES);
        c10.add(FloatVector.fromArray(F, p, po + pRow)).intoArray(c, co + cRow);
        c11.add(FloatVector.fromArray(F, p, po + pRow + LANES)).intoArray(c, co + cRow + LANES);
    }

    static void strip1(int kc, float[] a, int ao, int aCol, float[] b, int bo, int bRow, float[] p, int po,
            float[] c, int co) {
        FloatVector c00 = FloatVector.zero(F);
        FloatVector c01 = FloatVector.zero(F);
        for (int k = 0; k < kc; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bo);
            FloatVector b1 = FloatVector.fromArray(F, b, bo + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[ao]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            bo += bRow;
            ao += aCol;
        }
        c00.add(FloatVector.fromArray(F, p, po)).intoArray(c, co);
        c01.add(FloatVector.fromArray(F, p, po + LANES)).intoArray(c, co + LANES);
    }
}
