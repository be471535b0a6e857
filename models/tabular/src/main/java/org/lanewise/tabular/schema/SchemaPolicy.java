package org.lanewise.tabular.schema;

/**
 * What happens where a table differs from the schema. Whatever is not refused is reported.
 *
 * @param missingColumn
 *            a column is not there: refuse, or take every row of it as missing
 * @param extraColumn
 *            a column that training did not have: refuse, or drop it
 * @param typeChange
 *            a column has another type: refuse, or convert it (a value that cannot be converted is always refused). Whole numbers
 *            where numbers are expected, and text where categories are, are no change
 * @param unseenLevel
 *            a category that training did not have: refuse, or take it as missing
 * @param missingValue
 *            a value is missing in a column that was complete in training: refuse, or let it pass
 */
public record SchemaPolicy(Action missingColumn, Action extraColumn, Action typeChange, Action unseenLevel,
        Action missingValue) {
    /** Refuse with an error that names the place, or accept and report. */
    public enum Action {
        REFUSE, ACCEPT
    }

    /** Refuses missing columns, accepts everything else. */
    public static SchemaPolicy defaults() {
        return new SchemaPolicy(Action.REFUSE, Action.ACCEPT, Action.ACCEPT, Action.ACCEPT, Action.ACCEPT);
    }

    /** Refuses every difference but missing values. */
    public static SchemaPolicy strict() {
        return new SchemaPolicy(Action.REFUSE, Action.REFUSE, Action.REFUSE, Action.REFUSE, Action.ACCEPT);
    }

    public SchemaPolicy withMissingColumn(Action changed) {
        return new SchemaPolicy(changed, extraColumn, typeChange, unseenLevel, missingValue);
    }

    public SchemaPolicy withExtraColumn(Action changed) {
        return new SchemaPolicy(missingColumn, changed, typeChange, unseenLevel, missingValue);
    }

    public SchemaPolicy withTypeChange(Action changed) {
        return new SchemaPolicy(missingColumn, extraColumn, changed, unseenLevel, missingValue);
    }

    public SchemaPolicy withUnseenLevel(Action changed) {
        return new SchemaPolicy(missingColumn, extraColumn, typeChange, changed, missingValue);
    }

    public SchemaPolicy withMissingValue(Action changed) {
        return new SchemaPolicy(missingColumn, extraColumn, typeChange, unseenLevel, changed);
    }
}
