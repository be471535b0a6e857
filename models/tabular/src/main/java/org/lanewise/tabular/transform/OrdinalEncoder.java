package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/**
 * The place of each value among those of training, 0 .. k - 1, as an INT column of the same name: numbers by size, categories in
 * the order of their list, text by character. Missing and unseen values are missing.
 */
public final class OrdinalEncoder implements Step {
    static final String KIND = "ordinal";

    private final ColumnChoice columns;
    private final Unseen unseen;

    private OrdinalEncoder(ColumnChoice columns, Unseen unseen) {
        this.columns = columns;
        this.unseen = unseen;
    }

    public static OrdinalEncoder of(ColumnChoice columns) {
        return new OrdinalEncoder(columns, Unseen.IGNORE);
    }

    public OrdinalEncoder withUnseen(Unseen policy) {
        return new OrdinalEncoder(columns, policy);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        return new Learnt(columns.of(train).stream()
                .map(name -> new Encoding(name, Levels.of(train.column(name)), unseen)).toList());
    }

    static Transform restore(JsonNode state, String source) {
        List<Encoding> encodings = new ArrayList<>();
        for (State s : State.of(state, source).objects("encodings")) {
            encodings.add(new Encoding(s.text("column"), s.texts("levels"), s.constant(Unseen.class, "unseen")));
        }
        return new Learnt(List.copyOf(encodings));
    }

    private record Encoding(String column, List<String> levels, Unseen unseen) {
    }

    private record Learnt(List<Encoding> encodings) implements Transform {
        @Override
        public Table apply(Table table) {
            List<Column> changed = new ArrayList<>();
            for (Encoding e : encodings) {
                Column column = table.column(e.column);
                int[] codes = new Levels(e.levels).codes(column);
                e.unseen.check(table, column, codes);
                BitSet missing = new BitSet();
                for (int row = 0; row < codes.length; row++) {
                    missing.set(row, codes[row] < 0);
                }
                changed.add(IntColumn.of(e.column, codes, missing));
            }
            return table.with(changed);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Object state() {
            return this;
        }
    }
}
