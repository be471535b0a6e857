package org.lanewise.tabular.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Conversions;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;
import org.lanewise.tabular.parquet.codec.MalformedDataException;
import tools.jackson.databind.JsonNode;

/** The tables of a file read piece by piece; of each column one page is held. */
final class ParquetChunks implements TableChunks {
    /** The note in a file's metadata that keeps the levels of categories, by column. */
    static final String LEVELS = "lanewise.levels";

    private final String source;
    private final int rows;
    private final FileChannel file;
    private final Footer footer;
    private final Map<String, ColumnType> types;
    private final Map<String, List<String>> levels = new HashMap<>();
    private final List<ColumnCursor> cursors = new ArrayList<>();
    private long left;
    private boolean started;

    ParquetChunks(Path path, ParquetOptions options, int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows of a chunk must be positive: " + rows);
        }
        this.source = path.toString();
        this.rows = rows;
        this.types = options.types();
        try {
            if (Files.isDirectory(path)) {
                throw BadInputException.at(source).because("is a directory, not a file");
            }
            file = FileChannel.open(path);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(source).causedBy(e).because("no such file");
        } catch (AccessDeniedException e) {
            throw BadInputException.at(source).causedBy(e).because("cannot be read: permission denied");
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            footer = Footer.read(file);
            left = footer.rows();
            open(options);
        } catch (MalformedDataException e) {
            close();
            throw BadInputException.at(source).causedBy(e).because(e.getMessage());
        } catch (IOException e) {
            close();
            throw unreadable(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private BadInputException unreadable(IOException e) {
        return BadInputException.at(source).causedBy(e).because("cannot be read: " + e.getMessage());
    }

    private void open(ParquetOptions options) {
        Map<String, Leaf> byName = new LinkedHashMap<>();
        for (Leaf leaf : footer.leaves()) {
            if (byName.put(leaf.name(), leaf) != null) {
                throw BadInputException.at(source).column(leaf.name()).because("appears twice");
            }
        }
        Batch batch = new Batch(); // Shared: columns are read one after another.
        for (String name : options.columns().isEmpty() ? byName.keySet() : options.columns()) {
            Leaf leaf = byName.get(name);
            if (leaf == null) {
                List<String> shown = byName.keySet().stream().limit(20).toList();
                throw BadInputException.at(source).column(name).because("no such column; there are "
                        + String.join(", ", shown) + (shown.size() < byName.size() ? ", ..." : ""));
            }
            if (leaf.problem() != null) {
                throw BadInputException.at(source).column(name)
                        .because(leaf.problem() + " (name the columns to read to leave it out)");
            }
            cursors.add(new ColumnCursor(source, file, footer, leaf, batch));
        }
        String note = footer.notes().get(LEVELS);
        if (note != null) {
            for (Map.Entry<String, JsonNode> column : JsonFiles.parse(source, note).properties()) {
                List<String> own = new ArrayList<>();
                column.getValue().forEach(level -> own.add(level.asString()));
                levels.put(column.getKey(), own);
            }
        }
    }

    @Override
    public boolean hasNext() {
        return left > 0 || !started; // A file without rows is one table without rows.
    }

    @Override
    public Table next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        started = true;
        int n = (int) Math.min(left, rows);
        List<Column> columns = new ArrayList<>();
        try {
            for (ColumnCursor cursor : cursors) {
                columns.add(typed(cursor.read(n)));
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (OutOfMemoryError e) { // Equal values take next to nothing in the file.
            throw BadInputException.at(source).causedBy(e).because("does not fit in memory; read it in chunks");
        }
        left -= n;
        return Table.of(source, columns);
    }

    private Column typed(Column column) {
        ColumnType type = types.get(column.name());
        List<String> known = levels.get(column.name());
        if (known != null && (type == null || type == ColumnType.CATEGORICAL)) {
            Map<String, Integer> codes = new HashMap<>();
            known.forEach(level -> codes.put(level, codes.size()));
            int[] coded = new int[column.size()];
            Arrays.setAll(coded, row -> column.isMissing(row)
                    ? CategoricalColumn.MISSING
                    : codes.getOrDefault(column.text(row), known.size()));
            for (int row = 0; row < coded.length; row++) {
                if (coded[row] == known.size()) {
                    throw BadInputException.at(source).row(row + 1L).column(column.name()).value(column.text(row))
                            .because("is not among the levels that the file lists");
                }
            }
            return CategoricalColumn.of(column.name(), known, coded);
        }
        try {
            return type == null ? column : Conversions.convert(column, type);
        } catch (BadInputException e) {
            throw new BadInputException(source + ": " + e.getMessage(), e);
        }
    }

    /** Rows that are still to come. */
    long rowsLeft() {
        return left;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
