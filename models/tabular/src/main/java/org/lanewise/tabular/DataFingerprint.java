package org.lanewise.tabular;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over the parsed values of a table: names, types, and every value in order. Two files that differ only in packing,
 * quoting or the spelling of a number have the same fingerprint. Model files keep it to say what they were trained on.
 */
public final class DataFingerprint {
    private final MessageDigest digest;
    private final byte[] buffer = new byte[1 << 13];
    private int used;

    private DataFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** 64 hexadecimal digits. */
    public static String of(Table table) {
        DataFingerprint print = new DataFingerprint();
        print.add(table.rows());
        for (Column column : table.columns()) {
            print.add(column.name());
            print.add(column.type().name());
            for (int row = 0; row < column.size(); row++) {
                switch (column) {
                    case DoubleColumn c -> print.add(Double.doubleToLongBits(c.get(row)));
                    case FloatColumn c -> print.add(Float.floatToIntBits(c.get(row)));
                    case IntColumn c -> {
                        print.add(c.isMissing(row) ? 0L : 1L);
                        print.add(c.isMissing(row) ? 0L : c.get(row));
                    }
                    case LongColumn c -> {
                        print.add(c.isMissing(row) ? 0L : 1L);
                        print.add(c.isMissing(row) ? 0L : c.get(row));
                    }
                    case BooleanColumn c -> print.add(c.isMissing(row) ? 2L : c.get(row) ? 1L : 0L);
                    case CategoricalColumn c -> print.add(c.text(row));
                    case TextColumn c -> print.add(c.text(row));
                }
            }
        }
        print.flush();
        return HexFormat.of().formatHex(print.digest.digest());
    }

    private void add(String text) {
        if (text == null) {
            add(-1L);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length); // The length keeps "ab","c" apart from "a","bc".
        flush();
        digest.update(bytes);
    }

    private void add(long value) {
        if (used > buffer.length - Long.BYTES) {
            flush();
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[used++] = (byte) (value >>> shift);
        }
    }

    private void flush() {
        digest.update(buffer, 0, used);
        used = 0;
    }
}
