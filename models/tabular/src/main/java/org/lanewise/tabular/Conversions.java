package org.lanewise.tabular;

import java.util.BitSet;
import java.util.Locale;

/**
 * Turns a column into another type where every value keeps its meaning: numbers into each other when none is changed beyond
 * rounding to the nearest float, true and false into 1 and 0 and back, anything into text or categories, text into what it
 * spells. Missing stays missing.
 */
public final class Conversions {
    private Conversions() {
    }

    /**
     * The column as {@code type}; itself when it has that type already.
     *
     * @throws BadInputException
     *             naming the first row whose value has no counterpart, e.g. 1.5 as an INT
     */
    public static Column convert(Column column, ColumnType type) {
        if (column.type() == type) {
            return column;
        }
        return switch (type) {
            case TEXT -> TextColumn.of(column.name(), column.texts());
            case CATEGORICAL -> CategoricalColumn.ofTexts(column.name(), column.texts());
            case DOUBLE -> DoubleColumn.of(column.name(), doubles(column));
            case FLOAT -> FloatColumn.of(column.name(), floats(column));
            case LONG -> {
                BitSet missing = new BitSet();
                yield LongColumn.of(column.name(), longs(column, type, missing), missing);
            }
            case INT -> {
                BitSet missing = new BitSet();
                long[] wide = longs(column, type, missing);
                int[] values = new int[wide.length];
                for (int row = 0; row < values.length; row++) {
                    values[row] = (int) wide[row];
                    if (values[row] != wide[row]) {
                        throw refuse(column, row, type);
                    }
                }
                yield IntColumn.of(column.name(), values, missing);
            }
            case BOOLEAN -> booleans(column);
        };
    }

    private static double[] doubles(Column column) {
        double[] values = new double[column.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = number(column, row, ColumnType.DOUBLE);
        }
        return values;
    }

    private static float[] floats(Column column) {
        float[] values = new float[column.size()];
        for (int row = 0; row < values.length; row++) {
            double value = number(column, row, ColumnType.FLOAT);
            values[row] = (float) value;
            if (Float.isInfinite(values[row]) && !Double.isInfinite(value)) {
                throw refuse(column, row, ColumnType.FLOAT);
            }
        }
        return values;
    }

    /** NaN when missing. */
    private static double number(Column column, int row, ColumnType type) {
        if (column.isMissing(row)) {
            return Double.NaN;
        }
        if (column.type().isNumeric()) {
            return column.number(row);
        }
        String text = column.text(row).strip();
        // Double.parseDouble also takes "1f" and "0x1p3", which no data file means as numbers.
        char last = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
        try {
            if (last >= '0' && last <= '9' && text.indexOf('x') < 0 && text.indexOf('X') < 0 || last == '.') {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException _) {
            // Refused below.
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw refuse(column, row, type);
        };
    }

    /** Modifies {@code missing}. */
    private static long[] longs(Column column, ColumnType type, BitSet missing) {
        long[] values = new long[column.size()];
        for (int row = 0; row < values.length; row++) {
            if (column.isMissing(row)) {
                missing.set(row);
            } else {
                values[row] = whole(column, row, type);
            }
        }
        return values;
    }

    private static long whole(Column column, int row, ColumnType type) {
        switch (column) {
            case LongColumn c -> {
                return c.get(row);
            }
            case TextColumn _,CategoricalColumn _ -> {
                try {
                    return Long.parseLong(column.text(row).strip());
                } catch (NumberFormatException _) {
                    throw refuse(column, row, type);
                }
            }
            default -> {
                double value = column.number(row);
                if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
                    throw refuse(column, row, type);
                }
                return (long) value;
            }
        }
    }

    private static BooleanColumn booleans(Column column) {
        BitSet values = new BitSet();
        BitSet missing = new BitSet();
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                missing.set(row);
                continue;
            }
            String text = column.text(row).strip();
            boolean yes = text.equalsIgnoreCase("true") || text.equals("1");
            if (!yes && !text.equalsIgnoreCase("false") && !text.equals("0")) {
                throw refuse(column, row, ColumnType.BOOLEAN);
            }
            values.set(row, yes);
        }
        return BooleanColumn.of(column.name(), column.size(), values, missing);
    }

    private static BadInputException refuse(Column column, int row, ColumnType type) {
        return BadInputException.at("").row(row + 1L).column(column.name()).value(column.text(row))
                .because("cannot be read as " + type.name().toLowerCase(Locale.ROOT));
    }
}
