package org.lanewise.boosting;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Rows of a column of zeros and ones as bits: row i is bit i % 64 of word i / 64. */
final class BitColumn {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Byte k of a number times this adds bit 56 + k: eight bytes of 0 or 1 become the product's highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private BitColumn() {}

    /** @param column zeros and ones */
    static long[] of(byte[] column) {
        long[] bits = new long[(column.length + 63) / 64];
        int i = 0;
        for (; i + 8 <= column.length; i += 8) {
            bits[i >> 6] |= ((long) LONG.get(column, i) * GATHER >>> 56) << i;
        }
        for (; i < column.length; i++) bits[i >> 6] |= (long) column[i] << i;
        return bits;
    }

    static int count(long[] bits) {
        int n = 0;
        for (long b : bits) n += Long.bitCount(b);
        return n;
    }

    /** The other rows of {@code rows}. */
    static long[] not(long[] bits, int rows) {
        long[] other = new long[bits.length];
        for (int w = 0; w < bits.length; w++) other[w] = ~bits[w];
        if (rows % 64 != 0) other[other.length - 1] &= (1L << rows % 64) - 1;
        return other;
    }
}
