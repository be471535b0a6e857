package org.lanewise.tabular.parquet;

import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/**
 * A column of the file.
 *
 * @param name
 *            its path, levels joined by dots
 * @param index
 *            its place among all columns of a row group
 * @param physical
 *            how values lie in the file
 * @param length
 *            bytes of a FIXED_LEN_BYTE_ARRAY
 * @param optional
 *            whether values may be missing
 * @param meaning
 *            what the values stand for
 * @param scale
 *            of a DECIMAL
 * @param problem
 *            why it cannot be read, or {@code null}
 */
record Leaf(String name, int index, PhysicalType physical, int length, boolean optional, Meaning meaning, int scale,
        String problem) {
    /** What stored values stand for. */
    enum Meaning {
        /** What the physical type says; of dates and times, the stored count of days or time units. */
        PLAIN,
        /** 32 bits without a sign. */
        UNSIGNED_32,
        /** 64 bits without a sign. */
        UNSIGNED_64,
        /** A whole number over a power of ten. */
        DECIMAL,
        /** Two bytes. */
        FLOAT_16
    }

    private static final int LARGEST_SCALE = 300;

    /** Of a leaf of the schema (parquet.thrift, SchemaElement). */
    static Leaf of(Thrift element, String name, int index, String problem) {
        long type = element.number(1);
        if (type < 0 || type >= PhysicalType.values().length) {
            throw new MalformedDataException("column \"" + name + "\" has the unknown type " + type);
        }
        PhysicalType physical = PhysicalType.values()[(int) type];
        int length = Math.clamp(element.number(2, 0), 0, Integer.MAX_VALUE);
        long converted = element.number(6, -1);
        Thrift logical = element.has(10) ? element.struct(10) : new Thrift();
        Meaning meaning = Meaning.PLAIN;
        long scale = 0;
        if (converted == 5 || logical.has(5)) {
            meaning = Meaning.DECIMAL;
            scale = element.number(7, logical.has(5) ? logical.struct(5).number(1, 0) : 0);
        } else if (logical.has(10) && !logical.struct(10).flag(2, true) || converted >= 11 && converted <= 14) {
            boolean wide = physical == PhysicalType.INT64;
            boolean small = converted == 11 || converted == 12; // 8 and 16 bits fit an int as they are.
            meaning = wide ? Meaning.UNSIGNED_64 : small ? Meaning.PLAIN : Meaning.UNSIGNED_32;
        } else if (logical.has(15)) {
            meaning = Meaning.FLOAT_16;
        }
        String fault = problem;
        if (fault == null && physical == PhysicalType.INT96) {
            fault = "INT96 times are not supported; write timestamps as INT64";
        } else if (fault == null && physical == PhysicalType.FIXED_LEN_BYTE_ARRAY && meaning == Meaning.PLAIN) {
            fault = "bytes of fixed length are not supported";
        } else if (fault == null && (scale < 0 || scale > LARGEST_SCALE)) {
            fault = "a decimal of scale " + scale;
        } else if (fault == null && meaning == Meaning.FLOAT_16 && length != 2) {
            fault = "a 16-bit number of " + length + " bytes";
        } else if (fault == null && logical.has(14)) {
            fault = "UUIDs are not supported";
        }
        return new Leaf(name, index, physical, length, element.number(3, 0) == 1, meaning, (int) scale, fault);
    }

    ColumnType type() {
        return switch (meaning) {
            case UNSIGNED_32, UNSIGNED_64 -> ColumnType.LONG;
            case DECIMAL -> ColumnType.DOUBLE;
            case FLOAT_16 -> ColumnType.FLOAT;
            case PLAIN -> switch (physical) {
                case BOOLEAN -> ColumnType.BOOLEAN;
                case INT32 -> ColumnType.INT;
                case INT64 -> ColumnType.LONG;
                case FLOAT -> ColumnType.FLOAT;
                case DOUBLE -> ColumnType.DOUBLE;
                case BYTE_ARRAY, INT96, FIXED_LEN_BYTE_ARRAY -> ColumnType.TEXT;
            };
        };
    }
}
