package org.lanewise.boosting.format;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Universal Binary JSON (draft 12) to and from trees. Numbers are big-endian. Every length is compared with what is left of the
 * file before memory is taken, and depth is bounded.
 */
final class Ubjson {
    private static final int DEEPEST = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ByteBuffer in;

    private Ubjson(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /** @throws IllegalArgumentException naming the byte where the file is damaged */
    static JsonNode read(byte[] bytes) {
        Ubjson reader = new Ubjson(bytes);
        try {
            JsonNode tree = reader.value(reader.type(), 0);
            if (reader.in.hasRemaining()) throw new IllegalArgumentException("more follows the end");
            return tree;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("cut short", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not usable UBJSON, byte " + reader.in.position() + ": "
                    + e.getMessage(), e);
        }
    }

    /** The next type mark; 'N' means nothing. */
    private char type() {
        char mark;
        do
            mark = (char) in.get();
        while (mark == 'N');
        return mark;
    }

    private JsonNode value(char type, int depth) {
        if (depth > DEEPEST) throw new IllegalArgumentException("deeper than " + DEEPEST + " levels");
        return switch (type) {
            case 'Z' -> NODES.nullNode();
            case 'T' -> NODES.booleanNode(true);
            case 'F' -> NODES.booleanNode(false);
            case 'i', 'U', 'I', 'l', 'L' -> NODES.numberNode(whole(type));
            case 'd' -> NODES.numberNode(in.getFloat());
            case 'D' -> NODES.numberNode(in.getDouble());
            case 'H' -> NODES.stringNode(text());
            case 'C' -> NODES.stringNode(String.valueOf((char) in.get()));
            case 'S' -> NODES.stringNode(text());
            case '[' -> array(depth);
            case '{' -> object(depth);
            default -> throw new IllegalArgumentException("unknown type mark " + (int) type);
        };
    }

    private long whole(char type) {
        return switch (type) {
            case 'i' -> in.get();
            case 'U' -> in.get() & 0xFF;
            case 'I' -> in.getShort();
            case 'l' -> in.getInt();
            case 'L' -> in.getLong();
            default -> throw new IllegalArgumentException("a length is needed, not type mark " + (int) type);
        };
    }

    /** A count of things that take at least {@code bytes} each. */
    private int length(int bytes) {
        long n = whole((char) in.get());
        if (n < 0 || n > in.remaining() / Math.max(1, bytes))
            throw new IllegalArgumentException("a length of " + n + " with " + in.remaining() + " bytes left");
        return (int) n;
    }

    private String text() {
        byte[] bytes = new byte[length(1)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private boolean take(char mark) {
        if (!in.hasRemaining()) throw new BufferUnderflowException();
        if (in.get(in.position()) != mark) return false;
        in.get();
        return true;
    }

    /** The type and count before the items of a container; 0 for no type, -1 for no count. */
    private record Header(char type, int count) {}

    private Header header() {
        char type = 0;
        if (take('$')) type = (char) in.get();
        if (take('#')) return new Header(type, length(bytes(type)));
        if (type != 0) throw new IllegalArgumentException("a typed container without a count");
        return new Header(type, -1);
    }

    private static int bytes(char type) {
        return switch (type) {
            case 'I' -> 2;
            case 'l', 'd' -> 4;
            case 'L', 'D' -> 8;
            default -> 1; // types without content are refused in containers, so that a count costs bytes
        };
    }

    private JsonNode array(int depth) {
        Header header = header();
        refuseEmptyTypes(header);
        ArrayNode array = NODES.arrayNode();
        if (header.count < 0) {
            while (!take(']')) array.add(value(type(), depth + 1));
        } else {
            for (int i = 0; i < header.count; i++)
                array.add(value(header.type == 0 ? type() : header.type, depth + 1));
        }
        return array;
    }

    private JsonNode object(int depth) {
        Header header = header();
        refuseEmptyTypes(header);
        ObjectNode object = NODES.objectNode();
        for (int i = 0; header.count < 0 ? !take('}') : i < header.count; i++) {
            String name = text();
            if (object.has(name)) throw new IllegalArgumentException("'" + name + "' is there twice");
            object.set(name, value(header.type == 0 ? type() : header.type, depth + 1));
        }
        return object;
    }

    private static void refuseEmptyTypes(Header header) {
        if ("ZTFN".indexOf(header.type) >= 0 && header.type != 0)
            throw new IllegalArgumentException("a container of type " + header.type);
    }

    // --- writing, in the forms XGBoost writes

    /** A tree as bytes; arrays given as {@code float[]}, {@code int[]}, {@code long[]} or {@code byte[]} become typed arrays. */
    static byte[] write(Object tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            put(out, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case String s -> {
                out.writeByte('S');
                putText(out, s);
            }
            case Integer i -> {
                out.writeByte('l');
                out.writeInt(i);
            }
            case float[] floats -> {
                typed(out, 'd', floats.length);
                for (float f : floats) out.writeFloat(f);
            }
            case int[] ints -> {
                typed(out, 'l', ints.length);
                for (int i : ints) out.writeInt(i);
            }
            case byte[] small -> {
                typed(out, 'U', small.length);
                out.write(small);
            }
            case long[] longs -> {
                typed(out, 'L', longs.length);
                for (long l : longs) out.writeLong(l);
            }
            case List<?> items -> {
                out.writeBytes("[#L");
                out.writeLong(items.size());
                for (Object item : items) put(out, item);
            }
            case Map<?, ?> map -> {
                out.writeByte('{');
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    putText(out, entry.getKey().toString());
                    put(out, entry.getValue());
                }
                out.writeByte('}');
            }
            default -> throw new IllegalArgumentException(value.getClass() + " has no UBJSON form here");
        }
    }

    private static void typed(DataOutputStream out, char type, int count) throws IOException {
        out.writeBytes("[$" + type + "#L");
        out.writeLong(count);
    }

    private static void putText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('L');
        out.writeLong(bytes.length);
        out.write(bytes);
    }
}
