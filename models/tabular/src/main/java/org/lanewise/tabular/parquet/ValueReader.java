package org.lanewise.tabular.parquet;

import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Decodes the values that are present in a page, some at a time. */
interface ValueReader {
    /** Modifies the first {@code n} elements of the array of {@code out} that belongs to the column. */
    void read(Batch out, int n);

    /**
     * @param encoding
     *            Parquet's number
     * @param dictionary
     *            of the column, or {@code null}
     */
    static ValueReader of(Leaf leaf, long encoding, Bytes in, Dictionary dictionary) {
        return switch (Math.clamp(encoding, -1, 100)) {
            case 0 -> new PlainReader(leaf, in);
            case 2, 8 -> {
                if (dictionary == null) {
                    throw new MalformedDataException("a page refers to a dictionary, there is none");
                }
                yield dictionary.reader(in);
            }
            case 3 -> booleans(leaf, in);
            case 5 -> differences(leaf, in);
            case 6, 7 -> ByteArrays.reader(leaf, in, encoding == 7);
            case 9 -> new PlainReader(leaf, unsplit(leaf, in));
            default -> throw new MalformedDataException("encoding " + encoding + " is not supported");
        };
    }

    private static ValueReader booleans(Leaf leaf, Bytes in) {
        if (leaf.physical() != PhysicalType.BOOLEAN) {
            throw new MalformedDataException("run lengths of " + leaf.physical());
        }
        HybridReader bits = new HybridReader(in.part(in.int32() & 0xFFFFFFFFL), 1);
        int[] values = new int[Batch.SIZE];
        return (out, n) -> {
            bits.read(values, n);
            for (int i = 0; i < n; i++) {
                out.longs[i] = values[i];
            }
        };
    }

    private static ValueReader differences(Leaf leaf, Bytes in) {
        boolean wide = leaf.physical() == PhysicalType.INT64;
        if (!wide && leaf.physical() != PhysicalType.INT32) {
            throw new MalformedDataException("differences of " + leaf.physical());
        }
        DeltaReader values = new DeltaReader(in);
        return (out, n) -> {
            for (int i = 0; i < n; i++) {
                long value = values.next();
                Meanings.put(leaf, wide ? value : (int) value, out, i);
            }
        };
    }

    /** All first bytes, then all second bytes ... put together again (BYTE_STREAM_SPLIT). */
    private static Bytes unsplit(Leaf leaf, Bytes in) {
        int width = switch (leaf.physical()) {
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case FIXED_LEN_BYTE_ARRAY -> Math.max(1, leaf.length());
            default -> throw new MalformedDataException("split bytes of " + leaf.physical());
        };
        int n = in.left() / width;
        if (n * width != in.left()) {
            throw new MalformedDataException(in.left() + " split bytes for values of " + width);
        }
        byte[] joined = new byte[n * width];
        for (int b = 0; b < width; b++) {
            for (int i = 0; i < n; i++) {
                joined[i * width + b] = in.data[in.at + b * n + i];
            }
        }
        return new Bytes(joined, 0, joined.length);
    }
}
