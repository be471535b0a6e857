package org.lanewise.tabular;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** One of a list of levels per row, kept as a code; a missing row has code -1. */
public final class CategoricalColumn implements Column {
    /** The code of a missing row. */
    public static final int MISSING = -1;

    private final String name;
    private final List<String> levels;
    private final int[] codes;

    private CategoricalColumn(String name, List<String> levels, int[] codes) {
        this.name = Objects.requireNonNull(name, "name");
        this.levels = levels;
        this.codes = codes;
    }

    /**
     * Copies the codes.
     *
     * @throws IllegalArgumentException if a code is neither -1 nor the index of a level, or two levels are equal
     */
    public static CategoricalColumn of(String name, List<String> levels, int[] codes) {
        if (levels.size() != levels.stream().distinct().count()) {
            throw new IllegalArgumentException("column \"" + name + "\": repeated level in " + levels);
        }
        for (int code : codes) {
            if (code < MISSING || code >= levels.size()) {
                throw new IllegalArgumentException(
                        "column \"" + name + "\": code " + code + " of " + levels.size() + " levels");
            }
        }
        return new CategoricalColumn(name, List.copyOf(levels), codes.clone());
    }

    /** Takes the distinct texts, sorted, as levels; {@code null} is missing. */
    public static CategoricalColumn ofTexts(String name, String... texts) {
        TreeSet<String> distinct = new TreeSet<>();
        for (String text : texts) {
            if (text != null) {
                distinct.add(text);
            }
        }
        List<String> levels = List.copyOf(distinct);
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            index.put(levels.get(i), i);
        }
        int[] codes = new int[texts.length];
        Arrays.setAll(codes, i -> texts[i] == null ? MISSING : index.get(texts[i]));
        return new CategoricalColumn(name, levels, codes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return codes.length;
    }

    @Override
    public ColumnType type() {
        return ColumnType.CATEGORICAL;
    }

    public List<String> levels() {
        return levels;
    }

    /** Index into {@link #levels}, or {@link #MISSING}. */
    public int code(int row) {
        return codes[row];
    }

    /**
     * The same rows over other levels, e.g. those a model was trained with. A row whose level is not among them becomes missing.
     *
     * @throws IllegalArgumentException
     *             if two levels are equal
     */
    public CategoricalColumn withLevels(List<String> changed) {
        Map<String, Integer> index = new HashMap<>();
        for (String level : changed) {
            index.put(level, index.size());
        }
        int[] map = new int[levels.size()];
        Arrays.setAll(map, code -> index.getOrDefault(levels.get(code), MISSING));
        int[] recoded = new int[codes.length];
        Arrays.setAll(recoded, row -> codes[row] == MISSING ? MISSING : map[codes[row]]);
        return of(name, changed, recoded);
    }

    @Override
    public boolean isMissing(int row) {
        return codes[row] == MISSING;
    }

    @Override
    public String text(int row) {
        return isMissing(row) ? null : levels.get(codes[row]);
    }

    @Override
    public double number(int row) {
        throw BadInputException.at("").column(name).because("holds categories, not numbers");
    }

    @Override
    public CategoricalColumn take(int[] rows) {
        int[] taken = new int[rows.length];
        Arrays.setAll(taken, i -> codes[rows[i]]);
        return new CategoricalColumn(name, levels, taken);
    }

    @Override
    public CategoricalColumn renamed(String newName) {
        return new CategoricalColumn(newName, levels, codes);
    }
}
