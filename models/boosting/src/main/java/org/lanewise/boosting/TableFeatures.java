package org.lanewise.boosting;

import java.util.List;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/** A table's columns. */
record TableFeatures(String source, List<Column> list, int rows) implements Features {

    static TableFeatures of(Table table) {
        for (Column column : table.columns()) {
            if (column.type() == ColumnType.TEXT) {
                throw BadInputException.at(table.source()).column(column.name())
                        .because("holds free text; trees need numbers or categories");
            }
        }
        return new TableFeatures(table.source(), table.columns(), table.rows());
    }

    @Override
    public int columns() {
        return list.size();
    }

    @Override
    public String name(int column) {
        return list.get(column).name();
    }

    @Override
    public boolean categorical(int column) {
        return list.get(column).type() == ColumnType.CATEGORICAL;
    }

    @Override
    public List<String> levels(int column) {
        return list.get(column) instanceof CategoricalColumn c ? c.levels() : List.of();
    }

    @Override
    public void copy(int column, int from, int count, double[] out) {
        Column data = list.get(column);
        if (data instanceof CategoricalColumn c) {
            for (int i = 0; i < count; i++) {
                int code = c.code(from + i);
                out[i] = code == CategoricalColumn.MISSING ? Double.NaN : code;
            }
        } else {
            for (int i = 0; i < count; i++) out[i] = data.number(from + i);
        }
    }
}
