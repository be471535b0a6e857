package org.lanewise.tabular.parquet;

import java.util.Arrays;
import java.util.BitSet;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.FloatColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.TextColumn;

/** Gathers the rows of one column; grows with what arrives. */
final class ColumnBuilder {
    private static final int LARGEST = Integer.MAX_VALUE - 16;

    private final String name;
    private final ColumnType type;
    private final BitSet missing = new BitSet();
    private long[] longs = {};
    private double[] doubles = {};
    private float[] floats = {};
    private int[] ints = {};
    private String[] texts = {};
    private int size;

    ColumnBuilder(String name, ColumnType type) {
        this.name = name;
        this.type = type;
    }

    private int grown(int more) {
        return (int) Math.min(LARGEST, Math.max(size + (long) more, size + (size >> 1) + 16L));
    }

    /**
     * Adds n rows.
     *
     * @param present
     *            1 for a row that takes the next value of the batch, 0 for a missing one; {@code null} for all present
     */
    void add(Batch batch, int[] present, int n) {
        switch (type) {
            case FLOAT -> {
                floats = size + n > floats.length ? Arrays.copyOf(floats, grown(n)) : floats;
                for (int i = 0, v = 0; i < n; i++) {
                    floats[size + i] = present == null || present[i] == 1 ? (float) batch.doubles[v++] : Float.NaN;
                }
            }
            case DOUBLE -> {
                doubles = size + n > doubles.length ? Arrays.copyOf(doubles, grown(n)) : doubles;
                for (int i = 0, v = 0; i < n; i++) {
                    doubles[size + i] = present == null || present[i] == 1 ? batch.doubles[v++] : Double.NaN;
                }
            }
            case TEXT, CATEGORICAL -> {
                texts = size + n > texts.length ? Arrays.copyOf(texts, grown(n)) : texts;
                for (int i = 0, v = 0; i < n; i++) {
                    texts[size + i] = present == null || present[i] == 1 ? batch.texts[v++] : null;
                }
            }
            case INT -> {
                ints = size + n > ints.length ? Arrays.copyOf(ints, grown(n)) : ints;
                for (int i = 0, v = 0; i < n; i++) {
                    if (present == null || present[i] == 1) {
                        ints[size + i] = (int) batch.longs[v++];
                    } else {
                        missing.set(size + i);
                    }
                }
            }
            case LONG, BOOLEAN -> {
                longs = size + n > longs.length ? Arrays.copyOf(longs, grown(n)) : longs;
                for (int i = 0, v = 0; i < n; i++) {
                    if (present == null || present[i] == 1) {
                        longs[size + i] = batch.longs[v++];
                    } else {
                        missing.set(size + i);
                    }
                }
            }
        }
        size += n;
    }

    /** The rows so far; the builder starts again with none. */
    Column drain() {
        Column column = switch (type) {
            case FLOAT -> FloatColumn.of(name, Arrays.copyOf(floats, size));
            case DOUBLE -> DoubleColumn.of(name, Arrays.copyOf(doubles, size));
            case INT -> IntColumn.of(name, Arrays.copyOf(ints, size), missing);
            case LONG -> LongColumn.of(name, Arrays.copyOf(longs, size), missing);
            case BOOLEAN -> {
                BitSet flags = new BitSet(size);
                for (int i = 0; i < size; i++) {
                    flags.set(i, longs[i] == 1 && !missing.get(i));
                }
                yield BooleanColumn.of(name, size, flags, missing);
            }
            case TEXT, CATEGORICAL -> TextColumn.of(name, Arrays.copyOf(texts, size));
        };
        size = 0;
        missing.clear();
        return column;
    }
}
