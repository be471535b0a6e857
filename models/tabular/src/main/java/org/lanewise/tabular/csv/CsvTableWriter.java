package org.lanewise.tabular.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/** Puts a table into a file. */
final class CsvTableWriter {
    private CsvTableWriter() {
    }

    static void write(Path file, Iterator<Table> tables) throws IOException {
        AtomicFile.write(file, out -> {
            if (!file.getFileName().toString().endsWith(".gz")) {
                write(out, tables);
                return;
            }
            GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16);
            write(packed, tables);
            packed.finish(); // Closing would close the file before it is safe on the disk.
        });
    }

    static void write(OutputStream out, Iterator<Table> tables) throws IOException {
        if (!tables.hasNext()) {
            throw new IllegalArgumentException("no table to write");
        }
        Table table = tables.next();
        List<String> names = table.names();
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).quoteStrategy(quoting(table.columns()))
                .build(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16));
        writer.writeRecord(names);
        rows(writer, table);
        while (tables.hasNext()) {
            table = tables.next();
            if (!table.names().equals(names)) {
                throw new IllegalArgumentException(
                        "tables of one file have the columns " + names + " and " + table.names());
            }
            rows(writer, table);
        }
        writer.flush();
    }

    private static void rows(CsvWriter writer, Table table) {
        List<Column> columns = table.columns();
        String[] fields = new String[columns.size()];
        for (int row = 0; row < table.rows(); row++) {
            for (int j = 0; j < fields.length; j++) {
                fields[j] = columns.get(j).text(row);
            }
            writer.writeRecord(fields);
        }
    }

    /**
     * Quotes text that would read back as missing, and a lone empty field, whose line would otherwise be blank and skipped.
     */
    private static QuoteStrategy quoting(List<Column> columns) {
        Set<String> tokens = CsvOptions.defaults().missing();
        boolean single = columns.size() == 1;
        return new QuoteStrategy() {
            @Override
            public boolean quoteNull(int line, int field) {
                return single;
            }

            @Override
            public boolean quoteValue(int line, int field, String value) {
                ColumnType type = columns.get(field).type();
                return (type == ColumnType.TEXT || type == ColumnType.CATEGORICAL) && tokens.contains(value.strip());
            }
        };
    }
}
