package org.lanewise.tabular.parquet;

import java.util.Arrays;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Texts whose lengths, and with {@code shared} the lengths of the beginnings they share with the one before, come first. */
final class ByteArrays {
    private ByteArrays() {
    }

    static ValueReader reader(Leaf leaf, Bytes in, boolean shared) {
        if (leaf.physical() != PhysicalType.BYTE_ARRAY
                && !(shared && leaf.physical() == PhysicalType.FIXED_LEN_BYTE_ARRAY)) {
            throw new MalformedDataException("delta byte arrays of " + leaf.physical());
        }
        long[] prefixes = shared ? new DeltaReader(in).rest() : null;
        long[] lengths = new DeltaReader(in).rest();
        if (shared && prefixes.length != lengths.length) {
            throw new MalformedDataException(prefixes.length + " beginnings for " + lengths.length + " texts");
        }
        return new ValueReader() {
            private int next;
            private byte[] last = {};

            @Override
            public void read(Batch out, int n) {
                for (int i = 0; i < n; i++, next++) {
                    if (next >= lengths.length) {
                        throw new MalformedDataException("fewer values than announced");
                    }
                    int from = in.take(lengths[next]);
                    int length = (int) lengths[next];
                    if (!shared) {
                        Meanings.put(leaf, in.data, from, length, out, i);
                        continue;
                    }
                    int prefix = (int) prefixes[next];
                    if (prefixes[next] < 0 || prefixes[next] > last.length) {
                        throw new MalformedDataException("a text begins with more than the one before has");
                    }
                    last = Arrays.copyOf(last, prefix + length);
                    System.arraycopy(in.data, from, last, prefix, length);
                    checkFixed(leaf, last.length);
                    Meanings.put(leaf, last, 0, last.length, out, i);
                }
            }
        };
    }

    private static void checkFixed(Leaf leaf, int length) {
        if (leaf.physical() == PhysicalType.FIXED_LEN_BYTE_ARRAY && length != leaf.length()) {
            throw new MalformedDataException("a value of " + length + " bytes where all have " + leaf.length());
        }
    }
}
