package org.lanewise.tabular.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes Thrift's compact protocol: fields in rising order of their numbers, {@link #end} after the last of a struct. */
final class ThriftOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    /** The number of the last field of each open struct. */
    private int[] last = new int[16];
    private int depth;

    private void field(int id, int type) {
        out.write(id - last[depth] << 4 | type);
        last[depth] = id;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    ThriftOutput i32(int id, int value) {
        field(id, 5);
        zigzag(value);
        return this;
    }

    ThriftOutput i64(int id, long value) {
        field(id, 6);
        zigzag(value);
        return this;
    }

    ThriftOutput text(int id, String value) {
        field(id, 8);
        bytes(value);
        return this;
    }

    private void bytes(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    ThriftOutput i32s(int id, int... values) {
        list(id, 5, values.length);
        for (int value : values) {
            zigzag(value);
        }
        return this;
    }

    ThriftOutput texts(int id, List<String> values) {
        list(id, 8, values.size());
        values.forEach(this::bytes);
        return this;
    }

    private void list(int id, int type, int size) {
        field(id, 9);
        if (size < 15) {
            out.write(size << 4 | type);
        } else {
            out.write(0xf0 | type);
            varint(size);
        }
    }

    /** Begins a list of structs; each is then {@link #element} ... {@link #end}. */
    ThriftOutput structs(int id, int size) {
        list(id, 12, size);
        return this;
    }

    ThriftOutput element() {
        last[++depth] = 0;
        return this;
    }

    ThriftOutput struct(int id) {
        field(id, 12);
        return element();
    }

    ThriftOutput end() {
        out.write(0);
        depth = Math.max(0, depth - 1);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
