package org.lanewise.engine.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON header of a safetensors file. */
final class SafeTensorsHeader {

    /** The limit of the format's reference implementation. */
    static final int MAX_BYTES = 100_000_000;
    private static final int MAX_RANK = 32;
    private static final int ALIGNMENT = 8;
    private static final String METADATA = "__metadata__";

    /** One tensor: its elements are bytes {@code from} (inclusive) to {@code to} (exclusive) of the data. */
    record Entry(String name, StorageType type, int[] shape, long from, long to) {}

    private final String what;
    private final int bytes;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafeTensorsHeader(String what, int bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    /** Its length in the file. */
    int bytes() { return bytes; }

    List<Entry> entries() { return entries; }

    Map<String, String> metadata() { return metadata; }

    List<Entry> byOffset() {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        return sorted;
    }

    /** Throws unless the tensors cover the data exactly, without gaps or overlaps. */
    void checkTiling(long dataBytes) throws FileFormatException {
        long next = 0;
        for (Entry entry : byOffset()) {
            if (entry.from != next) {
                throw fault(entry.name,
                        (entry.from < next ? "overlaps the one before" : "leaves a gap before it") + " at byte "
                                + entry.from + " of the data");
            }
            if (entry.to > dataBytes) throw fault(entry.name, "ends at byte " + entry.to + " of " + dataBytes);
            next = entry.to;
        }
        if (next != dataBytes) {
            throw new FileFormatException(what + ": " + (dataBytes - next) + " bytes belong to no tensor");
        }
    }

    private FileFormatException fault(String tensor, String fault) {
        return new FileFormatException(what + ": tensor '" + printable(tensor) + "': " + fault);
    }

    /** Names come from the file: no screenfuls in messages. */
    private static String printable(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "..." : name;
    }

    // --- parsing

    static SafeTensorsHeader parse(byte[] json, String what) throws FileFormatException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException e) {
            throw new FileFormatException(what + ": the header is not UTF-8", e);
        }
        SafeTensorsHeader header = new SafeTensorsHeader(what, json.length);
        header.parse(new TextScanner(text, what));
        return header;
    }

    private void parse(TextScanner in) throws FileFormatException {
        Set<String> names = new HashSet<>();
        in.expect('{');
        if (!in.take('}')) {
            do {
                String name = in.string('"');
                in.expect(':');
                if (!names.add(name)) throw fault(name, "appears twice");
                if (name.equals(METADATA)) parseMetadata(in);
                else entries.add(parseEntry(in, name));
            } while (in.take(','));
            in.expect('}');
        }
        in.expectEnd();
    }

    private void parseMetadata(TextScanner in) throws FileFormatException {
        in.expect('{');
        if (in.take('}')) return;
        do {
            String key = in.string('"');
            in.expect(':');
            if (metadata.put(key, in.string('"')) != null) {
                throw new FileFormatException(what + ": the metadata '" + printable(key) + "' appears twice");
            }
        } while (in.take(','));
        in.expect('}');
    }

    private Entry parseEntry(TextScanner in, String name) throws FileFormatException {
        Set<String> keys = new HashSet<>();
        StorageType type = null;
        int[] shape = null;
        long[] offsets = null;
        in.expect('{');
        do {
            String key = in.string('"');
            in.expect(':');
            if (!keys.add(key)) throw fault(name, "has '" + printable(key) + "' twice");
            switch (key) {
                case "dtype" -> type = type(in.string('"'), name);
                case "shape" -> shape = shape(in, name);
                case "data_offsets" -> offsets = offsets(in);
                default -> throw fault(name, "has an unknown '" + printable(key) + "'");
            }
        } while (in.take(','));
        in.expect('}');
        if (type == null || shape == null || offsets == null) throw fault(name, "lacks dtype, shape or data_offsets");
        long numel = TensorBytes.numel(shape);
        if (numel < 0) throw fault(name, "the shape " + Arrays.toString(shape) + " is too large");
        if (offsets[1] - offsets[0] != numel * type.bytes()) {
            throw fault(name, "the shape " + Arrays.toString(shape) + " of " + type + " needs " + numel * type.bytes()
                    + " bytes, not " + (offsets[1] - offsets[0]));
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private StorageType type(String text, String name) throws FileFormatException {
        for (StorageType type : StorageType.values()) if (type.name().equals(text)) return type;
        throw fault(name, "the type '" + printable(text) + "' is not supported");
    }

    private int[] shape(TextScanner in, String name) throws FileFormatException {
        int[] shape = new int[MAX_RANK];
        int rank = 0;
        in.expect('[');
        if (in.take(']')) return new int[0];
        do {
            if (rank == MAX_RANK) throw fault(name, "has more than " + MAX_RANK + " dimensions");
            shape[rank++] = in.size();
        } while (in.take(','));
        in.expect(']');
        return Arrays.copyOf(shape, rank);
    }

    private static long[] offsets(TextScanner in) throws FileFormatException {
        in.expect('[');
        long from = in.number();
        in.expect(',');
        long to = in.number();
        in.expect(']');
        return new long[] {from, to};
    }

    // --- formatting

    /** The header for tensors one after the other, padded with spaces so that the data are aligned. */
    static byte[] format(Map<String, int[]> shapes, Map<String, String> metadata, StorageType type) {
        if (!type.isFloating()) throw new IllegalArgumentException("tensors are not written as " + type);
        StringBuilder out = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            TextScanner.quote(out, METADATA).append(":{");
            metadata.forEach((key, value) -> {
                TextScanner.quote(out, key).append(':');
                TextScanner.quote(out, value).append(',');
            });
            out.setCharAt(out.length() - 1, '}');
            out.append(',');
        }
        long at = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            if (entry.getKey().equals(METADATA))
                throw new IllegalArgumentException("a tensor cannot be named " + METADATA);
            long end = at + TensorBytes.numel(entry.getValue()) * type.bytes();
            TextScanner.quote(out, entry.getKey()).append(":{\"dtype\":\"").append(type).append("\",\"shape\":")
                    .append(Arrays.toString(entry.getValue()).replace(" ", "")).append(",\"data_offsets\":[")
                    .append(at).append(',').append(end).append("]},");
            at = end;
        }
        if (out.length() > 1) out.setLength(out.length() - 1);
        byte[] json = out.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
