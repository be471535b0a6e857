package org.lanewise.cli.terminal;

import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plain Java objects as JSON text. A number that is not finite becomes null: a figure that the data does not allow is
 * left open, and the file stays valid JSON.
 */
public final class Json {
    private Json() {}

    /**
     * Writes a value.
     *
     * @param value maps, iterables, arrays, records as maps, numbers, booleans, text, null
     * @return indented JSON without a final line end
     */
    public static String text(Object value) {
        return Mapper.INSTANCE.writeValueAsString(plain(value));
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Double number when !Double.isFinite(number) -> null;
            case Float number -> Float.isFinite(number) ? (Object) number : null;
            case Map<?, ?> map -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                map.forEach((key, item) -> tree.put(String.valueOf(key), plain(item)));
                yield tree;
            }
            case Path path -> path.toString();
            case Iterable<?> items -> {
                List<Object> list = new ArrayList<>();
                items.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case null -> null;
            default -> value.getClass().isArray() ? list(value) : value;
        };
    }

    private static List<Object> list(Object array) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) list.add(plain(Array.get(array, i)));
        return list;
    }

    private static final class Mapper {
        static final JsonMapper INSTANCE = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    }
}
