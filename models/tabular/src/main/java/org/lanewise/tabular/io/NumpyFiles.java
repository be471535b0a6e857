package org.lanewise.tabular.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.io.Npy;
import org.lanewise.engine.io.NpyArray;
import org.lanewise.engine.io.Npz;
import org.lanewise.engine.io.StorageType;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.FloatColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.Table;

/**
 * Tables as NumPy files. An npy file is one array: n values are one column {@code x}, n x p values the columns {@code x0 .. x<p-1>}.
 * An npz file is named arrays of n rows each: a column by that name, or columns {@code name0, name1 ...}. Types are kept: 8-byte
 * floats are DOUBLE, shorter ones FLOAT, 8-byte integers LONG, shorter ones INT.
 *
 * <pre>{@code
 * Table table = NumpyFiles.read(Path.of("train.npz"));
 * NumpyFiles.write(Path.of("out.npz"), table.without("name"));
 * }</pre>
 */
public final class NumpyFiles {
    private NumpyFiles() {
    }

    /**
     * Reads an npz file if the name ends so, else an npy file.
     *
     * @throws BadInputException
     *             if the file is not sound, or its arrays are not columns of one length
     */
    public static Table read(Path file) {
        String source = file.toString();
        try {
            Map<String, NpyArray> arrays = source.endsWith(".npz")
                    ? Npz.readArrays(file)
                    : Map.of("x", Npy.readArray(file));
            List<Column> columns = new ArrayList<>();
            for (Map.Entry<String, NpyArray> entry : arrays.entrySet()) {
                columns.addAll(columns(source, entry.getKey(), entry.getValue()));
            }
            for (Column column : columns) {
                if (column.size() != columns.getFirst().size()) {
                    throw BadInputException.at(source).column(column.name()).because("has " + column.size()
                            + " rows, column \"" + columns.getFirst().name() + "\" " + columns.getFirst().size());
                }
            }
            return Table.of(source, columns);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(source).causedBy(e).because("no such file");
        } catch (IOException e) { // Its message begins with the file's name.
            throw new BadInputException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw BadInputException.at(source).causedBy(e).because(e.getMessage());
        }
    }

    private static List<Column> columns(String source, String name, NpyArray array) {
        int[] shape = array.shape();
        if (shape.length < 1 || shape.length > 2) {
            throw BadInputException.at(source).because("array \"" + name + "\" of shape " + Arrays.toString(shape)
                    + " is neither a column nor a matrix");
        }
        int rows = shape[0];
        int width = shape.length == 1 ? 1 : shape[1];
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            int start = array.fortran() ? j * rows : j;
            int step = array.fortran() ? 1 : width;
            columns.add(column(shape.length == 1 ? name : name + j, array, rows, start, step));
        }
        return columns;
    }

    private static Column column(String name, NpyArray array, int rows, int start, int step) {
        return switch (array.type()) {
            case F64 -> {
                double[] values = new double[rows];
                Arrays.setAll(values, i -> array.doubleAt(start + i * step));
                yield DoubleColumn.of(name, values);
            }
            case F32, F16, BF16 -> {
                float[] values = new float[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = array.floatAt(start + i * step);
                }
                yield FloatColumn.of(name, values);
            }
            case I64 -> {
                long[] values = new long[rows];
                Arrays.setAll(values, i -> array.longAt(start + i * step));
                yield LongColumn.of(name, values);
            }
            case I32, I16, I8, U8 -> {
                int[] values = new int[rows];
                Arrays.setAll(values, i -> (int) array.longAt(start + i * step));
                yield IntColumn.of(name, values);
            }
            case BOOL -> {
                boolean[] values = new boolean[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = array.longAt(start + i * step) != 0;
                }
                yield BooleanColumn.of(name, values);
            }
        };
    }

    /**
     * Writes the columns as named arrays if the name ends in ".npz", else all of them as one matrix of doubles. In an npz file the
     * types stay, except that whole numbers and booleans with missing rows become doubles. The file appears whole or not at all.
     *
     * @throws IllegalArgumentException
     *             if a column holds text or categories: encode it first
     * @throws UncheckedIOException
     *             if the file cannot be written
     */
    public static void write(Path file, Table table) {
        for (Column column : table.columns()) {
            if (!column.type().isNumeric()) {
                throw new IllegalArgumentException(
                        "column \"" + column.name() + "\" holds text; NumPy files hold numbers");
            }
        }
        try {
            if (!file.toString().endsWith(".npz")) {
                Npy.write(file, matrix(table));
                return;
            }
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            table.columns().forEach(column -> arrays.put(column.name(), array(column)));
            Npz.writeArrays(file, arrays);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static NpyArray matrix(Table table) {
        List<Column> columns = table.columns();
        NpyArray matrix = NpyArray.zeros(StorageType.F64, table.rows(), columns.size());
        for (int row = 0; row < table.rows(); row++) {
            for (Column column : columns) {
                matrix.data().putDouble(column.number(row));
            }
        }
        return matrix;
    }

    private static NpyArray array(Column column) {
        boolean gaps = column.missingCount() > 0;
        NpyArray array = NpyArray.zeros(storage(column.type(), gaps), column.size());
        for (int row = 0; row < column.size(); row++) {
            switch (array.type()) {
                case F32 -> array.data().putFloat((float) column.number(row));
                case I64 -> array.data().putLong(((LongColumn) column).get(row));
                case I32 -> array.data().putInt((int) column.number(row));
                case BOOL -> array.data().put((byte) column.number(row));
                default -> array.data().putDouble(column.number(row));
            }
        }
        return array;
    }

    private static StorageType storage(ColumnType type, boolean gaps) {
        return switch (type) {
            case FLOAT -> StorageType.F32;
            case INT -> gaps ? StorageType.F64 : StorageType.I32;
            case LONG -> gaps ? StorageType.F64 : StorageType.I64;
            case BOOLEAN -> gaps ? StorageType.F64 : StorageType.BOOL;
            default -> StorageType.F64;
        };
    }
}
