package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Conversions;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.metrics.Quantiles;
import tools.jackson.databind.JsonNode;

/**
 * Puts one value per column in the place of what is missing. Mean and median make a DOUBLE of every numeric column, so that its
 * type does not depend on what happens to be missing; the other strategies keep the type.
 *
 * <pre>{@code
 * Transform fill = SimpleImputer.median(ColumnChoice.numeric()).withIndicator().fit(train, null);
 * }</pre>
 *
 * A column without any value in training is filled with 0, false or the text "missing".
 */
public final class SimpleImputer implements Step {
    static final String KIND = "simple-imputer";
    private static final String SUFFIX = "_missing";

    private enum Strategy {
        MEAN, MEDIAN, MOST_FREQUENT, CONSTANT
    }

    private final ColumnChoice columns;
    private final Strategy strategy;
    private final String constant;
    private final boolean indicator;

    private SimpleImputer(ColumnChoice columns, Strategy strategy, String constant, boolean indicator) {
        this.columns = columns;
        this.strategy = strategy;
        this.constant = constant;
        this.indicator = indicator;
    }

    public static SimpleImputer mean(ColumnChoice columns) {
        return new SimpleImputer(columns, Strategy.MEAN, null, false);
    }

    public static SimpleImputer median(ColumnChoice columns) {
        return new SimpleImputer(columns, Strategy.MEDIAN, null, false);
    }

    /** The most frequent value, the smallest (of text: the first) among equally frequent ones. */
    public static SimpleImputer mostFrequent(ColumnChoice columns) {
        return new SimpleImputer(columns, Strategy.MOST_FREQUENT, null, false);
    }

    /**
     * @param value
     *            as a CSV field would show it; must fit the type of every chosen column
     */
    public static SimpleImputer constant(ColumnChoice columns, String value) {
        return new SimpleImputer(columns, Strategy.CONSTANT, value, false);
    }

    /** Adds a boolean column {@code <name>_missing} at the end for each column that had missing values in training. */
    public SimpleImputer withIndicator() {
        return new SimpleImputer(columns, strategy, constant, true);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        List<Fill> fills = new ArrayList<>();
        for (String name : columns.of(train)) {
            Column column = train.column(name);
            boolean average = strategy == Strategy.MEAN || strategy == Strategy.MEDIAN;
            if (average && !column.type().isNumeric()) {
                throw BadInputException.at(train.source()).column(name)
                        .because("holds no numbers: it has no mean or median");
            }
            String value = column.missingCount() == column.size() && strategy != Strategy.CONSTANT
                    ? nothing(column.type())
                    : value(column);
            fills.add(new Fill(name, average ? ColumnType.DOUBLE : column.type(), value,
                    indicator && column.missingCount() > 0));
        }
        return new Learnt(List.copyOf(fills));
    }

    private static String nothing(ColumnType type) {
        return type == ColumnType.BOOLEAN ? "false" : type.isNumeric() ? "0" : "missing";
    }

    private String value(Column column) {
        double[] present = column.type().isNumeric()
                ? Arrays.stream(column.numbers()).filter(v -> !Double.isNaN(v)).toArray()
                : null;
        return switch (strategy) {
            case MEAN -> Double.toString(Arrays.stream(present).sum() / present.length);
            case MEDIAN -> Double.toString(Quantiles.median(present));
            case MOST_FREQUENT -> mostFrequent(column);
            case CONSTANT -> {
                Conversions.convert(TextColumn.of(column.name(), constant), column.type()); // Refuses what does not fit.
                yield constant;
            }
        };
    }

    private static String mostFrequent(Column column) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String level : Levels.of(column)) {
            counts.put(level, 0);
        }
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                counts.merge(column.text(row), 1, Integer::sum);
            }
        }
        String best = null;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) { // In order of the levels.
            if (best == null || entry.getValue() > counts.get(best)) {
                best = entry.getKey();
            }
        }
        return best;
    }

    static Transform restore(JsonNode state, String source) {
        List<Fill> fills = new ArrayList<>();
        for (State fill : State.of(state, source).objects("fills")) {
            fills.add(new Fill(fill.text("column"), fill.constant(ColumnType.class, "type"), fill.text("value"),
                    fill.flag("indicator")));
        }
        return new Learnt(List.copyOf(fills));
    }

    private record Fill(String column, ColumnType type, String value, boolean indicator) {
        Column apply(Column given) {
            Column wide = Conversions.convert(given, type);
            if (wide.missingCount() == 0) {
                return wide;
            }
            if (type == ColumnType.DOUBLE) {
                double number = Double.parseDouble(value);
                double[] values = wide.numbers();
                for (int row = 0; row < values.length; row++) {
                    values[row] = Double.isNaN(values[row]) ? number : values[row];
                }
                return DoubleColumn.of(column, values);
            }
            String[] texts = wide.texts();
            for (int row = 0; row < texts.length; row++) {
                texts[row] = texts[row] == null ? value : texts[row];
            }
            return Conversions.convert(TextColumn.of(column, texts), type);
        }
    }

    private record Learnt(List<Fill> fills) implements Transform {
        @Override
        public Table apply(Table table) {
            List<Column> filled = new ArrayList<>();
            for (Fill fill : fills) {
                filled.add(fill.apply(table.column(fill.column)));
            }
            for (Fill fill : fills) {
                if (fill.indicator) {
                    Column column = table.column(fill.column);
                    BitSet missing = new BitSet();
                    for (int row = 0; row < column.size(); row++) {
                        missing.set(row, column.isMissing(row));
                    }
                    filled.add(BooleanColumn.of(fill.column + SUFFIX, column.size(), missing, new BitSet()));
                }
            }
            return table.with(filled);
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
