package org.lanewise.tabular.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Reads little-endian values from part of an array and never beyond it. */
final class Bytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] data;
    final int end;
    int at;

    Bytes(byte[] data, int at, int end) {
        this.data = data;
        this.at = at;
        this.end = end;
    }

    /** Where the next {@code count} bytes begin; moves behind them. */
    int take(long count) {
        if (count < 0 || count > end - at) {
            throw new MalformedDataException(count + " bytes are needed, " + (end - at) + " are left");
        }
        int start = at;
        at += (int) count;
        return start;
    }

    Bytes part(long count) {
        int start = take(count);
        return new Bytes(data, start, at);
    }

    int int32() {
        return (int) INT.get(data, take(4));
    }

    long int64() {
        return (long) LONG.get(data, take(8));
    }

    int left() {
        return end - at;
    }

    int unsignedByte() {
        return data[take(1)] & 0xff;
    }

    /** Seven bits a byte, lowest first. */
    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = unsignedByte();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new MalformedDataException("a number of more than ten bytes");
    }

    /** A varint whose lowest bit is the sign. */
    long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }
}
