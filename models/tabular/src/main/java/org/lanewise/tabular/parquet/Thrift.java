package org.lanewise.tabular.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/**
 * A struct in Thrift's compact protocol, as a list of its fields. Every list element and field takes at least a byte, so what is
 * built stays in proportion to what is read.
 */
final class Thrift {
    private static final int DEEPEST = 24;
    private static final int HIGHEST_FIELD = 64;

    private Object[] fields = {};

    /** Reads one struct and leaves {@code in} behind it. */
    static Thrift read(Bytes in) {
        return struct(in, 0);
    }

    private static Thrift struct(Bytes in, int depth) {
        if (depth > DEEPEST) {
            throw new MalformedDataException("metadata nested deeper than " + DEEPEST);
        }
        Thrift struct = new Thrift();
        int id = 0;
        for (int header = in.unsignedByte(); header != 0; header = in.unsignedByte()) {
            int type = header & 15;
            id = header >> 4 != 0 ? id + (header >> 4) : Math.clamp(in.zigzag(), -1, Short.MAX_VALUE);
            if (id < 0) {
                throw new MalformedDataException("metadata with a negative field number");
            }
            Object value = type == 1 ? Boolean.TRUE : type == 2 ? Boolean.FALSE : value(in, type, depth);
            if (id < HIGHEST_FIELD) { // None that is used is higher.
                if (id >= struct.fields.length) {
                    struct.fields = Arrays.copyOf(struct.fields, id + 4);
                }
                struct.fields[id] = value;
            }
        }
        return struct;
    }

    private static Object value(Bytes in, int type, int depth) {
        return switch (type) {
            case 1, 2 -> in.unsignedByte() == 1; // In a list a boolean is a byte.
            case 3 -> (long) (byte) in.unsignedByte();
            case 4, 5, 6 -> in.zigzag();
            case 7 -> Double.longBitsToDouble(in.int64());
            case 8 -> {
                int length = (int) Math.min(in.varint() & Long.MAX_VALUE, Integer.MAX_VALUE);
                int from = in.take(length);
                yield Arrays.copyOfRange(in.data, from, from + length);
            }
            case 9, 10 -> {
                int header = in.unsignedByte();
                long size = header >> 4 == 15 ? in.varint() : header >> 4;
                if (size < 0 || size > in.left()) {
                    throw new MalformedDataException("a list of " + size + " in " + in.left() + " bytes of metadata");
                }
                List<Object> list = new ArrayList<>();
                for (long i = 0; i < size; i++) {
                    list.add(value(in, header & 15, depth + 1));
                }
                yield list;
            }
            case 12 -> struct(in, depth + 1);
            default -> throw new MalformedDataException("metadata of an unknown kind");
        };
    }

    boolean has(int id) {
        return id < fields.length && fields[id] != null;
    }

    private <T> T get(int id, Class<T> type) {
        if (!has(id)) {
            throw new MalformedDataException("metadata lacks field " + id);
        }
        if (!type.isInstance(fields[id])) {
            throw new MalformedDataException("metadata field " + id + " has the wrong kind");
        }
        return type.cast(fields[id]);
    }

    long number(int id) {
        return get(id, Long.class);
    }

    long number(int id, long otherwise) {
        return has(id) ? number(id) : otherwise;
    }

    boolean flag(int id, boolean otherwise) {
        return has(id) ? get(id, Boolean.class) : otherwise;
    }

    String text(int id) {
        return new String(get(id, byte[].class), StandardCharsets.UTF_8);
    }

    Thrift struct(int id) {
        return get(id, Thrift.class);
    }

    List<Thrift> structs(int id) {
        List<?> items = get(id, List.class);
        List<Thrift> structs = new ArrayList<>(items.size());
        for (Object item : items) {
            if (!(item instanceof Thrift struct)) {
                throw new MalformedDataException("metadata field " + id + " has the wrong kind");
            }
            structs.add(struct);
        }
        return structs;
    }
}
