package org.lanewise.tabular;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns plain values into JSON trees in a fixed order; see {@link JsonFiles#write}. */
final class JsonTrees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTrees() {
    }

    static JsonNode of(Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case JsonNode node -> node;
            case Boolean b -> NODES.booleanNode(b);
            case Double d -> Double.isFinite(d) ? NODES.numberNode(d) : NODES.nullNode();
            case Float f -> Float.isFinite(f) ? NODES.numberNode(f) : NODES.nullNode();
            case Integer i -> NODES.numberNode(i);
            case Long l -> NODES.numberNode(l);
            case Short s -> NODES.numberNode(s);
            case Byte b -> NODES.numberNode(b);
            case BigInteger i -> NODES.numberNode(i);
            case BigDecimal d -> NODES.numberNode(d);
            case CharSequence s -> NODES.stringNode(s.toString());
            case Enum<?> e -> NODES.stringNode(e.name());
            case Path p -> NODES.stringNode(p.toString()); // A path is an Iterable of itself.
            case Optional<?> o -> of(o.orElse(null));
            case Map<?, ?> map -> object(map);
            case Iterable<?> items -> array(items);
            case Record r -> object(r);
            default -> {
                if (!value.getClass().isArray()) {
                    throw new IllegalArgumentException(value.getClass().getName() + " has no JSON form");
                }
                ArrayNode node = NODES.arrayNode();
                for (int i = 0; i < Array.getLength(value); i++) {
                    node.add(of(Array.get(value, i)));
                }
                yield node;
            }
        };
    }

    private static ArrayNode array(Iterable<?> items) {
        ArrayNode node = NODES.arrayNode();
        items.forEach(item -> node.add(of(item)));
        return node;
    }

    private static ObjectNode object(Map<?, ?> map) {
        ObjectNode node = NODES.objectNode();
        if (map instanceof SequencedMap<?, ?>) {
            map.forEach((key, item) -> node.set(key.toString(), of(item)));
        } else { // Map.of and HashMap have no order of their own.
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(key.toString(), item));
            sorted.forEach((key, item) -> node.set(key, of(item)));
        }
        return node;
    }

    private static ObjectNode object(Record value) {
        ObjectNode node = NODES.objectNode();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true); // The record may be private to its package.
                node.set(component.getName(), of(component.getAccessor().invoke(value)));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException(
                        "cannot read " + component.getName() + " of " + value.getClass().getName(), e);
            }
        }
        return node;
    }
}
