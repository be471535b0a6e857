package org.lanewise.tabular.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.csv.CsvOptions;
import org.lanewise.tabular.parquet.Parquet;
import org.lanewise.tabular.parquet.ParquetOptions;

/**
 * Tables from files of any format: Parquet and NumPy are told by how the file begins, everything else is CSV, packed or not.
 *
 * <pre>{@code
 * Table table = DataFiles.read(Path.of(args[0]), Map.of("zip", ColumnType.CATEGORICAL));
 * }</pre>
 */
public final class DataFiles {
    private DataFiles() {
    }

    private enum Format {
        PARQUET, NUMPY, CSV
    }

    private static Format format(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(6);
            if (Arrays.equals(start, 0, Math.min(4, start.length), "PAR1".getBytes(StandardCharsets.US_ASCII), 0, 4)) {
                return Format.PARQUET;
            }
            boolean npy = start.length == 6 && start[0] == (byte) 0x93
                    && new String(start, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY");
            return npy || file.toString().endsWith(".npz") ? Format.NUMPY : Format.CSV;
        } catch (IOException e) {
            return Format.CSV; // Whose reader says what is wrong with the file.
        }
    }

    public static Table read(Path file) {
        return read(file, Map.of());
    }

    /**
     * @param types
     *            of columns whose type is known; CSV infers the others, Parquet and NumPy files have types
     *
     * @throws BadInputException
     *             of one line, for whatever is wrong with the file
     */
    public static Table read(Path file, Map<String, ColumnType> types) {
        return switch (format(file)) {
            case PARQUET -> Parquet.read(file, parquet(types));
            case NUMPY -> NumpyFiles.read(file);
            case CSV -> Csv.read(file, csv(types));
        };
    }

    /** Reads a CSV or Parquet file of any length in tables of {@code rows} rows, the last one shorter. */
    public static TableChunks chunks(Path file, Map<String, ColumnType> types, int rows) {
        return switch (format(file)) {
            case PARQUET -> Parquet.chunks(file, parquet(types), rows);
            case NUMPY -> throw BadInputException.at(file.toString()).because("NumPy files are not read in chunks");
            case CSV -> Csv.chunks(file, csv(types), rows);
        };
    }

    /** In the format that the name's end says: .parquet, .npy, .npz, otherwise CSV (.gz packs it). */
    public static void write(Path file, Table table) {
        String name = file.toString();
        if (name.endsWith(".parquet")) {
            Parquet.write(file, table);
        } else if (name.endsWith(".npy") || name.endsWith(".npz")) {
            NumpyFiles.write(file, table);
        } else {
            Csv.write(file, table);
        }
    }

    private static ParquetOptions parquet(Map<String, ColumnType> types) {
        ParquetOptions options = ParquetOptions.defaults();
        for (Map.Entry<String, ColumnType> type : types.entrySet()) {
            options = options.withType(type.getKey(), type.getValue());
        }
        return options;
    }

    private static CsvOptions csv(Map<String, ColumnType> types) {
        CsvOptions options = CsvOptions.defaults();
        for (Map.Entry<String, ColumnType> type : types.entrySet()) {
            options = options.withType(type.getKey(), type.getValue());
        }
        return options;
    }
}
