package org.lanewise.tabular.parquet.codec;

import java.util.Arrays;

/** A Huffman code of literals (RFC 8878, section 4.2), looked up by the longest code's number of bits. */
final class HuffmanTable {
    private static final int LONGEST = 11;
    private static final int TOGETHER = BackwardBits.WIDEST / LONGEST;

    private final int depth;
    /** By code: the symbol, and above it how many bits it has. */
    private final short[] entry;

    private HuffmanTable(int[] weights, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i] > 0 ? 1 << weights[i] - 1 : 0;
        }
        if (sum == 0 || count > 255) {
            throw new MalformedDataException("a damaged zstd code");
        }
        depth = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << depth) - sum;
        // The last weight is not written: what it must be to fill the code.
        if (depth > LONGEST || Integer.bitCount(rest) != 1) {
            throw new MalformedDataException("a damaged zstd code");
        }
        weights[count] = 32 - Integer.numberOfLeadingZeros(rest);
        entry = new short[1 << depth];
        int at = 0;
        for (int weight = 1; weight <= depth; weight++) {
            for (int s = 0; s <= count; s++) {
                if (weights[s] == weight) {
                    int span = 1 << weight - 1;
                    Arrays.fill(entry, at, at + span, (short) (depth + 1 - weight << 8 | s));
                    at += span;
                }
            }
        }
    }

    /** Reads a code's description from {@code cursor[0]}, which it moves behind it. */
    static HuffmanTable read(byte[] in, int[] cursor, int end) {
        if (cursor[0] >= end) {
            throw new MalformedDataException("zstd data is cut short");
        }
        int header = in[cursor[0]++] & 0xff;
        int[] weights = new int[256];
        if (header >= 128) {
            int count = header - 127;
            int bytes = (count + 1) / 2;
            if (bytes > end - cursor[0]) {
                throw new MalformedDataException("zstd data is cut short");
            }
            for (int i = 0; i < count; i++) {
                int pair = in[cursor[0] + i / 2] & 0xff;
                weights[i] = i % 2 == 0 ? pair >> 4 : pair & 15;
            }
            cursor[0] += bytes;
            return new HuffmanTable(checked(weights), count);
        }
        if (header > end - cursor[0]) {
            throw new MalformedDataException("zstd data is cut short");
        }
        int stop = cursor[0] + header;
        FseTable table = FseTable.read(in, cursor, stop, 6, 12);
        int count = weights(new BackwardBits(in, cursor[0], stop), table, weights);
        cursor[0] = stop;
        return new HuffmanTable(checked(weights), count);
    }

    private static int[] checked(int[] weights) {
        for (int weight : weights) {
            if (weight > LONGEST + 1) {
                throw new MalformedDataException("a damaged zstd code");
            }
        }
        return weights;
    }

    /** Two states in turn, until the stream is used up. */
    private static int weights(BackwardBits in, FseTable table, int[] weights) {
        int[] state = {(int) in.read(table.accuracy), (int) in.read(table.accuracy)};
        int count = 0;
        for (int turn = 0; count < 254; turn ^= 1) {
            weights[count++] = table.symbol[state[turn]];
            state[turn] = table.base[state[turn]] + (int) in.read(table.bits[state[turn]]);
            if (in.left() < 0) {
                weights[count++] = table.symbol[state[turn ^ 1]];
                return count;
            }
        }
        throw new MalformedDataException("a damaged zstd code");
    }

    /** Modifies {@code out[at .. at + n)}. */
    void decode(byte[] in, int from, int end, byte[] out, int at, int n) {
        BackwardBits stream = new BackwardBits(in, from, end);
        int i = 0;
        // As many symbols as one look at the stream certainly holds.
        for (; i + TOGETHER <= n && stream.left() >= BackwardBits.WIDEST; i += TOGETHER) {
            long word = stream.peekWidest();
            int used = decode(word, BackwardBits.WIDEST - depth, out, at + i);
            stream.skip(used);
        }
        for (; i < n; i++) {
            int found = entry[stream.peek(depth)];
            out[at + i] = (byte) found;
            stream.skip(found >>> 8);
        }
        if (stream.left() != 0) {
            throw new MalformedDataException("damaged zstd literals");
        }
    }

    /** Returns the number of bits used. */
    private int decode(long word, int first, byte[] out, int at) {
        int mask = entry.length - 1;
        int shift = first;
        for (int k = 0; k < TOGETHER; k++) {
            int found = entry[(int) (word >>> shift) & mask];
            out[at + k] = (byte) found;
            shift -= found >>> 8;
        }
        return first - shift;
    }
}
