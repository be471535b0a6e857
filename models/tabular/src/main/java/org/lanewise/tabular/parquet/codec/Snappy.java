package org.lanewise.tabular.parquet.codec;

import java.util.Arrays;

/** Snappy blocks (format_description.txt of google/snappy): copies within 32 KB found by a hash of four bytes. */
public final class Snappy {
    private static final int BLOCK = 1 << 15;
    private static final int HASH_BITS = 13;

    private Snappy() {
    }

    static byte[] unpack(byte[] in, int at, int end, int size) {
        int[] cursor = {at};
        long announced = varint(in, cursor, end);
        if (announced != size) {
            throw new MalformedDataException("snappy data of " + announced + " bytes, the page announces " + size);
        }
        Output out = new Output(size);
        int i = cursor[0];
        while (i < end) {
            int tag = in[i++] & 0xff;
            int extra = switch (tag & 3) {
                case 0 -> Math.max(0, (tag >> 2) - 59);
                case 1 -> 1;
                case 2 -> 2;
                default -> 4;
            };
            if (extra > end - i) {
                throw new MalformedDataException("snappy data is cut short");
            }
            int value = 0;
            for (int b = extra - 1; b >= 0; b--) {
                value = value << 8 | in[i + b] & 0xff;
            }
            i += extra;
            if ((tag & 3) == 0) {
                int length = (extra == 0 ? tag >> 2 : value) + 1;
                if (length <= 0 || length > end - i) {
                    throw new MalformedDataException("snappy data is cut short");
                }
                out.literal(in, i, length);
                i += length;
            } else if ((tag & 3) == 1) {
                out.copy((tag >> 5) << 8 | value, (tag >> 2 & 7) + 4);
            } else {
                out.copy(value, (tag >> 2) + 1);
            }
        }
        return out.complete();
    }

    private static long varint(byte[] in, int[] cursor, int end) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (cursor[0] >= end) {
                throw new MalformedDataException("snappy data is cut short");
            }
            byte b = in[cursor[0]++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedDataException("snappy data has no length");
    }

    /** Packs the first {@code size} bytes. */
    public static byte[] pack(byte[] in, int size) {
        byte[] out = new byte[32 + size + size / 6];
        int to = 0;
        for (int rest = size;; rest >>>= 7) {
            out[to++] = (byte) (rest > 0x7f ? rest & 0x7f | 0x80 : rest);
            if (rest <= 0x7f) {
                break;
            }
        }
        int[] table = new int[1 << HASH_BITS];
        for (int block = 0; block < size; block += BLOCK) {
            Arrays.fill(table, -1);
            to = packBlock(in, block, Math.min(size, block + BLOCK), out, to, table);
        }
        return Arrays.copyOf(out, to);
    }

    private static int packBlock(byte[] in, int from, int end, byte[] out, int start, int[] table) {
        int to = start;
        int literal = from;
        int at = from;
        int misses = 32; // Data that does not repeat is skipped over faster and faster.
        while (at + 4 <= end) {
            int word = word(in, at);
            int slot = word * 0x1e35a7bd >>> 32 - HASH_BITS;
            int candidate = table[slot];
            table[slot] = at;
            if (candidate < 0 || word(in, candidate) != word) {
                at += misses++ >> 5;
                continue;
            }
            int length = 4;
            while (at + length < end && in[candidate + length] == in[at + length]) {
                length++;
            }
            to = literal(in, literal, at, out, to);
            to = copy(at - candidate, length, out, to);
            at += length;
            literal = at;
            misses = 32;
        }
        return literal(in, literal, end, out, to);
    }

    private static int word(byte[] in, int at) {
        return in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
    }

    private static int literal(byte[] in, int from, int end, byte[] out, int start) {
        int length = end - from;
        int to = start;
        if (length == 0) {
            return to;
        }
        if (length <= 60) {
            out[to++] = (byte) (length - 1 << 2);
        } else {
            out[to++] = (byte) (61 << 2); // Two bytes of length: a block is shorter than 64 KB.
            out[to++] = (byte) (length - 1);
            out[to++] = (byte) (length - 1 >> 8);
        }
        System.arraycopy(in, from, out, to, length);
        return to + length;
    }

    private static int copy(int distance, int length, byte[] out, int start) {
        int to = start;
        for (int left = length; left > 0;) {
            int now = Math.min(left, 64);
            out[to++] = (byte) (now - 1 << 2 | 2);
            out[to++] = (byte) distance;
            out[to++] = (byte) (distance >> 8);
            left -= now;
        }
        return to;
    }
}
