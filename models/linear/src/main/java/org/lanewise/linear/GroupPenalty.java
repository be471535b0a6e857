package org.lanewise.linear;

import java.util.List;

/**
 * Columns that should enter or leave a model together. Groups may overlap.
 *
 * @param name
 *            for reports
 * @param columns
 *            names
 * @param weight
 *            multiplies the penalty of the group
 */
public record GroupPenalty(String name, List<String> columns, double weight) {
    public GroupPenalty {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || columns.stream().distinct().count() != columns.size() || !(weight >= 0)) {
            throw new IllegalArgumentException("group \"" + name + "\" of " + columns + " with weight " + weight);
        }
    }

    /** With weight sqrt(size), so that large groups are not favoured. */
    public static GroupPenalty of(String name, String... columns) {
        return new GroupPenalty(name, List.of(columns), Math.sqrt(columns.length));
    }
}
