package org.lanewise.tabular.parquet;

import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Values one after another (Parquet's PLAIN encoding). */
final class PlainReader implements ValueReader {
    private final Leaf leaf;
    private final Bytes in;
    private int bit;

    PlainReader(Leaf leaf, Bytes in) {
        this.leaf = leaf;
        this.in = in;
    }

    @Override
    public void read(Batch out, int n) {
        switch (leaf.physical()) {
            case BOOLEAN -> {
                for (int i = 0; i < n; i++, bit++) {
                    if ((bit & 7) == 0) {
                        in.take(1);
                    }
                    out.longs[i] = in.data[in.at - 1] >> (bit & 7) & 1;
                }
            }
            case INT32 -> {
                for (int i = 0; i < n; i++) {
                    Meanings.put(leaf, in.int32(), out, i);
                }
            }
            case INT64 -> {
                for (int i = 0; i < n; i++) {
                    Meanings.put(leaf, in.int64(), out, i);
                }
            }
            case FLOAT -> {
                for (int i = 0; i < n; i++) {
                    out.doubles[i] = Float.intBitsToFloat(in.int32());
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < n; i++) {
                    out.doubles[i] = Double.longBitsToDouble(in.int64());
                }
            }
            case BYTE_ARRAY -> {
                for (int i = 0; i < n; i++) {
                    int length = in.int32();
                    Meanings.put(leaf, in.data, in.take(length), length, out, i);
                }
            }
            case FIXED_LEN_BYTE_ARRAY -> {
                for (int i = 0; i < n; i++) {
                    Meanings.put(leaf, in.data, in.take(leaf.length()), leaf.length(), out, i);
                }
            }
            case INT96 -> throw new MalformedDataException("INT96 is not supported");
        }
    }
}
