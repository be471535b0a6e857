package org.lanewise.engine;

import org.lanewise.engine.kernels.Kernels;

/**
 * The element-wise operations of two operands, each in the three forms that broadcasting needs: range with range, range
 * with one number, one number with a range. All ranges are contiguous; {@code out} may be one of the inputs.
 */
enum BinaryOp {
    ADD("add") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            k.add(a, ao, b, bo, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            k.addScalar(a, ao, s, out, oo, n);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            k.addScalar(b, bo, s, out, oo, n);
        }
    },
    SUB("sub") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            k.sub(a, ao, b, bo, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            k.addScalar(a, ao, -s, out, oo, n);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            k.neg(b, bo, out, oo, n);
            k.addScalar(out, oo, s, out, oo, n);
        }
    },
    MUL("mul") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            k.mul(a, ao, b, bo, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            k.mulScalar(a, ao, s, out, oo, n);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            k.mulScalar(b, bo, s, out, oo, n);
        }
    },
    DIV("div") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            k.div(a, ao, b, bo, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] / s;
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            k.scalarDiv(s, b, bo, out, oo, n);
        }
    },
    MINIMUM("minimum") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            k.min(a, ao, b, bo, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            k.minScalar(a, ao, s, out, oo, n);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            k.minScalar(b, bo, s, out, oo, n);
        }
    },
    MAXIMUM("maximum") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            k.max(a, ao, b, bo, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            k.maxScalar(a, ao, s, out, oo, n);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            k.maxScalar(b, bo, s, out, oo, n);
        }
    },
    GT("gt") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] > b[bo + i] ? ONE : 0);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] > s ? ONE : 0);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            LT.rangeNumber(k, b, bo, s, out, oo, n);
        }
    },
    GE("ge") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] >= b[bo + i] ? ONE : 0);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] >= s ? ONE : 0);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            LE.rangeNumber(k, b, bo, s, out, oo, n);
        }
    },
    LT("lt") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            GT.ranges(k, b, bo, a, ao, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] < s ? ONE : 0);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            GT.rangeNumber(k, b, bo, s, out, oo, n);
        }
    },
    LE("le") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            GE.ranges(k, b, bo, a, ao, out, oo, n);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] <= s ? ONE : 0);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            GE.rangeNumber(k, b, bo, s, out, oo, n);
        }
    },
    EQ("eq") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] == b[bo + i] ? ONE : 0);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] == s ? ONE : 0);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            rangeNumber(k, b, bo, s, out, oo, n);
        }
    },
    NE("ne") {
        @Override
        void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] != b[bo + i] ? ONE : 0);
        }

        @Override
        void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n) {
            for (int i = 0; i < n; i++) out[oo + i] = Float.intBitsToFloat(a[ao + i] != s ? ONE : 0);
        }

        @Override
        void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n) {
            rangeNumber(k, b, bo, s, out, oo, n);
        }
    };

    /** The bits of 1f: choosing between integers compiles to a conditional move, between floats to a branch. */
    private static final int ONE = 0x3F800000;

    /** The name users know, for error messages. */
    final String label;

    BinaryOp(String label) {
        this.label = label;
    }

    /** {@code out[i] = a[i] op b[i]}. */
    abstract void ranges(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    /** {@code out[i] = a[i] op s}. */
    abstract void rangeNumber(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n);

    /** {@code out[i] = s op b[i]}. */
    abstract void numberRange(Kernels k, float s, float[] b, int bo, float[] out, int oo, int n);
}
