package org.lanewise.tabular.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.parquet.codec.Codec;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/**
 * What the end of a file says about it: columns, row groups and where each column's bytes lie. All places are checked against the
 * length of the file.
 *
 * @param leaves
 *            every column, nested ones too
 * @param rows
 *            of all groups
 * @param groups
 *            in order
 * @param notes
 *            key-value metadata
 */
record Footer(List<Leaf> leaves, long rows, List<Group> groups, Map<String, String> notes) {
    private static final int MAGIC = 'P' | 'A' << 8 | 'R' << 16 | '1' << 24;
    private static final int ENCRYPTED = 'P' | 'A' << 8 | 'R' << 16 | 'E' << 24;
    private static final int TAIL = 8;

    /** Rows whose columns lie together. */
    record Group(long rows, List<Chunk> chunks) {
    }

    /** The bytes {@code [start, end)} of one column of a group. */
    record Chunk(PhysicalType type, Codec codec, long values, long start, long end) {
    }

    static Footer read(FileChannel file) throws IOException {
        long size = file.size();
        if (size < 4 + TAIL) {
            throw new MalformedDataException("not a Parquet file: " + size + " bytes");
        }
        Bytes tail = bytes(file, size - TAIL, TAIL);
        long length = tail.int32() & 0xFFFFFFFFL;
        int magic = tail.int32();
        if (magic == ENCRYPTED) {
            throw new MalformedDataException("the file is encrypted");
        }
        if (magic != MAGIC || bytes(file, 0, 4).int32() != MAGIC) {
            throw new MalformedDataException(magic == MAGIC
                    ? "not a Parquet file"
                    : "not a Parquet file, or cut short");
        }
        if (length > size - 4 - TAIL || length > Integer.MAX_VALUE - 16) {
            throw new MalformedDataException("announces " + length + " bytes of metadata in a file of " + size);
        }
        long end = size - TAIL - length;
        return of(Thrift.read(bytes(file, end, (int) length)), end);
    }

    static Bytes bytes(FileChannel file, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new MalformedDataException("the file became shorter while it was read");
            }
        }
        return new Bytes(buffer.array(), 0, count);
    }

    private static Footer of(Thrift file, long dataEnd) {
        List<Leaf> leaves = leaves(file.structs(2));
        List<Group> groups = new ArrayList<>();
        long rows = 0;
        for (Thrift group : file.structs(4)) {
            List<Chunk> chunks = new ArrayList<>();
            for (Thrift chunk : group.structs(1)) {
                chunks.add(chunk(chunk.struct(3), dataEnd));
            }
            if (chunks.size() != leaves.size()) {
                throw new MalformedDataException("row group " + (groups.size() + 1) + " has " + chunks.size()
                        + " columns, the schema " + leaves.size());
            }
            groups.add(new Group(group.number(3), chunks));
            rows = rows + group.number(3);
            if (group.number(3) < 0 || rows < 0) {
                throw new MalformedDataException("row group " + groups.size() + " has " + group.number(3) + " rows");
            }
        }
        if (rows != file.number(3)) {
            throw new MalformedDataException(
                    "announces " + file.number(3) + " rows, its row groups have " + rows);
        }
        Map<String, String> notes = new HashMap<>();
        if (file.has(5)) {
            for (Thrift note : file.structs(5)) {
                notes.put(note.text(1), note.has(2) ? note.text(2) : "");
            }
        }
        return new Footer(leaves, rows, groups, notes);
    }

    private static Chunk chunk(Thrift data, long dataEnd) {
        long type = data.number(1);
        long start = data.number(9);
        long dictionary = data.number(11, 0);
        if (dictionary > 0 && dictionary < start) {
            start = dictionary;
        }
        long length = data.number(7);
        if (data.number(5) == 0) { // Some writers give a column without rows no place.
            start = 4;
            length = 0;
        }
        if (type < 0 || type >= PhysicalType.values().length || start < 4 || length < 0 || start > dataEnd
                || length > dataEnd - start || data.number(5) < 0) {
            throw new MalformedDataException("a column of " + length + " bytes at " + start + ", the data ends at "
                    + dataEnd);
        }
        return new Chunk(PhysicalType.values()[(int) type], Codec.of(data.number(4)), data.number(5), start,
                start + length);
    }

    /** The schema is a tree written depth first; columns are its leaves. */
    private static List<Leaf> leaves(List<Thrift> elements) {
        List<Leaf> leaves = new ArrayList<>();
        if (elements.isEmpty()) {
            throw new MalformedDataException("has no schema");
        }
        int[] at = {1};
        for (long child = 0; child < elements.getFirst().number(5, 0); child++) {
            walk(elements, at, "", 1, false, leaves);
        }
        if (at[0] != elements.size()) {
            throw new MalformedDataException("the schema has " + elements.size() + " entries, " + at[0] + " are used");
        }
        return leaves;
    }

    private static void walk(List<Thrift> elements, int[] at, String path, int depth, boolean repeated,
            List<Leaf> leaves) {
        if (at[0] >= elements.size() || depth > 100) {
            throw new MalformedDataException("the schema is damaged");
        }
        Thrift element = elements.get(at[0]++);
        String name = path + element.text(4);
        boolean many = repeated || element.number(3, 0) == 2;
        long children = element.number(5, 0);
        if (children == 0 && element.has(1)) {
            String problem = many
                    ? "holds lists, not single values"
                    : depth > 1 ? "is nested in another, which is not supported" : null;
            leaves.add(Leaf.of(element, name, leaves.size(), problem));
        }
        for (long child = 0; child < children; child++) {
            walk(elements, at, name + ".", depth + 1, many, leaves);
        }
    }
}
