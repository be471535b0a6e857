package org.lanewise.engine.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array of an npy file as it is stored, for values that must not be rounded to float32: doubles, long integers.
 *
 * @param type  of the elements
 * @param shape sizes of the dimensions, none for a scalar
 * @param fortran whether the first index runs fastest, instead of the last
 * @param data  the elements, in the byte order it is set to; from 0 to its limit
 */
public record NpyArray(StorageType type, int[] shape, boolean fortran, ByteBuffer data) {

    /** Row-major, little-endian, all zero. */
    public static NpyArray zeros(StorageType type, int... shape) {
        long bytes = TensorBytes.numel(shape) * type.bytes();
        if (bytes < 0 || bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("an array of " + Arrays.toString(shape) + " is too large");
        }
        return new NpyArray(type, shape.clone(), false,
                ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    public int numel() {
        return data.limit() / type.bytes();
    }

    /** Element i in the order of storage; integers beyond 2^53 are rounded. */
    public double doubleAt(int i) {
        return type == StorageType.F64 ? data.getDouble(i * 8) : type.isFloating() ? floatAt(i) : longAt(i);
    }

    /** Element i in the order of storage, rounded to float32 where it does not fit. */
    public float floatAt(int i) {
        return type.read(data.duplicate().order(data.order()).position(i * type.bytes()));
    }

    /**
     * Element i in the order of storage.
     *
     * @throws IllegalStateException if the elements are not whole numbers or booleans
     */
    public long longAt(int i) {
        return switch (type) {
            case I64 -> data.getLong(i * 8);
            case I32 -> data.getInt(i * 4);
            case I16 -> data.getShort(i * 2);
            case I8 -> data.get(i);
            case U8 -> data.get(i) & 0xFF;
            case BOOL -> data.get(i) == 0 ? 0 : 1;
            case F64, F32, F16, BF16 -> throw new IllegalStateException(type + " elements are not whole numbers");
        };
    }
}
