package org.lanewise.tabular;

/** What a {@link Column} holds. */
public enum ColumnType {
    /** 32-bit floating point; missing is NaN. */
    FLOAT,
    /** 64-bit floating point; missing is NaN. */
    DOUBLE,
    /** 32-bit integers with a mask of missing rows. */
    INT,
    /** 64-bit integers with a mask of missing rows. */
    LONG,
    /** true, false or missing. */
    BOOLEAN,
    /** One of a fixed list of levels, or missing. */
    CATEGORICAL,
    /** Free text; missing is {@code null}. */
    TEXT;

    /** Whether {@link Column#number} works: everything but categories and text. */
    public boolean isNumeric() {
        return this != CATEGORICAL && this != TEXT;
    }
}
