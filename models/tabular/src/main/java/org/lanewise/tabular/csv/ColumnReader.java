package org.lanewise.tabular.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.FloatColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.TextColumn;

/**
 * Gathers the fields of one column. With a declared type a field that does not fit is refused; otherwise the type widens as
 * fields arrive: nothing seen, then long, then double, or boolean. A field that fits none of these makes the column text;
 * when numbers were already parsed their spelling is gone, so the file has to be read again ({@link #mustReread}).
 */
final class ColumnReader {
    private final String name;
    private boolean declared;
    private final NumberReader number = new NumberReader();
    private ColumnType type;
    private boolean reread;
    private boolean spellingLost;
    private int size;
    private double[] doubles = {};
    private long[] longs = {};
    private final BitSet flags = new BitSet();
    private final BitSet missing = new BitSet();
    private final List<String> texts = new ArrayList<>();
    private final TextCache cache = new TextCache();

    /** A {@code null} type is inferred. */
    ColumnReader(String name, ColumnType type) {
        this.name = name;
        this.type = type;
        this.declared = type != null;
    }

    String name() {
        return name;
    }

    int size() {
        return size;
    }

    boolean mustReread() {
        return reread;
    }

    ColumnType type() {
        return type == null ? ColumnType.DOUBLE : type;
    }

    /** What is wrong when {@link #add} refuses. */
    String expectation() {
        return switch (type) {
            case LONG -> "not a whole number";
            case INT -> "not a whole number of 32 bits";
            case FLOAT -> "not a number that fits 32 bits";
            case BOOLEAN -> "not true or false";
            default -> "not a number";
        };
    }

    /**
     * @param quoted
     *            a quoted field that spells a missing token: missing among numbers, but literal text in a text column
     */
    void addMissing(boolean quoted) {
        spellingLost |= quoted;
        missing.set(size);
        if (type == ColumnType.DOUBLE || type == ColumnType.FLOAT) {
            storeDouble(Double.NaN);
        } else if (type == ColumnType.LONG || type == ColumnType.INT) {
            storeLong(0);
        } else if (isText()) {
            texts.add(null);
        }
        size++;
    }

    /** Returns false if the field does not fit the declared type. */
    boolean add(char[] text, int from, int to) {
        if (isText()) {
            texts.add(cache.get(text, from, to));
            size++;
            return true;
        }
        int start = from;
        int end = to;
        while (start < end && text[start] <= ' ') {
            start++;
        }
        while (end > start && text[end - 1] <= ' ') {
            end--;
        }
        boolean fits = declared ? addDeclared(text, start, end) : addInferred(text, start, end);
        if (!fits && !declared) {
            becomeText(new String(text, from, to - from));
            fits = true;
        }
        size++;
        return fits;
    }

    boolean isText() {
        return type == ColumnType.TEXT || type == ColumnType.CATEGORICAL;
    }

    private boolean addDeclared(char[] text, int from, int to) {
        if (type == ColumnType.BOOLEAN) {
            return addBoolean(text, from, to);
        }
        NumberReader.Kind kind = number.read(text, from, to);
        if (type == ColumnType.LONG || type == ColumnType.INT) {
            storeLong(number.whole);
            return kind == NumberReader.Kind.WHOLE && (type == ColumnType.LONG || number.whole == (int) number.whole);
        }
        storeDouble(number.value);
        // A finite number that a float would turn into infinity is refused, as any other loss of the value's sense.
        return kind != NumberReader.Kind.NONE && (type == ColumnType.DOUBLE || Double.isInfinite(number.value)
                || !Float.isInfinite((float) number.value));
    }

    private boolean addInferred(char[] text, int from, int to) {
        if (type == ColumnType.BOOLEAN) {
            return addBoolean(text, from, to);
        }
        NumberReader.Kind kind = number.read(text, from, to);
        switch (kind) {
            case WHOLE -> {
                if (type == null) {
                    type = ColumnType.LONG;
                    longs = new long[Math.max(16, size)];
                }
                if (type == ColumnType.LONG) {
                    storeLong(number.whole);
                } else {
                    storeDouble(number.value);
                }
                return true;
            }
            case REAL -> {
                widenToDouble();
                storeDouble(number.value);
                return true;
            }
            case HUGE -> {
                return false; // Rounding would change what may be an identifier.
            }
            case NONE -> {
                if (type == null && addBoolean(text, from, to)) {
                    type = ColumnType.BOOLEAN;
                    return true;
                }
                return false;
            }
        }
        return false;
    }

    private boolean addBoolean(char[] text, int from, int to) {
        String word = to - from == 4 || to - from == 5 ? new String(text, from, to - from) : "";
        if (word.equalsIgnoreCase("true")) {
            flags.set(size);
            return true;
        }
        return word.equalsIgnoreCase("false");
    }

    private void widenToDouble() {
        if (type == ColumnType.DOUBLE) {
            return;
        }
        doubles = new double[Math.max(16, size)];
        for (int i = 0; i < size; i++) {
            doubles[i] = missing.get(i) ? Double.NaN : longs[i];
        }
        longs = new long[0];
        type = ColumnType.DOUBLE;
    }

    private void becomeText(String field) {
        reread = type != null || spellingLost;
        type = ColumnType.TEXT;
        doubles = new double[0];
        longs = new long[0];
        while (texts.size() < size) {
            texts.add(null);
        }
        texts.add(field);
    }

    private void storeDouble(double value) {
        if (size >= doubles.length) {
            doubles = Arrays.copyOf(doubles, grown(doubles.length));
        }
        doubles[size] = value;
    }

    private void storeLong(long value) {
        if (size >= longs.length) {
            longs = Arrays.copyOf(longs, grown(longs.length));
        }
        longs[size] = value;
    }

    private int grown(int length) {
        return Math.toIntExact(
                Math.min(Integer.MAX_VALUE - 8L, Math.max(Math.max(16L, size + 1L), length + (length >> 1))));
    }

    /** Fixes the inferred type for the rows to come. Whole numbers become doubles: a later chunk may hold fractions. */
    void settle() {
        if (!declared && type != ColumnType.TEXT && type != ColumnType.BOOLEAN) {
            widenToDouble();
        }
        declared = true;
    }

    /** The gathered rows as a column; the reader starts again with none. */
    Column drain() {
        Column column = switch (type()) {
            case DOUBLE -> {
                widenToDouble();
                yield DoubleColumn.of(name, Arrays.copyOf(doubles, size));
            }
            case FLOAT -> {
                float[] narrow = new float[size];
                for (int i = 0; i < size; i++) {
                    narrow[i] = (float) doubles[i];
                }
                yield FloatColumn.of(name, narrow);
            }
            case INT -> {
                int[] narrow = new int[size];
                for (int i = 0; i < size; i++) {
                    narrow[i] = (int) longs[i];
                }
                yield IntColumn.of(name, narrow, missing);
            }
            case LONG -> LongColumn.of(name, Arrays.copyOf(longs, size), missing);
            case BOOLEAN -> BooleanColumn.of(name, size, flags, missing);
            case CATEGORICAL -> CategoricalColumn.ofTexts(name, texts.toArray(String[]::new));
            case TEXT -> TextColumn.of(name, texts.toArray(String[]::new));
        };
        size = 0;
        flags.clear();
        missing.clear();
        texts.clear();
        return column;
    }
}
