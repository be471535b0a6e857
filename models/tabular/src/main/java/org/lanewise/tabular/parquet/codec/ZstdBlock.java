package org.lanewise.tabular.parquet.codec;

import java.util.Arrays;

/** The compressed blocks of one Zstandard frame (RFC 8878, section 3.1.1.3): literals, and sequences that say how to use them. */
final class ZstdBlock {
    private static final int LARGEST = 1 << 17;
    private static final int[] LITERAL_BASE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24,
            28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536};
    private static final int[] LITERAL_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3,
            4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final int[] MATCH_BASE = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
            23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515,
            1027, 2051, 4099, 8195, 16387, 32771, 65539};
    private static final int[] MATCH_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final FseTable LITERAL_DEFAULT = FseTable.of(6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2,
            2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1);
    private static final FseTable MATCH_DEFAULT = FseTable.of(6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1,
            -1);
    private static final FseTable OFFSET_DEFAULT = FseTable.of(5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1);
    private static final int MOST_OFFSET_BITS = 31;

    private final Output out;
    private final int[] recent = {1, 4, 8};
    private HuffmanTable huffman;
    private FseTable literalLengths;
    private FseTable offsets;
    private FseTable matchLengths;
    private byte[] literals = {};
    private int literalCount;

    ZstdBlock(Output out) {
        this.out = out;
    }

    void unpack(byte[] in, int from, int end) {
        int at = literals(in, from, end);
        sequences(in, at, end);
    }

    /** Returns where the sequences begin. */
    private int literals(byte[] in, int from, int end) {
        int type = in[need(from, 1, end)] & 3;
        int format = in[from] >> 2 & 3;
        boolean packed = type >= 2;
        int headerBytes = packed ? Math.max(3, format + 2) : format == 1 ? 2 : format == 3 ? 3 : 1;
        need(from, headerBytes, end);
        long header = 0;
        for (int i = headerBytes - 1; i >= 0; i--) {
            header = header << 8 | in[from + i] & 0xff;
        }
        int at = from + headerBytes;
        if (!packed) {
            literalCount = (int) (header >> (format == 0 || format == 2 ? 3 : 4));
            int bytes = type == 0 ? literalCount : 1;
            need(at, bytes, end);
            room();
            if (type == 0) {
                System.arraycopy(in, at, literals, 0, literalCount);
            } else {
                Arrays.fill(literals, 0, literalCount, in[at]);
            }
            return at + bytes;
        }
        int sizeBits = format <= 1 ? 10 : format == 2 ? 14 : 18;
        literalCount = (int) (header >> 4) & (1 << sizeBits) - 1;
        int bytes = (int) (header >> 4 + sizeBits) & (1 << sizeBits) - 1;
        int stop = need(at, bytes, end) + bytes;
        room();
        int[] cursor = {at};
        if (type == 2) {
            huffman = HuffmanTable.read(in, cursor, stop);
        } else if (huffman == null) {
            throw new MalformedDataException("zstd literals have no code");
        }
        if (format == 0) {
            huffman.decode(in, cursor[0], stop, literals, 0, literalCount);
        } else {
            fourStreams(in, cursor[0], stop);
        }
        return stop;
    }

    private void fourStreams(byte[] in, int from, int stop) {
        need(from, 6, stop);
        int share = (literalCount + 3) / 4;
        int at = from + 6;
        for (int stream = 0; stream < 4; stream++) {
            int size = stream == 3
                    ? stop - at
                    : in[from + 2 * stream] & 0xff | (in[from + 2 * stream + 1] & 0xff) << 8;
            int n = stream == 3 ? literalCount - 3 * share : share;
            if (n < 0) {
                throw new MalformedDataException("damaged zstd literals");
            }
            huffman.decode(in, need(at, size, stop), at + size, literals, stream * share, n);
            at += size;
        }
    }

    private void room() {
        if (literalCount > LARGEST) {
            throw new MalformedDataException(literalCount + " literals in a zstd block");
        }
        if (literals.length < literalCount) {
            literals = new byte[LARGEST];
        }
    }

    private void sequences(byte[] in, int from, int end) {
        int at = from;
        int count = in[need(at, 1, end)] & 0xff;
        at++;
        if (count >= 128) {
            boolean large = count == 255;
            need(at, large ? 2 : 1, end);
            count = large
                    ? (in[at] & 0xff) + ((in[at + 1] & 0xff) << 8) + 0x7F00
                    : (count - 128 << 8) + (in[at] & 0xff);
            at += large ? 2 : 1;
        }
        if (count == 0) {
            out.literal(literals, 0, literalCount);
            return;
        }
        int modes = in[need(at, 1, end)] & 0xff;
        int[] cursor = {at + 1};
        literalLengths = table(modes >> 6, in, cursor, end, 9, 35, LITERAL_DEFAULT, literalLengths);
        offsets = table(modes >> 4 & 3, in, cursor, end, 8, MOST_OFFSET_BITS, OFFSET_DEFAULT, offsets);
        matchLengths = table(modes >> 2 & 3, in, cursor, end, 9, 52, MATCH_DEFAULT, matchLengths);
        execute(new BackwardBits(in, cursor[0], end), count);
    }

    private static FseTable table(int mode, byte[] in, int[] cursor, int end, int accuracy, int symbols,
            FseTable standard,
            FseTable previous) {
        switch (mode) {
            case 0 -> {
                return standard;
            }
            case 1 -> {
                int symbol = in[need(cursor[0]++, 1, end)] & 0xff;
                if (symbol > symbols) {
                    throw new MalformedDataException("a damaged zstd table");
                }
                return FseTable.always(symbol);
            }
            case 2 -> {
                return FseTable.read(in, cursor, end, accuracy, symbols);
            }
            default -> {
                if (previous == null) {
                    throw new MalformedDataException("a zstd table is to be repeated, there is none");
                }
                return previous;
            }
        }
    }

    private void execute(BackwardBits in, int count) {
        int literalState = (int) in.read(literalLengths.accuracy);
        int offsetState = (int) in.read(offsets.accuracy);
        int matchState = (int) in.read(matchLengths.accuracy);
        int used = 0;
        for (int i = 0; i < count; i++) {
            int offsetBits = offsets.symbol[offsetState];
            int matchCode = matchLengths.symbol[matchState];
            int literalCode = literalLengths.symbol[literalState];
            long offset = (1L << offsetBits) + in.read(offsetBits);
            int match = MATCH_BASE[matchCode] + (int) in.read(MATCH_BITS[matchCode]);
            int literal = LITERAL_BASE[literalCode] + (int) in.read(LITERAL_BITS[literalCode]);
            if (i + 1 < count) {
                literalState = literalLengths.base[literalState] + (int) in.read(literalLengths.bits[literalState]);
                matchState = matchLengths.base[matchState] + (int) in.read(matchLengths.bits[matchState]);
                offsetState = offsets.base[offsetState] + (int) in.read(offsets.bits[offsetState]);
            }
            if (in.left() < 0 || literal > literalCount - used) {
                throw new MalformedDataException("damaged zstd sequences");
            }
            out.literal(literals, used, literal);
            used += literal;
            out.copy(distance(offset, literal), match);
        }
        out.literal(literals, used, literalCount - used);
    }

    /** Offsets 1 to 3 stand for recent ones, one further when no literal comes before; larger ones are 3 more than the distance. */
    private int distance(long offset, int literal) {
        if (offset > 3) {
            recent[2] = recent[1];
            recent[1] = recent[0];
            recent[0] = (int) Math.min(Integer.MAX_VALUE, offset - 3);
            return recent[0];
        }
        int which = (int) offset - 1 + (literal == 0 ? 1 : 0);
        int distance = which == 3 ? recent[0] - 1 : recent[which];
        if (which >= 2) {
            recent[2] = recent[1];
        }
        if (which >= 1) {
            recent[1] = recent[0];
            recent[0] = distance;
        }
        return distance;
    }

    private static int need(int at, int bytes, int end) {
        if (bytes < 0 || bytes > end - at) {
            throw new MalformedDataException("zstd data is cut short");
        }
        return at;
    }
}
