package org.lanewise.tabular.transform;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/** Which columns a step works on, decided when it is fitted. */
@FunctionalInterface
public interface ColumnChoice {
    /** Names of columns of the table, in its order. */
    List<String> of(Table train);

    /** These, which must exist. */
    static ColumnChoice named(String... names) {
        return train -> {
            Arrays.stream(names).forEach(train::column);
            return List.of(names);
        };
    }

    /** FLOAT, DOUBLE, INT and LONG columns. */
    static ColumnChoice numeric() {
        return ofType(ColumnType.FLOAT, ColumnType.DOUBLE, ColumnType.INT, ColumnType.LONG);
    }

    /** CATEGORICAL and TEXT columns. */
    static ColumnChoice categorical() {
        return ofType(ColumnType.CATEGORICAL, ColumnType.TEXT);
    }

    static ColumnChoice ofType(ColumnType... types) {
        Set<ColumnType> wanted = Set.of(types);
        return train -> train.columns().stream().filter(c -> wanted.contains(c.type())).map(Column::name).toList();
    }

    static ColumnChoice all() {
        return Table::names;
    }

    /** Without these, whether they are there or not. */
    default ColumnChoice except(String... names) {
        Set<String> left = Set.of(names);
        return train -> of(train).stream().filter(name -> !left.contains(name)).toList();
    }
}
