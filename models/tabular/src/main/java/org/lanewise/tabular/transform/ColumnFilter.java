package org.lanewise.tabular.transform;

import java.util.List;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/** Keeps the chosen columns, in this order, and drops the rest: the last step before a learner, as a rule. */
public final class ColumnFilter implements Step {
    static final String KIND = "columns";

    private final ColumnChoice kept;

    private ColumnFilter(ColumnChoice kept) {
        this.kept = kept;
    }

    public static ColumnFilter keep(ColumnChoice choice) {
        return new ColumnFilter(choice);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        return new Learnt(List.copyOf(kept.of(train)));
    }

    static Transform restore(JsonNode state, String source) {
        return new Learnt(State.of(state, source).texts("columns"));
    }

    private record Learnt(List<String> columns) implements Transform {
        @Override
        public Table apply(Table table) {
            return table.select(columns.toArray(String[]::new));
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
