package org.lanewise.tabular.parquet;

import java.util.Arrays;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** The distinct values of a column chunk; pages hold indices into them. */
final class Dictionary {
    private final ColumnType type;
    private final int size;
    private long[] longs = {};
    private double[] doubles = {};
    private String[] texts = {};

    Dictionary(Leaf leaf, Bytes in, long announced) {
        if (announced < 0 || announced > in.left() * 8L) { // A boolean takes a bit, anything else more.
            throw new MalformedDataException("a dictionary of " + announced + " values in " + in.left() + " bytes");
        }
        type = leaf.type();
        size = (int) announced;
        PlainReader values = new PlainReader(leaf, in);
        Batch batch = new Batch();
        for (int at = 0; at < size;) {
            int n = Math.min(Batch.SIZE, size - at);
            values.read(batch, n);
            switch (type) {
                case TEXT -> {
                    texts = Arrays.copyOf(texts, at + n);
                    System.arraycopy(batch.texts, 0, texts, at, n);
                }
                case FLOAT, DOUBLE -> {
                    doubles = Arrays.copyOf(doubles, at + n);
                    System.arraycopy(batch.doubles, 0, doubles, at, n);
                }
                default -> {
                    longs = Arrays.copyOf(longs, at + n);
                    System.arraycopy(batch.longs, 0, longs, at, n);
                }
            }
            at += n;
        }
    }

    ValueReader reader(Bytes in) {
        int width = in.left() == 0 ? 0 : in.unsignedByte(); // A page of nothing but missing values may be empty.
        HybridReader indices = new HybridReader(in, width);
        int[] at = new int[Batch.SIZE];
        return (out, n) -> {
            indices.read(at, n);
            for (int i = 0; i < n; i++) {
                if (at[i] < 0 || at[i] >= size) {
                    throw new MalformedDataException("index " + at[i] + " into a dictionary of " + size);
                }
            }
            switch (type) {
                case TEXT -> {
                    for (int i = 0; i < n; i++) {
                        out.texts[i] = texts[at[i]];
                    }
                }
                case FLOAT, DOUBLE -> {
                    for (int i = 0; i < n; i++) {
                        out.doubles[i] = doubles[at[i]];
                    }
                }
                default -> {
                    for (int i = 0; i < n; i++) {
                        out.longs[i] = longs[at[i]];
                    }
                }
            }
        };
    }
}
