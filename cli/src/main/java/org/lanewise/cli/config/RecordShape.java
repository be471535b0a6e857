package org.lanewise.cli.config;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What settings a configuration record has, and what values they hold.
 */
public final class RecordShape {
    private RecordShape() {}

    /** The settings by dotted name. A component that is a record itself contributes its own components. */
    static Map<String, RecordComponent> leaves(Record record) {
        Map<String, RecordComponent> leaves = new LinkedHashMap<>();
        addLeaves(leaves, "", record);
        return leaves;
    }

    private static void addLeaves(Map<String, RecordComponent> leaves, String prefix, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getType().isRecord() && value(record, component) instanceof Record nested) {
                addLeaves(leaves, prefix + component.getName() + ".", nested);
            } else {
                leaves.put(prefix + component.getName(), component);
            }
        }
    }

    static String find(Set<String> names, String key) {
        if (names.contains(key)) return key;
        return names.stream().filter(name -> plain(name).equals(plain(key))).findFirst().orElse(null);
    }

    static boolean isGroup(Set<String> names, String key) {
        String prefix = plain(key) + ".";
        return names.stream().anyMatch(name -> plain(name).startsWith(prefix));
    }

    private static String plain(String key) {
        return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Reads a component. */
    static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + record.getClass(), e);
        }
    }

    /**
     * A record as nested maps, lists, numbers, booleans and strings, for {@code config.json}. Reading it back with
     * {@link Settings#file} gives an equal record.
     *
     * @param record any configuration record
     * @return its components by name, in order
     */
    public static Map<String, Object> toTree(Record record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            tree.put(component.getName(), plainValue(value(record, component)));
        }
        return tree;
    }

    private static Object plainValue(Object value) {
        return switch (value) {
            case null -> null;
            case Record nested -> toTree(nested);
            case Number number -> number;
            case Boolean flag -> flag;
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Optional<?> o -> plainValue(o.orElse(null));
            case OptionalInt o -> o.isPresent() ? o.getAsInt() : null;
            case OptionalLong o -> o.isPresent() ? o.getAsLong() : null;
            case OptionalDouble o -> o.isPresent() ? o.getAsDouble() : null;
            case Iterable<?> items when !(value instanceof java.nio.file.Path) -> {
                List<Object> list = new ArrayList<>();
                items.forEach(item -> list.add(plainValue(item)));
                yield list;
            }
            case Map<?, ?> map -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                map.forEach((key, item) -> tree.put(String.valueOf(plainValue(key)), plainValue(item)));
                yield tree;
            }
            default -> value.getClass().isArray() ? arrayValue(value) : value.toString();
        };
    }

    private static List<Object> arrayValue(Object array) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) list.add(plainValue(Array.get(array, i)));
        return list;
    }
}
