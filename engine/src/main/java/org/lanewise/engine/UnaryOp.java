package org.lanewise.engine;

import org.lanewise.engine.kernels.Kernels;

/** The element-wise functions of one operand over contiguous ranges; {@code out} may be the input. */
enum UnaryOp {
    NEG("neg", Parallel.CHEAP, Kernels::neg), ABS("abs", Parallel.CHEAP, Kernels::abs), SQRT("sqrt", Parallel.CHEAP,
            Kernels::sqrt), RELU("relu", Parallel.CHEAP, Kernels::relu), SQUARE("square", Parallel.CHEAP,
                    (k, a, ao, out, oo, n) -> k.mul(a, ao, a, ao, out, oo, n)), RECIPROCAL("reciprocal", Parallel.CHEAP,
                            (k, a, ao, out, oo, n) -> k.scalarDiv(1f, a, ao, out, oo, n)), RSQRT("rsqrt",
                                    Parallel.CHEAP, (k, a, ao, out, oo, n) -> {
                                        k.sqrt(a, ao, out, oo, n);
                                        k.scalarDiv(1f, out, oo, out, oo, n);
                                    }), SIGN("sign", Parallel.CHEAP, (_, a, ao, out, oo, n) -> {
                                        for (int i = 0; i < n; i++) {
                                            int bits = Float.floatToRawIntBits(a[ao + i]);
                                            int one = bits & 0x80000000 | 0x3F800000;// Integers, so that the choice is a conditional move and not a branch; 0 and NaN stay what they are.
                                            out[oo + i] = Float.intBitsToFloat(Math.abs(a[ao + i]) > 0f ? one : bits);
                                        }
                                    }), IS_NAN("isNaN", Parallel.CHEAP, (_, a, ao, out, oo, n) -> {
                                        for (int i = 0; i < n; i++) out[oo + i] = Float.isNaN(a[ao + i]) ? 1f : 0f;
                                    }), EXP("exp", Parallel.COSTLY, Kernels::exp), EXPM1("expm1", Parallel.COSTLY,
                                            Kernels::expm1), LOG("log", Parallel.COSTLY, Kernels::log), LOG1P("log1p",
                                                    Parallel.COSTLY, Kernels::log1p), TANH("tanh", Parallel.COSTLY,
                                                            Kernels::tanh), SIGMOID("sigmoid", Parallel.COSTLY,
                                                                    Kernels::sigmoid), ERF("erf", Parallel.COSTLY,
                                                                            Kernels::erf), SOFTPLUS("softplus",
                                                                                    Parallel.COSTLY,
                                                                                    Kernels::softplus), GELU("gelu",
                                                                                            Parallel.COSTLY,
                                                                                            Kernels::gelu), SILU("silu",
                                                                                                    Parallel.COSTLY,
                                                                                                    Kernels::silu);

    /** A kernel from one range to another. */
    @FunctionalInterface
    interface Kernel {
        void run(Kernels k, float[] a, int ao, float[] out, int oo, int n);
    }

    /** The name users know, for error messages. */
    final String label;
    /** Chunk size for sharing with the pool. */
    final int chunk;
    final Kernel kernel;

    UnaryOp(String label, int chunk, Kernel kernel) {
        this.label = label;
        this.chunk = chunk;
        this.kernel = kernel;
    }
}
