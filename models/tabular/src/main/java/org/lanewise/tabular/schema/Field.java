package org.lanewise.tabular.schema;

import java.util.List;
import org.lanewise.tabular.ColumnType;

/**
 * What a model expects of one column.
 *
 * @param name
 *            of the column
 * @param type
 *            of its values
 * @param levels
 *            of a CATEGORICAL column in the order of their codes; empty for other types
 * @param complete
 *            whether no value was missing in training
 */
public record Field(String name, ColumnType type, List<String> levels, boolean complete) {
    public Field {
        levels = List.copyOf(levels);
    }
}
