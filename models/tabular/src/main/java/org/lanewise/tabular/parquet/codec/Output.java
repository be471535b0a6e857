package org.lanewise.tabular.parquet.codec;

import java.util.Arrays;

/**
 * Unpacked bytes. The array grows with what is really there, up to the announced size: a page that lies about its size costs
 * nothing.
 */
final class Output {
    private static final int FIRST = 1 << 16;

    private final int limit;
    private byte[] data;
    private int size;

    Output(int limit) {
        this.limit = limit;
        data = new byte[Math.min(limit, FIRST)];
    }

    int size() {
        return size;
    }

    private void room(int more) {
        if (more > limit - size) {
            throw new MalformedDataException("unpacks to more than the " + limit + " bytes it announces");
        }
        if (size + more > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(limit, Math.max(size + (long) more, data.length * 2L)));
        }
    }

    void literal(byte[] from, int at, int length) {
        room(length);
        System.arraycopy(from, at, data, size, length);
        size += length;
    }

    void repeat(byte value, int length) {
        room(length);
        Arrays.fill(data, size, size + length, value);
        size += length;
    }

    /** Repeats what was put out {@code distance} bytes ago; the two may overlap. */
    void copy(int distance, int length) {
        if (distance <= 0 || distance > size) {
            throw new MalformedDataException("a repetition reaches " + distance + " bytes back of " + size);
        }
        room(length);
        int from = size - distance;
        if (distance >= length) {
            System.arraycopy(data, from, data, size, length);
        } else {
            for (int i = 0; i < length; i++) {
                data[size + i] = data[from + i];
            }
        }
        size += length;
    }

    /** The bytes, which must be as many as announced. */
    byte[] complete() {
        if (size != limit) {
            throw new MalformedDataException("unpacks to " + size + " bytes, " + limit + " are announced");
        }
        return data.length == limit ? data : Arrays.copyOf(data, limit);
    }
}
