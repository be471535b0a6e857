package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/**
 * One boolean column per value, named {@code column=value}, at the end of the table; the chosen columns go. Missing values get a column
 * {@code column=} of their own if training had any; otherwise, and for unseen values, all are false.
 *
 * <pre>{@code
 * OneHotEncoder.of(ColumnChoice.categorical()).withMinFrequency(20).withDropFirst()
 * }</pre>
 *
 * Values rarer than the minimum frequency share one column {@code column=(infrequent)}, which then also takes the unseen ones.
 */
public final class OneHotEncoder implements Step {
    static final String KIND = "one-hot";
    private static final String INFREQUENT = "(infrequent)";
    /** More output columns than this mean a column of identifiers, not of categories. */
    private static final int MOST_LEVELS = 100_000;

    private final ColumnChoice columns;
    private final int minFrequency;
    private final boolean dropFirst;
    private final Unseen unseen;

    private OneHotEncoder(ColumnChoice columns, int minFrequency, boolean dropFirst, Unseen unseen) {
        this.columns = columns;
        this.minFrequency = minFrequency;
        this.dropFirst = dropFirst;
        this.unseen = unseen;
    }

    public static OneHotEncoder of(ColumnChoice columns) {
        return new OneHotEncoder(columns, 1, false, Unseen.IGNORE);
    }

    /** Values with fewer training rows than this are infrequent. */
    public OneHotEncoder withMinFrequency(int rows) {
        return new OneHotEncoder(columns, rows, dropFirst, unseen);
    }

    /** Leaves out the first column of each, so that a linear model without penalty has one solution. */
    public OneHotEncoder withDropFirst() {
        return new OneHotEncoder(columns, minFrequency, true, unseen);
    }

    public OneHotEncoder withUnseen(Unseen policy) {
        return new OneHotEncoder(columns, minFrequency, dropFirst, policy);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        List<Encoding> encodings = new ArrayList<>();
        for (String name : columns.of(train)) {
            Column column = train.column(name);
            List<String> levels = Levels.of(column);
            int[] counts = new int[levels.size()];
            for (int code : new Levels(levels).codes(column)) {
                if (code >= 0) {
                    counts[code]++;
                }
            }
            List<String> kept = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] >= minFrequency) {
                    kept.add(levels.get(i));
                }
            }
            if (kept.size() > MOST_LEVELS) {
                throw BadInputException.at(train.source()).column(name)
                        .because("has " + kept.size() + " different values, too many for one column each");
            }
            encodings.add(new Encoding(name, kept, kept.size() < levels.size(), column.missingCount() > 0, dropFirst,
                    unseen));
        }
        return new Learnt(List.copyOf(encodings));
    }

    static Transform restore(JsonNode state, String source) {
        List<Encoding> encodings = new ArrayList<>();
        for (State s : State.of(state, source).objects("encodings")) {
            encodings.add(new Encoding(s.text("column"), s.texts("levels"), s.flag("infrequent"), s.flag("missing"),
                    s.flag("dropFirst"), s.constant(Unseen.class, "unseen")));
        }
        return new Learnt(List.copyOf(encodings));
    }

    private record Encoding(String column, List<String> levels, boolean infrequent, boolean missing, boolean dropFirst,
            Unseen unseen) {

        List<Column> apply(Table table) {
            Column given = table.column(column);
            int[] codes = new Levels(levels).codes(given);
            int rare = infrequent ? levels.size() : -1;
            int absent = missing ? levels.size() + (infrequent ? 1 : 0) : -1;
            if (!infrequent) {
                unseen.check(table, given, codes);
            }
            int width = levels.size() + (infrequent ? 1 : 0) + (missing ? 1 : 0);
            BitSet[] bits = new BitSet[width];
            for (int j = 0; j < width; j++) {
                bits[j] = new BitSet(codes.length);
            }
            for (int row = 0; row < codes.length; row++) {
                int place = codes[row] == Levels.MISSING ? absent : codes[row] == Levels.UNSEEN ? rare : codes[row];
                if (place >= 0) {
                    bits[place].set(row);
                }
            }
            List<Column> encoded = new ArrayList<>();
            for (int j = dropFirst ? 1 : 0; j < width; j++) {
                String level = j < levels.size() ? levels.get(j) : j == rare ? INFREQUENT : "";
                encoded.add(BooleanColumn.of(column + "=" + level, codes.length, bits[j], new BitSet()));
            }
            return encoded;
        }
    }

    private record Learnt(List<Encoding> encodings) implements Transform {
        @Override
        public Table apply(Table table) {
            Set<String> replaced = new HashSet<>();
            encodings.forEach(e -> replaced.add(e.column));
            List<Column> changed = new ArrayList<>();
            for (Column column : table.columns()) {
                if (!replaced.contains(column.name())) {
                    changed.add(column);
                }
            }
            for (Encoding encoding : encodings) {
                changed.addAll(encoding.apply(table));
            }
            return Table.of(table.source(), changed);
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
