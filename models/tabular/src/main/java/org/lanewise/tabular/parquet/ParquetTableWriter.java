package org.lanewise.tabular.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.parquet.codec.Codec;
import org.lanewise.tabular.parquet.codec.Snappy;

/** Puts tables into a file: row groups of pages of version 1, every column optional, text by dictionary where that pays. */
final class ParquetTableWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int GROUP_ROWS = 1 << 18;
    private static final int PAGE_ROWS = 1 << 16;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int RLE_DICTIONARY = 8;

    private record Chunk(ColumnType type, String name, boolean coded, long values, long unpacked, long packed,
            long data,
            long dictionary) {
    }

    private record Group(int rows, List<Chunk> chunks) {
    }

    private final OutputStream out;
    private final List<Group> groups = new ArrayList<>();
    private long at;
    private long unpacked;

    private ParquetTableWriter(OutputStream out) {
        this.out = out;
    }

    static void write(Path file, Iterable<Table> tables) throws IOException {
        AtomicFile.write(file, stream -> {
            Iterator<Table> pieces = tables.iterator();
            if (!pieces.hasNext()) {
                throw new IllegalArgumentException("no table to write");
            }
            ParquetTableWriter writer = new ParquetTableWriter(stream);
            writer.put(MAGIC);
            Table first = pieces.next();
            long rows = writer.rows(first);
            while (pieces.hasNext()) {
                Table next = pieces.next();
                if (!shape(next).equals(shape(first))) {
                    throw new IllegalArgumentException("a piece has other columns than the first: " + next);
                }
                rows += writer.rows(next);
            }
            writer.footer(first, rows);
        });
    }

    private static List<Object> shape(Table table) {
        List<Object> shape = new ArrayList<>();
        for (Column column : table.columns()) {
            shape.add(List.of(column.name(), column.type(),
                    column instanceof CategoricalColumn c ? c.levels() : List.of()));
        }
        return shape;
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        at += bytes.length;
    }

    private long rows(Table table) throws IOException {
        for (int from = 0; from < table.rows(); from += GROUP_ROWS) {
            int to = Math.min(table.rows(), from + GROUP_ROWS);
            List<Chunk> chunks = new ArrayList<>();
            for (Column column : table.columns()) {
                chunks.add(chunk(column, from, to));
            }
            groups.add(new Group(to - from, chunks));
        }
        return table.rows();
    }

    private Chunk chunk(Column column, int from, int to) throws IOException {
        ColumnEncoder encoder = new ColumnEncoder(column, from, to);
        boolean coded = encoder.dictionarySize() >= 0;
        long start = at;
        unpacked = 0;
        if (coded) {
            page(2, encoder.dictionarySize(), PLAIN, encoder.dictionaryPage());
        }
        long data = at;
        for (int row = from; row < to; row += PAGE_ROWS) {
            int end = Math.min(to, row + PAGE_ROWS);
            page(0, end - row, coded ? RLE_DICTIONARY : PLAIN, encoder.page(row, end));
        }
        return new Chunk(column.type(), column.name(), coded, to - from, unpacked, at - start, data, coded ? start : 0);
    }

    private void page(int type, int values, int encoding, byte[] body) throws IOException {
        byte[] packed = Snappy.pack(body, body.length);
        CRC32 crc = new CRC32();
        crc.update(packed);
        ThriftOutput header = new ThriftOutput().i32(1, type).i32(2, body.length).i32(3, packed.length)
                .i32(4, (int) crc.getValue());
        if (type == 0) {
            header.struct(5).i32(1, values).i32(2, encoding).i32(3, RLE).i32(4, RLE).end();
        } else {
            header.struct(7).i32(1, values).i32(2, encoding).end();
        }
        byte[] bytes = header.end().toByteArray();
        put(bytes);
        put(packed);
        unpacked += bytes.length + body.length;
    }

    private void footer(Table first, long rows) throws IOException {
        List<Column> columns = first.columns();
        ThriftOutput meta = new ThriftOutput().i32(1, 1).structs(2, columns.size() + 1);
        meta.element().text(4, "table").i32(5, columns.size()).end();
        Map<String, List<String>> levels = new TreeMap<>();
        for (Column column : columns) {
            meta.element().i32(1, ColumnEncoder.physical(column.type()).ordinal()).i32(3, 1).text(4, column.name());
            if (!column.type().isNumeric()) {
                meta.i32(6, 0).struct(10).struct(1).end().end(); // Text in UTF-8, in the old words and the new.
            }
            meta.end();
            if (column instanceof CategoricalColumn c) {
                levels.put(column.name(), c.levels());
            }
        }
        meta.i64(3, rows).structs(4, groups.size());
        for (Group group : groups) {
            group(meta.element(), group);
            meta.end();
        }
        if (!levels.isEmpty()) {
            meta.structs(5, 1).element().text(1, ParquetChunks.LEVELS).text(2, JsonFiles.text(levels)).end();
        }
        byte[] bytes = meta.text(6, "lanewise").end().toByteArray();
        put(bytes);
        byte[] length = new byte[4];
        for (int i = 0; i < 4; i++) {
            length[i] = (byte) (bytes.length >>> 8 * i);
        }
        put(length);
        put(MAGIC);
    }

    private static void group(ThriftOutput meta, Group group) {
        meta.structs(1, group.chunks.size());
        long bytes = 0;
        for (Chunk chunk : group.chunks) {
            long start = chunk.coded ? chunk.dictionary : chunk.data;
            int[] encodings = chunk.coded ? new int[] {PLAIN, RLE, RLE_DICTIONARY} : new int[] {PLAIN, RLE};
            meta.element().i64(2, start).struct(3).i32(1, ColumnEncoder.physical(chunk.type).ordinal())
                    .i32s(2, encodings).texts(3, Arrays.asList(chunk.name)).i32(4, Codec.SNAPPY.ordinal())
                    .i64(5, chunk.values).i64(6, chunk.unpacked).i64(7, chunk.packed).i64(9, chunk.data);
            if (chunk.coded) {
                meta.i64(11, chunk.dictionary);
            }
            meta.end().end();
            bytes += chunk.unpacked;
        }
        meta.i64(2, bytes).i64(3, group.rows);
    }
}
