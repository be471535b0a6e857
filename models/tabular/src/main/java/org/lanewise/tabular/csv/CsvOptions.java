package org.lanewise.tabular.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.tabular.ColumnType;

/**
 * How to read a CSV file. {@link #defaults} suits most files; each {@code with} method gives a changed copy.
 *
 * @param separator
 *            between fields
 * @param charset
 *            of a file without a byte order mark
 * @param missing
 *            unquoted fields, after trimming, that mean "no value"; a quoted empty field always does
 * @param columns
 *            the columns to keep, in this order; empty keeps all. The others are not parsed
 * @param types
 *            columns whose type is known; the others are inferred as {@link Csv} describes
 * @param longestField
 *            characters; a longer field is refused, so that a file without line ends cannot fill the memory
 */
public record CsvOptions(char separator, Charset charset, Set<String> missing, List<String> columns,
        Map<String, ColumnType> types, int longestField) {

    public CsvOptions {
        missing = Set.copyOf(missing);
        columns = List.copyOf(columns);
        types = Map.copyOf(types);
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException("a separator cannot be a quote or a line end");
        }
        if (longestField < 1) {
            throw new IllegalArgumentException("longestField must be positive: " + longestField);
        }
    }

    /** Comma, UTF-8, missing is "", NA or NaN in any of the usual spellings, all columns, all types inferred, 1,000,000 characters. */
    public static CsvOptions defaults() {
        return new CsvOptions(',', StandardCharsets.UTF_8, Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL"),
                List.of(),
                Map.of(), 1_000_000);
    }

    public CsvOptions withSeparator(char changed) {
        return new CsvOptions(changed, charset, missing, columns, types, longestField);
    }

    public CsvOptions withCharset(Charset changed) {
        return new CsvOptions(separator, changed, missing, columns, types, longestField);
    }

    public CsvOptions withMissing(String... tokens) {
        return new CsvOptions(separator, charset, Set.of(tokens), columns, types, longestField);
    }

    public CsvOptions withColumns(String... kept) {
        return new CsvOptions(separator, charset, missing, List.of(kept), types, longestField);
    }

    /** Adds to the known types. */
    public CsvOptions withType(String column, ColumnType type) {
        Map<String, ColumnType> changed = new HashMap<>(types);
        changed.put(column, type);
        return new CsvOptions(separator, charset, missing, columns, changed, longestField);
    }

    public CsvOptions withLongestField(int characters) {
        return new CsvOptions(separator, charset, missing, columns, types, characters);
    }
}
