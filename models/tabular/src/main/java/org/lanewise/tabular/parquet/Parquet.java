package org.lanewise.tabular.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;

/**
 * Reads and writes Parquet files of flat tables.
 *
 * <pre>{@code
 * Table all = Parquet.read(Path.of("people.parquet"));
 * Table some = Parquet.read(path, ParquetOptions.defaults().withColumns("id", "city")
 *         .withType("city", ColumnType.CATEGORICAL));
 * try (TableChunks chunks = Parquet.chunks(path, ParquetOptions.defaults(), 100_000)) {
 *     for (Table chunk : chunks) { ... }
 * }
 * Parquet.write(Path.of("out.parquet"), some);
 * }</pre>
 *
 * Read are all encodings of values, data pages of both versions, and the compressions snappy, gzip, zstd, lz4_raw or none.
 * Booleans, 32- and 64-bit integers, floats, doubles and text come as such; 16-bit floats as FLOAT, decimals as DOUBLE, 32-bit
 * integers without sign as LONG; dates and times as the whole number that is stored (days, or the file's unit of time). Nested
 * columns and lists can be left out but not read. Null and NaN are missing.
 * <p>
 * Whatever is wrong with a file is a {@link BadInputException} of one line. Nothing is allocated on the word of a header alone.
 */
public final class Parquet {
    private Parquet() {
    }

    public static Table read(Path file) {
        return read(file, ParquetOptions.defaults());
    }

    public static Table read(Path file, ParquetOptions options) {
        try (ParquetChunks chunks = new ParquetChunks(file, options, Integer.MAX_VALUE - 16)) {
            if (chunks.rowsLeft() > Integer.MAX_VALUE - 16) {
                throw BadInputException.at(file.toString())
                        .because("more rows than an array can hold; read it in chunks");
            }
            return chunks.next();
        }
    }

    /** Reads a file of any length in tables of {@code rows} rows, the last one shorter. */
    public static TableChunks chunks(Path file, ParquetOptions options, int rows) {
        return new ParquetChunks(file, options, rows);
    }

    /**
     * Writes a table, compressed by snappy; the file appears whole or not at all. Reading it back gives an equal table: categories
     * keep their levels and order.
     *
     * @throws UncheckedIOException
     *             if the file cannot be written; its message is one line that names it
     */
    public static void write(Path file, Table table) {
        write(file, List.of(table));
    }

    /**
     * Writes tables one below the other, without holding more than one: the columns, types and levels of all must be those of the
     * first.
     *
     * @throws IllegalArgumentException
     *             if they are not, or there is no table
     */
    public static void write(Path file, Iterable<Table> tables) {
        try {
            ParquetTableWriter.write(file, tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
