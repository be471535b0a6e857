package org.lanewise.tabular.schema;

/**
 * A difference between a table and the schema that was accepted.
 *
 * @param kind
 *            what it is
 * @param column
 *            where
 * @param rows
 *            how many rows it touches
 * @param message
 *            one line for people
 */
public record SchemaIssue(Kind kind, String column, int rows, String message) {
    /** What can differ. */
    public enum Kind {
        MISSING_COLUMN, EXTRA_COLUMN, TYPE_CHANGE, UNSEEN_LEVEL, MISSING_VALUE
    }

    @Override
    public String toString() {
        return message;
    }
}
