package org.lanewise.tabular;

/**
 * A named, typed, immutable column. Rows count from 0. Every type can say which rows are missing, show a row as text and,
 * where it makes sense, be read as numbers.
 */
public sealed interface Column
        permits FloatColumn, DoubleColumn, IntColumn, LongColumn, BooleanColumn, CategoricalColumn, TextColumn {
    String name();

    int size();

    ColumnType type();

    boolean isMissing(int row);

    /** The row as a CSV field would show it, {@code null} when missing. */
    String text(int row);

    /**
     * The row as a number, NaN when missing; true is 1 and false 0.
     *
     * @throws BadInputException if the column holds text or categories
     */
    double number(int row);

    /** The given rows, in the given order; a row may be named more than once. */
    Column take(int[] rows);

    Column renamed(String name);

    default int missingCount() {
        int count = 0;
        for (int row = 0; row < size(); row++) {
            count += isMissing(row) ? 1 : 0;
        }
        return count;
    }

    /** All rows by {@link #number}, as a new array. */
    default double[] numbers() {
        double[] numbers = new double[size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = number(row);
        }
        return numbers;
    }

    /** All rows by {@link #text}, as a new array. */
    default String[] texts() {
        String[] texts = new String[size()];
        for (int row = 0; row < texts.length; row++) {
            texts[row] = text(row);
        }
        return texts;
    }
}
