package org.lanewise.tabular.schema;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/**
 * The columns a model was trained on: names, types and levels. It is saved with the model and brings every table to be predicted
 * into the same form, or says what is wrong with it.
 *
 * <pre>{@code
 * Schema schema = Schema.of(train.without("price"));
 * Schema.write(Path.of("schema.json"), schema);
 * Conformed ready = schema.apply(Csv.read(path), SchemaPolicy.defaults());
 * ready.issues().forEach(System.err::println);
 * }</pre>
 *
 * @param fields
 *            the columns, in the order the model wants them
 */
public record Schema(List<Field> fields) {
    private static final int FORMAT = 1;

    public Schema {
        fields = List.copyOf(fields);
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("two columns are called \"" + field.name() + "\"");
            }
        }
    }

    /** Of the table as it is. */
    public static Schema of(Table train) {
        List<Field> fields = new ArrayList<>();
        for (Column column : train.columns()) {
            fields.add(new Field(column.name(), column.type(),
                    column instanceof CategoricalColumn c ? c.levels() : List.of(), column.missingCount() == 0));
        }
        return new Schema(fields);
    }

    /**
     * With DOUBLE for INT and LONG: a column of a CSV file that happened to hold whole numbers only in training may then hold
     * fractions.
     */
    public Schema relaxed() {
        return new Schema(fields.stream()
                .map(f -> f.type() == ColumnType.INT || f.type() == ColumnType.LONG
                        ? new Field(f.name(), ColumnType.DOUBLE, f.levels(), f.complete())
                        : f)
                .toList());
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The types by name, to be handed to a reader so that it need not guess. */
    public Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        fields.forEach(field -> types.put(field.name(), field.type()));
        return types;
    }

    /**
     * The table in the form of the schema.
     *
     * @throws BadInputException
     *             if it differs in a way that the policy refuses, or holds a value that has no counterpart
     */
    public Conformed apply(Table table, SchemaPolicy policy) {
        return Conforming.apply(this, table, policy);
    }

    private record Saved(int format, List<Field> fields) {
    }

    /** As a JSON tree, to be put into a model's own file. */
    public JsonNode tree() {
        return JsonFiles.tree(new Saved(FORMAT, fields));
    }

    public static void write(Path file, Schema schema) {
        JsonFiles.write(file, schema.tree());
    }

    public static Schema read(Path file) {
        return restore(JsonFiles.read(file), file.toString());
    }

    /**
     * Of a tree that {@link #tree} made.
     *
     * @param source
     *            begins messages
     *
     * @throws BadInputException
     *             if it is not a schema, or of a later format
     */
    public static Schema restore(JsonNode tree, String source) {
        if (!tree.path("format").isInt() || !tree.path("fields").isArray()) {
            throw BadInputException.at(source).because("not a schema: format and fields are needed");
        }
        if (tree.get("format").asInt() != FORMAT) {
            throw BadInputException.at(source)
                    .because("format " + tree.get("format").asInt() + " of a schema is not known");
        }
        List<Field> fields = new ArrayList<>();
        for (JsonNode node : tree.get("fields")) {
            fields.add(field(node, source));
        }
        try {
            return new Schema(fields);
        } catch (IllegalArgumentException e) {
            throw BadInputException.at(source).causedBy(e).because(e.getMessage());
        }
    }

    private static Field field(JsonNode node, String source) {
        if (!node.path("name").isString() || !node.path("type").isString() || !node.path("levels").isArray()
                || !node.path("complete").isBoolean()) {
            throw BadInputException.at(source).because("not a field of a schema: " + node);
        }
        Set<String> levels = new LinkedHashSet<>();
        for (JsonNode level : node.get("levels")) {
            if (!level.isString() || !levels.add(level.asString())) {
                throw BadInputException.at(source).column(node.get("name").asString())
                        .because("a level is not text, or is there twice: " + level);
            }
        }
        for (ColumnType type : ColumnType.values()) {
            if (type.name().equals(node.get("type").asString())) {
                return new Field(node.get("name").asString(), type, List.copyOf(levels),
                        node.get("complete").asBoolean());
            }
        }
        throw BadInputException.at(source).column(node.get("name").asString())
                .because("unknown type " + node.get("type"));
    }
}
