package org.lanewise.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

    @Test
    void everyFloat16GoesThereAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Float16s.toFloat((short) bits);
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double magnitude = exponent == 31
                    ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
            double expected = bits < 1 << 15 ? magnitude : -magnitude;
            if (Double.compare(value, expected) != 0 && !Double.isNaN(expected)) {
                throw new AssertionError(bits + " gives " + value + ", not " + expected);
            }
            if (Double.isNaN(expected)) assertThat(Float16s.toFloat(Float16s.fromFloat(value))).isNaN();
            else if (Float16s.fromFloat(value) != (short) bits) throw new AssertionError(bits + " does not come back");
        }
    }

    @Test
    void float16RoundsToNearestEven() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            checkBetween(bits, Float16s.toFloat((short) bits), Float16s.toFloat((short) (bits + 1)),
                    Float16s::fromFloat);
        }
        assertThat(Float16s.fromFloat(65519.996f)).isEqualTo((short) 0x7BFF);
        assertThat(Float16s.fromFloat(65520f)).isEqualTo((short) 0x7C00);
        assertThat(Float16s.fromFloat(-1e30f)).isEqualTo((short) 0xFC00);
    }

    @Test
    void everyBFloat16GoesThereAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = BFloat16s.toFloat((short) bits);
            if (Float.floatToRawIntBits(value) != bits << 16) throw new AssertionError("" + bits);
            if (Float.isNaN(value)) assertThat(BFloat16s.toFloat(BFloat16s.fromFloat(value))).isNaN();
            else if (BFloat16s.fromFloat(value) != (short) bits) throw new AssertionError(bits + " does not come back");
        }
    }

    @Test
    void bfloat16RoundsToNearestEven() {
        for (int bits = 0; bits < 0x7F7F; bits++) {
            checkBetween(bits, BFloat16s.toFloat((short) bits), BFloat16s.toFloat((short) (bits + 1)),
                    BFloat16s::fromFloat);
        }
        assertThat(BFloat16s.fromFloat(Float.MAX_VALUE)).isEqualTo((short) 0x7F80);
        assertThat(BFloat16s.fromFloat(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xFF80);
        // a NaN whose payload lies in the lower half only must not become an infinity
        assertThat(BFloat16s.toFloat(BFloat16s.fromFloat(Float.intBitsToFloat(0x7F800001)))).isNaN();
    }

    private interface Rounding {
        short apply(float value);
    }

    /** The middle goes to the even neighbour, whatever lies beside it to the nearer one; both signs. */
    private static void checkBetween(int bits, float low, float high, Rounding rounding) {
        float middle = low + (high - low) / 2;
        int even = bits + (bits & 1);
        int[] results = {rounding.apply(middle), rounding.apply(Math.nextDown(middle)),
                rounding.apply(Math.nextUp(middle)),
                rounding.apply(-middle) ^ 0x8000};
        boolean fine = (short) results[0] == even && results[1] == bits && results[2] == bits + 1
                && (short) results[3] == even;
        if (!fine) throw new AssertionError(middle + " is rounded wrongly");
    }
}
