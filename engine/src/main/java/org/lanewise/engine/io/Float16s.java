package org.lanewise.engine.io;

/** IEEE half precision as a storage format. The JDK's conversions are exact and compile to one instruction. */
public final class Float16s {

    private Float16s() {}

    /** Exact. */
    public static float toFloat(short bits) { return Float.float16ToFloat(bits); }

    /** Rounded to nearest, ties to even; beyond 65504 (and its half step) infinite. */
    public static short fromFloat(float value) {
        return Float.floatToFloat16(value);
    }
}
