package org.lanewise.tabular.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.FloatColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.LongColumn;

/** Turns stretches of a column into the bodies of pages, not yet compressed. */
final class ColumnEncoder {
    /** Texts of more different values than this, or than half of the rows, are written out instead. */
    private static final int LARGEST_DICTIONARY = 1 << 16;

    private final Column column;
    private final List<String> dictionary;
    private final int[] codes;
    private final int base;

    /** Of the rows {@code [from, to)}. */
    ColumnEncoder(Column column, int from, int to) {
        this.column = column;
        switch (column) {
            case CategoricalColumn c -> {
                dictionary = c.levels();
                codes = new int[to - from];
                for (int row = from; row < to; row++) {
                    codes[row - from] = c.code(row);
                }
            }
            default -> {
                List<String> found = new ArrayList<>();
                codes = column.type() == ColumnType.TEXT ? codes(column, from, to, found) : null;
                dictionary = codes == null ? null : found;
            }
        }
        base = from;
    }

    /** Codes and, in {@code found}, the values; {@code null} if there are too many different ones. */
    private static int[] codes(Column column, int from, int to, List<String> found) {
        Map<String, Integer> place = new HashMap<>();
        int[] codes = new int[to - from];
        for (int row = from; row < to; row++) {
            String text = column.text(row);
            if (text != null) {
                Integer code = place.putIfAbsent(text, found.size());
                if (code == null) {
                    code = found.size();
                    found.add(text);
                    if (found.size() > LARGEST_DICTIONARY || found.size() > 16 + (to - from) / 2) {
                        return null;
                    }
                }
                codes[row - from] = code;
            }
        }
        return codes;
    }

    /** How many values the dictionary has, -1 without one. */
    int dictionarySize() {
        return dictionary == null ? -1 : dictionary.size();
    }

    byte[] dictionaryPage() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        dictionary.forEach(text -> bytes(text, out));
        return out.toByteArray();
    }

    static PhysicalType physical(ColumnType type) {
        return switch (type) {
            case FLOAT -> PhysicalType.FLOAT;
            case DOUBLE -> PhysicalType.DOUBLE;
            case INT -> PhysicalType.INT32;
            case LONG -> PhysicalType.INT64;
            case BOOLEAN -> PhysicalType.BOOLEAN;
            case CATEGORICAL, TEXT -> PhysicalType.BYTE_ARRAY;
        };
    }

    /** Levels and values of the rows {@code [from, to)}. */
    byte[] page(int from, int to) {
        int[] levels = new int[to - from];
        int present = 0;
        for (int row = from; row < to; row++) {
            levels[row - from] = column.isMissing(row) ? 0 : 1;
            present += levels[row - from];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] encoded = HybridWriter.encode(levels, levels.length, 1);
        out.writeBytes(little(Integer.BYTES).putInt(encoded.length).array());
        out.writeBytes(encoded);
        if (dictionary != null) {
            indices(levels, from, present, out);
        } else if (column instanceof BooleanColumn flags) {
            bits(flags, levels, from, present, out);
        } else if (column.type() == ColumnType.TEXT) {
            for (int row = from; row < to; row++) {
                if (levels[row - from] == 1) {
                    bytes(column.text(row), out);
                }
            }
        } else {
            out.writeBytes(numbers(levels, from, present));
        }
        return out.toByteArray();
    }

    private void indices(int[] levels, int from, int present, ByteArrayOutputStream out) {
        int[] used = new int[present];
        for (int i = 0, at = 0; i < levels.length; i++) {
            if (levels[i] == 1) {
                used[at++] = codes[from - base + i];
            }
        }
        int width = 32 - Integer.numberOfLeadingZeros(Math.max(0, dictionary.size() - 1));
        out.write(width);
        out.writeBytes(HybridWriter.encode(used, present, width));
    }

    private static void bits(BooleanColumn flags, int[] levels, int from, int present, ByteArrayOutputStream out) {
        byte[] packed = new byte[(present + 7) / 8];
        for (int i = 0, at = 0; i < levels.length; i++) {
            if (levels[i] == 1) {
                packed[at / 8] |= (byte) (flags.get(from + i) ? 1 << at % 8 : 0);
                at++;
            }
        }
        out.writeBytes(packed);
    }

    private byte[] numbers(int[] levels, int from, int present) {
        boolean wide = column.type() == ColumnType.DOUBLE || column.type() == ColumnType.LONG;
        ByteBuffer out = little(present * (wide ? Long.BYTES : Integer.BYTES));
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] == 1) {
                switch (column) {
                    case DoubleColumn c -> out.putDouble(c.get(from + i));
                    case FloatColumn c -> out.putFloat(c.get(from + i));
                    case LongColumn c -> out.putLong(c.get(from + i));
                    case IntColumn c -> out.putInt(c.get(from + i));
                    default -> throw new AssertionError(column.type());
                }
            }
        }
        return out.array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void bytes(String text, ByteArrayOutputStream out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }
}
