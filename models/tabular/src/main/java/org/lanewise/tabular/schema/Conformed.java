package org.lanewise.tabular.schema;

import java.util.List;
import org.lanewise.tabular.Table;

/**
 * A table as the model expects it.
 *
 * @param table
 *            exactly the columns of the schema, in its order, of its types and levels
 * @param issues
 *            what differed and was accepted
 */
public record Conformed(Table table, List<SchemaIssue> issues) {
    public Conformed {
        issues = List.copyOf(issues);
    }
}
