package org.lanewise.engine.io;

/** bfloat16 as a storage format: the upper half of a float32. */
public final class BFloat16s {

    private BFloat16s() {}

    /** Exact. */
    public static float toFloat(short bits) { return Float.intBitsToFloat(bits << 16); }

    /** Rounded to nearest, ties to even; NaN stays NaN (quiet, with its sign and upper payload bits). */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) return (short) (bits >>> 16 | 0x40);
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }
}
