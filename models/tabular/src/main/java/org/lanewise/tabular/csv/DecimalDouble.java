package org.lanewise.tabular.csv;

import java.math.BigInteger;

/**
 * The double nearest to a decimal number of up to 19 digits, by one or two multiplications of 64 bits: Lemire, "Number parsing at a
 * gigabyte per second" (2021); that the approximation always decides is shown by Mushtak and Lemire (2023).
 */
final class DecimalDouble {
    /** Beyond 10^80 and 10^-80, which tables hardly ever hold, the library is asked; so the table is made in a millisecond. */
    private static final int MOST = 80;
    /** The upper and lower 64 of the first 128 bits of 5^q, q from -MOST to MOST. */
    private static final long[] HIGH = new long[2 * MOST + 1];
    private static final long[] LOW = new long[2 * MOST + 1];
    /** 5^27 is the last power below 2^64. */
    private static final int EXACT = -27;
    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;

    static {
        for (int q = -MOST; q <= MOST; q++) {
            BigInteger five = BigInteger.valueOf(5).pow(Math.abs(q));
            // A quotient is rounded up: at its 128 bits where a half between two doubles can occur, else beyond them.
            int scale = q >= EXACT ? five.bitLength() + 127 : 2 * five.bitLength() + 128;
            BigInteger bits = q >= 0 ? five : BigInteger.ONE.shiftLeft(scale).divide(five).add(BigInteger.ONE);
            int excess = bits.bitLength() - 128;
            bits = excess > 0 ? bits.shiftRight(excess) : bits.shiftLeft(-excess);
            HIGH[q + MOST] = bits.shiftRight(64).longValue();
            LOW[q + MOST] = bits.longValue();
        }
    }

    private DecimalDouble() {
    }

    /**
     * @param digits
     *            not negative
     *
     * @return the double nearest to digits 10^q, to even where two are as near; NaN if that is left to others
     */
    static double of(long digits, int q) {
        if (digits == 0) {
            return 0;
        }
        if (q < -MOST || q > MOST) {
            return Double.NaN;
        }
        int shift = Long.numberOfLeadingZeros(digits);
        long w = digits << shift;
        long high = Math.unsignedMultiplyHigh(w, HIGH[q + MOST]);
        long low = w * HIGH[q + MOST];
        if ((high & 0x1FF) == 0x1FF) { // The bits below decide.
            long carry = Math.unsignedMultiplyHigh(w, LOW[q + MOST]);
            low += carry;
            high += Long.compareUnsigned(low, carry) < 0 ? 1 : 0;
        }
        int top = (int) (high >>> 63);
        int cut = top + 64 - MANTISSA_BITS - 3;
        long mantissa = high >>> cut;
        int exponent = (217706 * q >> 16) + 63 + top - shift + EXPONENT_BIAS; // 217706 / 2^16 is log2 of 10.
        if (exponent <= 0) {
            return Double.NaN;
        }
        // Exactly between two doubles: only small powers of five leave nothing below the last bit.
        if (Long.compareUnsigned(low, 1) <= 0 && q >= -4 && q <= 23 && (mantissa & 3) == 1 && mantissa << cut == high) {
            mantissa &= ~1L;
        }
        mantissa = mantissa + (mantissa & 1) >>> 1;
        if (mantissa >= 2L << MANTISSA_BITS) {
            mantissa = 1L << MANTISSA_BITS;
            exponent++;
        }
        return exponent >= 2 * EXPONENT_BIAS + 1
                ? Double.NaN
                : Double.longBitsToDouble((long) exponent << MANTISSA_BITS | mantissa & (1L << MANTISSA_BITS) - 1);
    }
}
