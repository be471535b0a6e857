package org.lanewise.engine.io;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The element types of tensor files; all are read into, and the floating ones written from, float32. */
public enum StorageType {
    F64(8) {
        @Override
        float read(ByteBuffer in) { return (float) in.getDouble(); }

        @Override
        void write(ByteBuffer out, float value) { out.putDouble(value); }
    },
    F32(4) {
        @Override
        float read(ByteBuffer in) { return in.getFloat(); }

        @Override
        void write(ByteBuffer out, float value) { out.putFloat(value); }
    },
    F16(2) {
        @Override
        float read(ByteBuffer in) { return Float16s.toFloat(in.getShort()); }

        @Override
        void write(ByteBuffer out, float value) { out.putShort(Float16s.fromFloat(value)); }
    },
    BF16(2) {
        @Override
        float read(ByteBuffer in) { return BFloat16s.toFloat(in.getShort()); }

        @Override
        void write(ByteBuffer out, float value) { out.putShort(BFloat16s.fromFloat(value)); }
    },
    I64(8) {
        @Override
        float read(ByteBuffer in) { return in.getLong(); }
    },
    I32(4) {
        @Override
        float read(ByteBuffer in) { return in.getInt(); }
    },
    I16(2) {
        @Override
        float read(ByteBuffer in) { return in.getShort(); }
    },
    I8(1) {
        @Override
        float read(ByteBuffer in) { return in.get(); }
    },
    U8(1) {
        @Override
        float read(ByteBuffer in) { return in.get() & 0xFF; }
    },
    BOOL(1) {
        @Override
        float read(ByteBuffer in) { return in.get() == 0 ? 0f : 1f; }
    };

    /** Bytes per element. */
    private final int bytes;

    StorageType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per element. */
    public int bytes() { return bytes; }

    /** The next element, rounded to float32 where it does not fit. */
    abstract float read(ByteBuffer in);

    /** Appends an element; only floating types are written. */
    void write(ByteBuffer out, float value) {
        throw new IllegalArgumentException("tensors are not written as " + name().toLowerCase(Locale.ROOT));
    }

    /** Whether tensors can be written in this type. */
    public boolean isFloating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }
}
