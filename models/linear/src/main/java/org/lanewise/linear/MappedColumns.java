package org.lanewise.linear;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.tabular.BadInputException;

/**
 * Predictors in a file, mapped into memory read-only: for data larger than the heap, or shared by several processes. The file has nothing
 * but the values, column after column, little-endian, in single or double precision, as numpy's {@code x.T.tofile} writes them.
 *
 * <pre>{@code
 * try (MappedColumns file = MappedColumns.floats(Path.of("x.f32"), 2_000)) {
 *     path = net.fitPath(file.columns(), response);
 * }
 * }</pre>
 *
 * Fits have the same bits as of the same values in arrays. After {@link #close} using the columns throws {@link IllegalStateException};
 * close only when no fit is running.
 */
public final class MappedColumns implements AutoCloseable {
    private final Arena arena;
    private final ColumnStore columns;

    private MappedColumns(Arena arena, ColumnStore columns) {
        this.arena = arena;
        this.columns = columns;
    }

    /**
     * In single precision.
     *
     * @throws BadInputException
     *             if the file does not have whole columns
     */
    public static MappedColumns floats(Path file, int rows) throws IOException {
        return map(file, rows, true);
    }

    /** In double precision, as {@link #floats}. */
    public static MappedColumns doubles(Path file, int rows) throws IOException {
        return map(file, rows, false);
    }

    private static MappedColumns map(Path file, int rows, boolean single) throws IOException {
        if (rows < 1) {
            throw new IllegalArgumentException(rows + " rows");
        }
        long column = (long) rows * (single ? Float.BYTES : Double.BYTES);
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size % column != 0 || size / column > Integer.MAX_VALUE) {
                throw new BadInputException(file + ": " + size + " bytes are not whole columns of " + rows + " rows in "
                        + (single ? "single" : "double") + " precision");
            }
            MemorySegment segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            int columns = (int) (size / column);
            return new MappedColumns(arena,
                    single ? new MappedFloats(rows, columns, segment) : new MappedDoubles(rows, columns, segment));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Writes a store to a file in single precision. */
    public static void writeFloats(Path file, ColumnStore x) throws IOException {
        write(file, x, Float.BYTES);
    }

    /** Writes a store to a file in double precision. */
    public static void writeDoubles(Path file, ColumnStore x) throws IOException {
        write(file, x, Double.BYTES);
    }

    private static void write(Path file, ColumnStore x, int bytes) throws IOException {
        AtomicFile.write(file, out -> {
            double[] values = new double[x.rows()];
            ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(bytes, x.rows()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int j = 0; j < x.columns(); j++) {
                x.copy(j, 0, values.length, values, 0);
                buffer.clear();
                for (double value : values) {
                    if (bytes == Float.BYTES) {
                        buffer.putFloat((float) value);
                    } else {
                        buffer.putDouble(value);
                    }
                }
                out.write(buffer.array());
            }
        });
    }

    public ColumnStore columns() {
        return columns;
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        arena.close();
    }
}
