package org.lanewise.cli.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.lanewise.cli.CommandException;

/**
 * Makes a record from default values and given ones.
 */
final class RecordBinder {
    private RecordBinder() {}

    /**
     * A copy of {@code defaults} with the given values in place.
     *
     * @throws CommandException if a value has the wrong type, or the record's own checks refuse it
     */
    static <R extends Record> R build(R defaults, String prefix, Map<String, Settings.Given> given) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = prefix + components[i].getName();
            Object standard = RecordShape.value(defaults, components[i]);
            Settings.Given item = given.get(key);
            if (item != null) values[i] = Values.convert(key, item, components[i].getGenericType());
            else if (standard instanceof Record nested) values[i] = build(nested, key + ".", given);
            else values[i] = standard;
        }
        return construct(defaults, components, values, prefix, given);
    }

    private static <R extends Record> R construct(R defaults, RecordComponent[] components, Object[] values,
            String prefix, Map<String, Settings.Given> given) {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked") // the class of R is Class<R>
            Constructor<R> constructor = (Constructor<R>) defaults.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof CommandException refused) throw refused;
            throw CommandException.badInput("settings refused: " + e.getCause().getMessage() + " (given: "
                    + inGroup(prefix, given) + ")", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + defaults.getClass(), e);
        }
    }

    private static String inGroup(String prefix, Map<String, Settings.Given> given) {
        return given.entrySet().stream().filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> entry.getKey() + "=" + entry.getValue().value() + " by " + entry.getValue().source())
                .collect(Collectors.joining(", "));
    }
}
