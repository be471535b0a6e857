package org.lanewise.tabular.parquet.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** How the pages of a column are compressed; the order is that of Parquet's own numbers. */
public enum Codec {
    UNCOMPRESSED, SNAPPY, GZIP, LZO, BROTLI, LZ4, ZSTD, LZ4_RAW;

    /** Of Parquet's number; {@code null} if it stands for nothing known. */
    public static Codec of(long number) {
        return number >= 0 && number < values().length ? values()[(int) number] : null;
    }

    public boolean canUnpack() {
        return this != LZO && this != BROTLI && this != LZ4; // The last is Hadoop's framing, given up for LZ4_RAW.
    }

    /**
     * The bytes {@code [at, end)} unpacked.
     *
     * @param size
     *            what the page announces
     *
     * @throws MalformedDataException
     *             if the data is damaged or does not unpack to that size
     */
    public byte[] unpack(byte[] in, int at, int end, int size) {
        return switch (this) {
            case UNCOMPRESSED -> {
                if (end - at != size) {
                    throw new MalformedDataException("has " + (end - at) + " bytes, " + size + " are announced");
                }
                yield Arrays.copyOfRange(in, at, end);
            }
            case SNAPPY -> Snappy.unpack(in, at, end, size);
            case GZIP -> gzip(in, at, end, size);
            case LZ4_RAW -> Lz4.unpack(in, at, end, size);
            case ZSTD -> Zstd.unpack(in, at, end, size);
            case LZO, BROTLI, LZ4 -> throw new MalformedDataException("compression " + this + " is not supported");
        };
    }

    private static byte[] gzip(byte[] in, int at, int end, int size) {
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(in, at, end - at))) {
            Output out = new Output(size);
            byte[] buffer = new byte[1 << 13];
            for (int n = unpacked.read(buffer); n >= 0; n = unpacked.read(buffer)) {
                out.literal(buffer, 0, n);
            }
            return out.complete();
        } catch (IOException e) {
            throw new MalformedDataException("damaged gzip data: " + e.getMessage());
        }
    }
}
