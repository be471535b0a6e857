package org.lanewise.tabular.parquet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bits of a Zstandard stream, which is written forwards and read from its end; the last byte's highest 1 marks the start. */
final class BackwardBits {
    /** How many bits one read gives, wherever in a byte it begins. */
    static final int WIDEST = 56;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] in;
    private final int from;
    /** Bits not read yet; below 0 after more were read than there are. */
    private long left;

    BackwardBits(byte[] in, int from, int end) {
        if (end <= from || in[end - 1] == 0) {
            throw new MalformedDataException("a zstd bit stream has no end mark");
        }
        this.in = in;
        this.from = from;
        left = (end - from) * 8L - 1 - (Integer.numberOfLeadingZeros(in[end - 1] & 0xff) - 24);
    }

    /** The next {@link #WIDEST} bits, which stay unread; there must be as many. */
    long peekWidest() {
        return bitsAt(left - WIDEST, WIDEST);
    }

    /** Up to {@link #WIDEST} bits; beyond the start of the stream there are zeros. */
    long read(int bits) {
        left -= bits;
        return bitsAt(left, bits);
    }

    /** The next bits, which stay unread. */
    int peek(int bits) {
        return (int) bitsAt(left - bits, bits);
    }

    void skip(int bits) {
        left -= bits;
    }

    long left() {
        return left;
    }

    private long bitsAt(long position, int bits) {
        if (position < 0) {
            int present = (int) Math.max(0, position + bits);
            return present == 0 ? 0 : bitsAt(0, present) << bits - present;
        }
        int index = from + (int) (position >>> 3);
        int shift = (int) (position & 7);
        long word = index + Long.BYTES <= in.length ? (long) LONG.get(in, index) : lastBytes(index);
        return word >>> shift & (1L << bits) - 1;
    }

    /** Near the end of the array, where a long does not fit. */
    private long lastBytes(int index) {
        long word = 0;
        for (int i = in.length - 1; i >= index; i--) {
            word = word << 8 | in[i] & 0xff;
        }
        return word;
    }
}
