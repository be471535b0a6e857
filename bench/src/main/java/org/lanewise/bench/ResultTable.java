package org.lanewise.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/**
 * A table that grows line by line: Markdown for people, with full precision in JSON. A column is a name and a format for
 * its values, {@code "ratio %.2f"}; a value that is {@code null} or NaN leaves its cell empty.
 */
final class ResultTable {
    private final String title;
    private final List<String> names = new ArrayList<>();
    private final List<String> formats = new ArrayList<>();
    private final List<Object[]> rows = new ArrayList<>();
    private final PrintStream out;

    /** @param out gets each line as it comes; {@code null} for none */
    ResultTable(PrintStream out, String title, String... columns) {
        this.title = title;
        this.out = out;
        for (String column : columns) {
            int at = column.lastIndexOf(" %");
            if (at < 0) throw new IllegalArgumentException("column without a format: " + column);
            names.add(column.substring(0, at));
            formats.add(column.substring(at + 1));
        }
        print(head());
    }

    void add(Object... values) {
        if (values.length != names.size())
            throw new IllegalArgumentException(values.length + " values for " + names.size() + " columns");
        rows.add(values.clone());
        print(line(values) + "\n");
    }

    String title() {
        return title;
    }

    /** This table with the rows of another of the same columns, which are added. */
    ResultTable append(ResultTable other) {
        for (Object[] row : other.rows) add(row);
        return this;
    }

    private void print(String text) {
        if (out == null) return;
        out.print(text);
        out.flush();
    }

    private String head() {
        return "\n### " + title + "\n\n| " + String.join(" | ", names) + " |\n|"
                + formats.stream().map(f -> f.endsWith("s") ? "---|" : "---:|").collect(Collectors.joining()) + "\n";
    }

    private String line(Object[] values) {
        StringBuilder line = new StringBuilder("|");
        for (int j = 0; j < values.length; j++) {
            boolean none = values[j] == null || values[j] instanceof Double d && d.isNaN();
            line.append(' ').append(none ? "" : String.format(Locale.ROOT, formats.get(j), values[j])).append(" |");
        }
        return line.toString();
    }

    String markdown() {
        return head() + rows.stream().map(row -> line(row) + "\n").collect(Collectors.joining());
    }

    /** Title, columns with their formats, and rows as objects. */
    Map<String, Object> json() {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Object[] row : rows) {
            Map<String, Object> line = new LinkedHashMap<>();
            for (int j = 0; j < row.length; j++) {
                line.put(names.get(j), row[j] instanceof Double d && !Double.isFinite(d) ? null : row[j]);
            }
            lines.add(line);
        }
        List<String> columns = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) columns.add(names.get(j) + " " + formats.get(j));
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("title", title);
        table.put("columns", columns);
        table.put("rows", lines);
        return table;
    }

    /** What {@link #write} has written. */
    static List<ResultTable> read(Path file) {
        List<ResultTable> tables = new ArrayList<>();
        for (JsonNode json : JsonFiles.read(file)) {
            String[] columns = json.get("columns").valueStream().map(JsonNode::asString).toArray(String[]::new);
            ResultTable table = new ResultTable(null, json.get("title").asString(), columns);
            for (JsonNode row : json.get("rows")) {
                table.add(table.names.stream().map(name -> value(row.get(name))).toArray());
            }
            tables.add(table);
        }
        return tables;
    }

    private static Object value(JsonNode cell) {
        if (cell.isNull()) return null;
        return cell.isString() ? cell.asString() : cell.isIntegralNumber() ? (Object) cell.asLong() : cell.asDouble();
    }

    /** Writes tables as JSON, unless {@code file} is empty. */
    static void write(String file, List<ResultTable> tables) {
        if (!file.isEmpty()) JsonFiles.write(Path.of(file), tables.stream().map(ResultTable::json).toList());
    }
}
