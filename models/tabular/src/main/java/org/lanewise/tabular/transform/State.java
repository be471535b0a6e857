package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Reads fields of a saved object; what is absent or of another form is a {@link BadInputException} that names the field. */
final class State {
    private final JsonNode node;
    private final String source;

    private State(JsonNode node, String source) {
        this.node = node;
        this.source = source;
    }

    static State of(JsonNode node, String source) {
        if (node == null || !node.isObject()) {
            throw BadInputException.at(source).because("a saved object is needed, not " + node);
        }
        return new State(node, source);
    }

    JsonNode node(String field) {
        JsonNode found = node.get(field);
        if (found == null || found.isNull()) {
            throw BadInputException.at(source).because("field \"" + field + "\" is missing");
        }
        return found;
    }

    JsonNode array(String field) {
        JsonNode found = node(field);
        return found.isArray() ? found : refuse(field, "an array");
    }

    /** One for each element of an array of objects. */
    List<State> objects(String field) {
        List<State> objects = new ArrayList<>();
        array(field).forEach(item -> objects.add(of(item, source)));
        return objects;
    }

    String text(String field) {
        JsonNode found = node(field);
        return (found.isString() ? found : refuse(field, "text")).asString();
    }

    boolean flag(String field) {
        JsonNode found = node(field);
        return (found.isBoolean() ? found : refuse(field, "true or false")).asBoolean();
    }

    int whole(String field) {
        JsonNode found = node(field);
        return (found.isInt() ? found : refuse(field, "a whole number")).asInt();
    }

    /** NaN for null. */
    double number(String field) {
        JsonNode found = node.get(field);
        if (found != null && found.isNull()) {
            return Double.NaN;
        }
        return (node(field).isNumber() ? found : refuse(field, "a number")).asDouble();
    }

    double[] numbers(String field) {
        return JsonFiles.doubles(array(field));
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(field)) {
            texts.add((item.isString() ? item : refuse(field, "an array of texts")).asString());
        }
        return texts;
    }

    <E extends Enum<E>> E constant(Class<E> type, String field) {
        String name = text(field);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        refuse(field, "one of " + List.of(type.getEnumConstants()));
        return null;
    }

    /** The lengths of arrays that belong together. */
    void require(boolean holds, String problem) {
        if (!holds) {
            throw BadInputException.at(source).because(problem);
        }
    }

    private JsonNode refuse(String field, String wanted) {
        throw BadInputException.at(source)
                .because("field \"" + field + "\" should be " + wanted + ", it is " + node.get(field));
    }
}
