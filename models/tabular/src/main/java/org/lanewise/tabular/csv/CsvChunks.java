package org.lanewise.tabular.csv;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;

/** The tables of a file read piece by piece; to be closed, and to be iterated once. */
public final class CsvChunks implements TableChunks {
    private final int rows;
    private CsvScan scan;
    private Table first;
    private boolean pending;

    CsvChunks(CsvSource source, CsvOptions options, int rows) throws IOException {
        if (rows < 1) {
            throw new IllegalArgumentException("rows of a chunk must be positive: " + rows);
        }
        this.rows = rows;
        Map<String, ColumnType> types = new HashMap<>(options.types());
        // The first chunk may have to be read twice, when a column turns out to be text.
        while (first == null) {
            scan = new CsvScan(source, options, types);
            try {
                gather();
                boolean again = false;
                for (ColumnReader column : scan.columns()) {
                    if (column.mustReread()) {
                        types.put(column.name(), ColumnType.TEXT);
                        again = true;
                    }
                    column.settle();
                }
                if (again) {
                    scan.close();
                } else {
                    first = scan.drain();
                }
            } catch (RuntimeException e) {
                scan.close();
                throw e;
            }
        }
    }

    private void gather() {
        int count = 0;
        pending = true;
        while (count < rows && (pending = scan.next())) {
            count++;
        }
    }

    @Override
    public boolean hasNext() {
        if (first == null && pending) {
            gather();
            first = scan.drain();
        }
        return first != null && first.rows() > 0;
    }

    /**
     * The next chunk.
     *
     * @throws BadInputException if a field does not fit the type settled by the first chunk, or the file is malformed
     */
    @Override
    public Table next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Table chunk = first;
        first = null;
        return chunk;
    }

    @Override
    public void close() {
        scan.close();
    }
}
