package org.lanewise.tabular.parquet;

import java.util.Arrays;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Small whole numbers as runs of equal ones and groups of eight packed by bits (Parquet's RLE / bit-packing hybrid). */
final class HybridReader {
    private final Bytes in;
    private final int width;
    private final int[] group = new int[8];
    private int repeats;
    private int repeated;
    /** Groups of eight still to come, and values of the current group not yet given out. */
    private int groups;
    private int unpacked;

    HybridReader(Bytes in, int width) {
        if (width < 0 || width > 32) {
            throw new MalformedDataException("numbers of " + width + " bits");
        }
        this.in = in;
        this.width = width;
    }

    /** Modifies {@code out[0 .. n)}. */
    void read(int[] out, int n) {
        int at = 0;
        while (at < n) {
            if (repeats > 0) {
                int now = Math.min(repeats, n - at);
                Arrays.fill(out, at, at + now, repeated);
                repeats -= now;
                at += now;
            } else if (unpacked > 0) {
                out[at++] = group[8 - unpacked--];
            } else if (groups > 0) {
                unpack();
            } else {
                run();
            }
        }
    }

    private void run() {
        long header = in.varint();
        long count = header >>> 1;
        if (count == 0 || count > Integer.MAX_VALUE) {
            throw new MalformedDataException("a run of " + count + " values");
        }
        if ((header & 1) == 1) {
            groups = (int) count;
        } else {
            int value = 0;
            int bytes = (width + 7) / 8;
            int from = in.take(bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                value = value << 8 | in.data[from + i] & 0xff;
            }
            repeats = (int) count;
            repeated = value;
        }
    }

    private void unpack() {
        // Some writers leave out the padding of the very last group.
        int present = Math.min(width, in.left());
        if (present == 0 && width > 0) {
            throw new MalformedDataException("the data ends inside a run");
        }
        int from = in.take(present);
        long bits = 0;
        int held = 0;
        int next = 0;
        long mask = (1L << width) - 1;
        for (int i = 0; i < 8; i++) {
            while (held < width) {
                bits |= (next < present ? in.data[from + next] & 0xffL : 0) << held;
                next++;
                held += 8;
            }
            group[i] = (int) (bits & mask);
            bits >>>= width;
            held -= width;
        }
        groups--;
        unpacked = 8;
    }
}
