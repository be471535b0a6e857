package org.lanewise.tabular.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.lanewise.tabular.parquet.codec.Codec;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** The pages of one column in one row group. */
final class PageReader {
    private static final int HEADER_GUESS = 1 << 10;
    private static final int LARGEST_HEADER = 1 << 24;

    /**
     * A page of values.
     *
     * @param rows
     *            present and missing
     * @param levels
     *            1 for present, 0 for missing; {@code null} where none can be missing
     * @param values
     *            the present ones
     */
    record Page(int rows, HybridReader levels, ValueReader values) {
    }

    private final FileChannel file;
    private final Leaf leaf;
    private final Footer.Chunk chunk;
    private Dictionary dictionary;
    private long at;

    PageReader(FileChannel file, Leaf leaf, Footer.Chunk chunk) {
        this.file = file;
        this.leaf = leaf;
        this.chunk = chunk;
        at = chunk.start();
        if (chunk.type() != leaf.physical()) {
            throw new MalformedDataException(
                    "is " + leaf.physical() + " in the schema, " + chunk.type() + " in the data");
        }
        if (chunk.codec() == null || !chunk.codec().canUnpack()) {
            throw new MalformedDataException("compression "
                    + (chunk.codec() == null ? "of an unknown kind" : chunk.codec()) + " is not supported");
        }
    }

    /** The next page of values. */
    Page next() throws IOException {
        while (at < chunk.end()) {
            Thrift header = header();
            long packed = header.number(3);
            long size = header.number(2);
            if (packed < 0 || packed > chunk.end() - at || size < 0 || size > Integer.MAX_VALUE - 16) {
                throw new MalformedDataException("a page of " + packed + " bytes, unpacked " + size + ", where "
                        + (chunk.end() - at) + " bytes are left");
            }
            Bytes body = Footer.bytes(file, at, (int) packed);
            at += packed;
            checksum(header, body);
            switch (Math.clamp(header.number(1), -1, 99)) {
                case 0 -> {
                    return first(header.struct(5), unpacked(chunk.codec(), body, size));
                }
                case 2 -> {
                    if (dictionary != null) {
                        throw new MalformedDataException("two dictionaries");
                    }
                    dictionary = new Dictionary(leaf, unpacked(chunk.codec(), body, size),
                            header.struct(7).number(1));
                }
                case 3 -> {
                    return second(header.struct(8), body, size);
                }
                default -> {
                    // An index page, or something later: not needed to read the values.
                }
            }
        }
        throw new MalformedDataException("the pages hold fewer rows than the file announces");
    }

    private Thrift header() throws IOException {
        for (int guess = HEADER_GUESS;; guess *= 4) {
            int length = (int) Math.min(guess, chunk.end() - at);
            Bytes in = Footer.bytes(file, at, length);
            try {
                Thrift header = Thrift.read(in);
                at += in.at;
                return header;
            } catch (MalformedDataException e) { // Perhaps it goes on beyond what was read.
                if (length < guess || guess > LARGEST_HEADER) {
                    throw e;
                }
            }
        }
    }

    private static void checksum(Thrift header, Bytes body) {
        if (header.has(4)) {
            CRC32 crc = new CRC32();
            crc.update(body.data, 0, body.end);
            if ((int) crc.getValue() != (int) header.number(4)) {
                throw new MalformedDataException("the checksum of a page is wrong");
            }
        }
    }

    private static Bytes unpacked(Codec codec, Bytes in, long size) {
        if (codec == Codec.UNCOMPRESSED && in.left() == size) {
            return in;
        }
        byte[] data = codec.unpack(in.data, in.at, in.end, (int) size);
        return new Bytes(data, 0, data.length);
    }

    private int rows(Thrift header) {
        long rows = header.number(1);
        if (rows < 0 || rows > Integer.MAX_VALUE) {
            throw new MalformedDataException("a page of " + rows + " rows");
        }
        return (int) rows;
    }

    private Page first(Thrift header, Bytes in) {
        HybridReader levels = null;
        if (leaf.optional()) {
            if (header.number(3) != 3) {
                throw new MalformedDataException("levels of encoding " + header.number(3) + " are not supported");
            }
            levels = new HybridReader(in.part(in.int32() & 0xFFFFFFFFL), 1);
        }
        return new Page(rows(header), levels, ValueReader.of(leaf, header.number(2), in, dictionary));
    }

    /** Levels lie before the values and are not compressed. */
    private Page second(Thrift header, Bytes body, long size) {
        if (header.number(6) != 0) {
            throw new MalformedDataException("holds lists, not single values");
        }
        long length = header.number(5);
        Bytes levels = body.part(length);
        boolean packed = header.flag(7, true) && body.left() > 0;
        Bytes values = unpacked(packed ? chunk.codec() : Codec.UNCOMPRESSED, body, Math.max(0, size - length));
        return new Page(rows(header), leaf.optional() ? new HybridReader(levels, 1) : null,
                ValueReader.of(leaf, header.number(4), values, dictionary));
    }
}
