package org.lanewise.tabular.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/**
 * Reads and writes CSV as of RFC 4180: one header line, quoted fields, LF or CRLF, with or without a byte order mark, packed
 * by gzip or not (told by the content, not the name).
 *
 * <pre>{@code
 * Table all = Csv.read(Path.of("people.csv.gz"));
 * Table some = Csv.read(path, CsvOptions.defaults().withColumns("id", "age").withType("id", ColumnType.TEXT));
 * try (CsvChunks chunks = Csv.chunks(path, CsvOptions.defaults(), 100_000)) {
 *     for (Table chunk : chunks) { ... }
 * }
 * Csv.write(Path.of("out.csv"), some);
 * }</pre>
 *
 * A column whose type is not given is, over all its present fields: long if all are whole numbers, double if all are numbers,
 * boolean if all are true or false, double if all are missing, else text. Whole numbers too large for a long make text, so that
 * no identifier is rounded. Blank lines are skipped.
 * <p>
 * Whatever is wrong with the file is a {@link BadInputException} of one line that says where.
 */
public final class Csv {
    private Csv() {
    }

    public static Table read(Path file) {
        return read(file, CsvOptions.defaults());
    }

    public static Table read(Path file, CsvOptions options) {
        return read(CsvSource.of(file), options);
    }

    /** Reads text or gzip held in memory; {@code name} stands for the file in messages. */
    public static Table read(String name, byte[] content, CsvOptions options) {
        return read(CsvSource.of(name, content), options);
    }

    private static Table read(CsvSource source, CsvOptions options) {
        Map<String, ColumnType> types = new HashMap<>(options.types());
        while (true) {
            try (CsvScan scan = new CsvScan(source, options, types)) {
                while (scan.next()) {
                    // The scan gathers the rows.
                }
                boolean again = false;
                for (ColumnReader column : scan.columns()) {
                    if (column.mustReread()) {
                        types.put(column.name(), ColumnType.TEXT);
                        again = true;
                    }
                }
                if (!again) {
                    return scan.drain();
                }
            } catch (IOException e) {
                throw unreadable(source, e);
            } catch (OutOfMemoryError e) { // A packed file can hold a thousand times its size.
                throw BadInputException.at(source.name()).causedBy(e)
                        .because("does not fit in memory; read it in chunks");
            }
        }
    }

    /**
     * Reads a file of any length in tables of {@code rows} rows, the last one shorter. Types not given are inferred over the
     * first chunk, whole numbers as double, and then hold for the file.
     */
    public static CsvChunks chunks(Path file, CsvOptions options, int rows) {
        CsvSource source = CsvSource.of(file);
        try {
            return new CsvChunks(source, options, rows);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    static BadInputException unreadable(CsvSource source, IOException e) {
        String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return BadInputException.at(source.name()).causedBy(e).because("cannot be read: " + detail);
    }

    /**
     * Writes a table: comma, LF, missing as an empty field, doubles in the shortest form that reads back the same. The file
     * appears whole or not at all; a name that ends in ".gz" gets gzip. Reading it back gives an equal table, except that
     * empty text becomes missing and a double column of whole numbers becomes long.
     *
     * @throws UncheckedIOException
     *             if the file cannot be written; its message is one line that names it
     */
    public static void write(Path file, Table table) {
        write(file, List.of(table).iterator());
    }

    /**
     * As {@link #write(Path, Table)}, for tables of the same columns one after the other, each taken when the one before is
     * written: the file may be larger than memory.
     *
     * @throws IllegalArgumentException
     *             if there is no table, or one has other columns
     */
    public static void write(Path file, Iterator<Table> tables) {
        try {
            CsvTableWriter.write(file, tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * As {@link #write(Path, Iterator)}, into a stream, such as standard output: tables without end go through in bounded memory.
     *
     * @param out
     *            is flushed at the end and not closed
     * @throws UncheckedIOException
     *             if it fails
     */
    public static void write(OutputStream out, Iterator<Table> tables) {
        try {
            CsvTableWriter.write(out, tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
