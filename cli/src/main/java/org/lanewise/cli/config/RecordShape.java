package org.lanewise.cli.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What settings a configuration record has.
 */
final class RecordShape {
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
}
