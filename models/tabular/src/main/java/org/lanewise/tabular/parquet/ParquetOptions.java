package org.lanewise.tabular.parquet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.ColumnType;

/**
 * How to read a Parquet file; each {@code with} method gives a changed copy.
 *
 * @param columns
 *            the columns to keep, in this order; empty keeps all. The others are not read
 * @param types
 *            columns to be converted to another type than the file's, e.g. text to categories
 */
public record ParquetOptions(List<String> columns, Map<String, ColumnType> types) {
    public ParquetOptions {
        columns = List.copyOf(columns);
        types = Map.copyOf(types);
    }

    /** All columns, as the file has them. */
    public static ParquetOptions defaults() {
        return new ParquetOptions(List.of(), Map.of());
    }

    public ParquetOptions withColumns(String... kept) {
        return new ParquetOptions(List.of(kept), types);
    }

    /** Adds to the types. */
    public ParquetOptions withType(String column, ColumnType type) {
        Map<String, ColumnType> changed = new HashMap<>(types);
        changed.put(column, type);
        return new ParquetOptions(columns, changed);
    }
}
