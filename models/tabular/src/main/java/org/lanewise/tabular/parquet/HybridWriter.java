package org.lanewise.tabular.parquet;

import java.io.ByteArrayOutputStream;

/** Writes what {@link HybridReader} reads. */
final class HybridWriter {
    private HybridWriter() {
    }

    /** Runs of eight or more equal numbers become runs, everything else groups of eight. */
    static byte[] encode(int[] values, int n, int width) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int packedFrom = 0;
        int at = 0;
        while (at < n) {
            int end = at + 1;
            while (end < n && values[end] == values[at]) {
                end++;
            }
            // Groups before a run must be whole: fill the last one from the run.
            int filled = Math.min(end, at + (8 - (at - packedFrom) % 8) % 8);
            if (end - filled >= 8) {
                pack(values, packedFrom, filled, width, out);
                varint((long) (end - filled) << 1, out);
                for (int b = 0; b < (width + 7) / 8; b++) {
                    out.write(values[at] >>> 8 * b);
                }
                packedFrom = end;
            }
            at = end;
        }
        pack(values, packedFrom, n, width, out);
        return out.toByteArray();
    }

    private static void pack(int[] values, int from, int to, int width, ByteArrayOutputStream out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + 7) / 8;
        varint((long) groups << 1 | 1, out);
        long bits = 0;
        int held = 0;
        for (int i = 0; i < groups * 8; i++) {
            long value = from + i < to ? values[from + i] & 0xFFFFFFFFL : 0;
            bits |= value << held;
            held += width;
            while (held >= 8) {
                out.write((int) bits);
                bits >>>= 8;
                held -= 8;
            }
        }
    }

    private static void varint(long value, ByteArrayOutputStream out) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
