package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;

/** The different values of a column and the place of each, as learnt in training. */
final class Levels {
    static final int MISSING = -1;
    static final int UNSEEN = -2;

    private final Map<String, Integer> place = new HashMap<>();

    Levels(List<String> levels) {
        for (String level : levels) {
            place.put(level, place.size());
        }
    }

    /** Those that occur: numbers by size, categories in the order of their list, text and booleans by character. */
    static List<String> of(Column column) {
        if (column instanceof CategoricalColumn categories) {
            boolean[] occurs = new boolean[categories.levels().size()];
            for (int row = 0; row < column.size(); row++) {
                if (categories.code(row) >= 0) {
                    occurs[categories.code(row)] = true;
                }
            }
            List<String> levels = new ArrayList<>();
            for (int code = 0; code < occurs.length; code++) {
                if (occurs[code]) {
                    levels.add(categories.levels().get(code));
                }
            }
            return levels;
        }
        Map<String, Double> found = new HashMap<>();
        Set<String> order = new HashSet<>();
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row) && order.add(column.text(row))) {
                found.put(column.text(row), column.type().isNumeric() ? column.number(row) : 0.0);
            }
        }
        List<String> levels = new ArrayList<>(order);
        levels.sort((a, b) -> {
            int bySize = Double.compare(found.get(a), found.get(b));
            return bySize != 0 ? bySize : a.compareTo(b);
        });
        return levels;
    }

    int size() {
        return place.size();
    }

    /** The place of each row's value, {@link #MISSING} or {@link #UNSEEN}. */
    int[] codes(Column column) {
        int[] codes = new int[column.size()];
        if (column instanceof CategoricalColumn categories) {
            int[] map = new int[categories.levels().size()];
            Arrays.setAll(map, code -> place.getOrDefault(categories.levels().get(code), UNSEEN));
            Arrays.setAll(codes, row -> categories.code(row) < 0 ? MISSING : map[categories.code(row)]);
            return codes;
        }
        for (int row = 0; row < codes.length; row++) {
            String text = column.text(row);
            codes[row] = text == null ? MISSING : place.getOrDefault(text, UNSEEN);
        }
        return codes;
    }
}
