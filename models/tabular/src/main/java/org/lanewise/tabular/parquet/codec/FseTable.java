package org.lanewise.tabular.parquet.codec;

/** A decoding table of finite state entropy (RFC 8878, section 4.1): per state a symbol, bits to read, and the base of the next. */
final class FseTable {
    final int accuracy;
    final byte[] symbol;
    final byte[] bits;
    final int[] base;

    private FseTable(int accuracy) {
        this.accuracy = accuracy;
        symbol = new byte[1 << accuracy];
        bits = new byte[1 << accuracy];
        base = new int[1 << accuracy];
    }

    /** One symbol, no bits. */
    static FseTable always(int only) {
        FseTable table = new FseTable(0);
        table.symbol[0] = (byte) only;
        return table;
    }

    /**
     * @param counts
     *            shares that add up to 2^accuracy, -1 for "less than one"
     */
    static FseTable of(int accuracy, int... counts) {
        FseTable table = new FseTable(accuracy);
        int size = 1 << accuracy;
        int high = size;
        int[] next = new int[counts.length];
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] == -1) {
                table.symbol[--high] = (byte) s;
                next[s] = 1;
            } else {
                next[s] = counts[s];
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int s = 0; s < counts.length; s++) {
            for (int i = 0; i < counts[s]; i++) {
                table.symbol[position] = (byte) s;
                do {
                    position = position + step & size - 1;
                } while (position >= high);
            }
        }
        for (int state = 0; state < size; state++) {
            int n = next[table.symbol[state]]++;
            table.bits[state] = (byte) (accuracy - (31 - Integer.numberOfLeadingZeros(n)));
            table.base[state] = (n << table.bits[state]) - size;
        }
        return table;
    }

    /**
     * Reads a table's description from {@code cursor[0]}, which it moves behind it.
     *
     * @param maxAccuracy
     *            more is an error
     * @param maxSymbol
     *            more is an error
     */
    static FseTable read(byte[] in, int[] cursor, int end, int maxAccuracy, int maxSymbol) {
        ForwardBits bits = new ForwardBits(in, cursor[0], end);
        int accuracy = bits.read(4) + 5;
        if (accuracy > maxAccuracy) {
            throw new MalformedDataException("a zstd table of accuracy " + accuracy);
        }
        int[] counts = new int[maxSymbol + 1];
        int remaining = (1 << accuracy) + 1;
        int used = 0;
        while (remaining > 1 && used <= maxSymbol) {
            int width = 32 - Integer.numberOfLeadingZeros(remaining);
            int low = (1 << width - 1) - 1;
            int spare = (1 << width) - 1 - remaining; // This many of the values fit one bit less.
            int value = bits.peek(width);
            if ((value & low) < spare) {
                value &= low;
                bits.skip(width - 1);
            } else {
                bits.skip(width);
                if (value > low) {
                    value -= spare;
                }
            }
            int count = value - 1;
            remaining -= Math.abs(count);
            counts[used++] = count;
            if (count == 0) {
                int repeat;
                do {
                    repeat = bits.read(2);
                    used += repeat;
                } while (repeat == 3 && used <= maxSymbol);
            }
        }
        if (remaining != 1 || used > maxSymbol + 1) {
            throw new MalformedDataException("a damaged zstd table");
        }
        cursor[0] = bits.bytesUsed();
        return of(accuracy, counts);
    }

    /** Bits from the start of a stream, lowest first. */
    private static final class ForwardBits {
        private final byte[] in;
        private final int from;
        private final int end;
        private int position;

        ForwardBits(byte[] in, int from, int end) {
            this.in = in;
            this.from = from;
            this.end = end;
        }

        int read(int bits) {
            int value = peek(bits);
            skip(bits);
            return value;
        }

        int peek(int bits) {
            int value = 0;
            for (int i = 0; i < bits; i++) {
                int at = from + (position + i >> 3);
                value |= at < end ? (in[at] >> (position + i & 7) & 1) << i : 0;
            }
            return value;
        }

        void skip(int bits) {
            position += bits;
        }

        int bytesUsed() {
            int used = from + (position + 7 >> 3);
            if (used > end) {
                throw new MalformedDataException("zstd data is cut short");
            }
            return used;
        }
    }
}
