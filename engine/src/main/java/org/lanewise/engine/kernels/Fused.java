package org.lanewise.engine.kernels;

/**
 * Multiply-add with one rounding where the CPU has it in hardware, with two where it has not.
 *
 * <p>{@link Math#fma(float, float, float)} is exact everywhere, but without the instruction it goes through
 * {@code BigDecimal} and is some thousand times slower; the scalar kernels must never walk into that.
 */
public final class Fused {
    /** Whether {@link Math#fma(float, float, float)} compiles to an instruction on this machine. */
    public static final boolean HARDWARE = Options.isOn("UseFMA");

    private Fused() {}

    /** {@code a * b + c}, rounded once if {@link #HARDWARE}, else after each operation. */
    public static float fma(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : a * b + c;
    }

    /** As {@link #fma(float, float, float)}, in double precision. */
    public static double fma(double a, double b, double c) {
        return HARDWARE ? Math.fma(a, b, c) : a * b + c;
    }
}
