package org.lanewise.tabular.parquet.codec;

/** LZ4 blocks without a frame (lz4_Block_format.md). */
final class Lz4 {
    private Lz4() {
    }

    static byte[] unpack(byte[] in, int start, int end, int size) {
        Output out = new Output(size);
        int[] at = {start};
        while (at[0] < end) {
            int token = in[at[0]++] & 0xff;
            int literal = length(token >> 4, in, at, end);
            if (literal < 0 || literal > end - at[0]) {
                throw new MalformedDataException("lz4 data is cut short");
            }
            out.literal(in, at[0], literal);
            at[0] += literal;
            if (at[0] == end) {
                break; // The last sequence has no repetition.
            }
            if (end - at[0] < 2) {
                throw new MalformedDataException("lz4 data is cut short");
            }
            int distance = in[at[0]] & 0xff | (in[at[0] + 1] & 0xff) << 8;
            at[0] += 2;
            int length = length(token & 15, in, at, end);
            if (length < 0 || length > Integer.MAX_VALUE - 4) {
                throw new MalformedDataException("lz4 data has an endless repetition");
            }
            out.copy(distance, length + 4);
        }
        return out.complete();
    }

    private static int length(int first, byte[] in, int[] at, int end) {
        int length = first;
        int more = first == 15 ? 255 : 0;
        while (more == 255) {
            if (at[0] >= end) {
                throw new MalformedDataException("lz4 data is cut short");
            }
            more = in[at[0]++] & 0xff;
            length += more;
        }
        return length;
    }
}
