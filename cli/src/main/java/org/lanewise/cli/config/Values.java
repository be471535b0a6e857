package org.lanewise.cli.config;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lanewise.cli.CommandException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns plain values of a configuration (text, numbers, lists, maps) into the types of record components.
 */
final class Values {
    private Values() {}

    /**
     * Converts one given value.
     *
     * @throws CommandException naming source, key, value and the expected type or range
     */
    static Object convert(String key, Settings.Given given, Type type) {
        try {
            return convert(given.value(), type, given.isText());
        } catch (Mismatch e) {
            throw CommandException.badInput(given.source() + ": " + key + "=" + given.value() + ": expected "
                    + e.getMessage(), e);
        }
    }

    private static Object convert(Object value, Type type, boolean isText) {
        if (type instanceof ParameterizedType generic) return container(value, generic, isText);
        Class<?> target = (Class<?>) type;
        if (target.isArray()) return array(value, target.getComponentType(), isText);
        if (value == null || isText && "null".equals(value)) {
            if (target.isPrimitive()) throw new Mismatch(describe(target));
            return null;
        }
        if (target == String.class) return text(value);
        if (target == Path.class) return Path.of(text(value));
        if (target == boolean.class || target == Boolean.class) return bool(value);
        if (target == int.class || target == Integer.class)
            return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (target == long.class || target == Long.class) return whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
        if (target == double.class || target == Double.class) return real(value);
        if (target == float.class || target == Float.class) return (float) real(value);
        if (target.isEnum()) return constant(value, target);
        throw new IllegalArgumentException("configuration records cannot have components of " + target);
    }

    private static Object container(Object value, ParameterizedType type, boolean isText) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == Optional.class) {
            boolean none = value == null || isText && "null".equals(value);
            return none ? Optional.empty() : Optional.of(convert(value, arguments[0], isText));
        }
        if (raw == List.class) return Collections.unmodifiableList(list(value, arguments[0], isText));
        if (raw == Set.class)
            return Collections.unmodifiableSet(new LinkedHashSet<>(list(value, arguments[0], isText)));
        if (raw == Map.class) {
            Object tree = isText ? parsed((String) value) : value;
            if (!(tree instanceof Map<?, ?> map)) throw new Mismatch("keys and values such as {a: 1}");
            Map<Object, Object> result = new LinkedHashMap<>();
            map.forEach((k, v) -> result.put(convert(k, arguments[0], true), convert(v, arguments[1], false)));
            return Collections.unmodifiableMap(result);
        }
        throw new IllegalArgumentException("configuration records cannot have components of " + type);
    }

    private static Object array(Object value, Class<?> element, boolean isText) {
        List<Object> items = list(value, element, isText);
        Object array = Array.newInstance(element, items.size());
        for (int i = 0; i < items.size(); i++) Array.set(array, i, items.get(i));
        return array;
    }

    /** A list from the file, or from text as {@code 1,2,3} or {@code [1, 2, 3]}. */
    private static List<Object> list(Object value, Type element, boolean isText) {
        Iterable<?> items = switch (value) {
            case Iterable<?> list -> list;
            case String line when isText && line.startsWith("[") && parsed(line) instanceof List<?> list -> list;
            case String line when isText -> line.isBlank() ? List.of() : Arrays.asList(line.split("\\s*,\\s*"));
            case null, default -> throw new Mismatch("a list of " + describe(element));
        };
        List<Object> result = new ArrayList<>();
        for (Object item : items) {
            try {
                result.add(convert(item, element, isText));
            } catch (Mismatch e) {
                throw new Mismatch("a list of " + describe(element) + ", found '" + item + "'");
            }
        }
        return result;
    }

    private static Object parsed(String line) {
        try {
            return ConfigFile.parseYaml(line);
        } catch (YamlEngineException e) {
            throw new Mismatch("a list such as [1, 2] or 1,2");
        }
    }

    private static String text(Object value) {
        if (value instanceof Iterable<?> || value instanceof Map<?, ?>) throw new Mismatch("text");
        return value.toString();
    }

    private static boolean bool(Object value) {
        return switch (value.toString().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new Mismatch("true or false");
        };
    }

    private static long whole(Object value, long least, long most) {
        BigDecimal number;
        try {
            number = new BigDecimal(text(value).replace("_", ""));
        } catch (NumberFormatException e) {
            throw new Mismatch("a whole number");
        }
        try {
            if (number.precision() - number.scale() > 20) throw new ArithmeticException(); // 1e999999999 would take for ever
            BigInteger exact = number.toBigIntegerExact();
            if (exact.compareTo(BigInteger.valueOf(least)) < 0 || exact.compareTo(BigInteger.valueOf(most)) > 0) {
                throw new Mismatch("a whole number from " + least + " to " + most);
            }
            return exact.longValue();
        } catch (ArithmeticException e) {
            throw new Mismatch("a whole number from " + least + " to " + most);
        }
    }

    private static double real(Object value) {
        try {
            double number = value instanceof Number n ? n.doubleValue() : Double.parseDouble(text(value).strip());
            if (Double.isNaN(number)) throw new Mismatch("a number");
            return number;
        } catch (NumberFormatException e) {
            throw new Mismatch("a number");
        }
    }

    private static Object constant(Object value, Class<?> target) {
        String name = plainName(value.toString());
        for (Object constant : target.getEnumConstants()) {
            if (plainName(((Enum<?>) constant).name()).equals(name)) return constant;
        }
        throw new Mismatch(describe(target));
    }

    private static String plainName(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String describe(Type type) {
        if (!(type instanceof Class<?> target)) return type.getTypeName();
        if (target.isEnum()) {
            return "one of " + String.join(", ", Arrays.stream(target.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT)).toList());
        }
        return switch (target.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "whole numbers";
            case "float", "Float", "double", "Double" -> "numbers";
            case "boolean", "Boolean" -> "true or false";
            default -> "text";
        };
    }

    /** Says what was expected. */
    private static final class Mismatch extends RuntimeException {
        Mismatch(String expected) {
            super(expected, null, false, false);
        }
    }
}
