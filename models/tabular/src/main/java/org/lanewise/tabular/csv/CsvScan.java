package org.lanewise.tabular.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/**
 * One pass over a CSV file: the header when it is opened, then row after row into the {@link ColumnReader}s. Fields go from
 * the parser's buffer to the columns without a String in between.
 */
final class CsvScan implements AutoCloseable {
    private final CsvSource source;
    private final CsvOptions options;
    private final List<char[]> missing;
    private final boolean missingDigits;
    private final CsvReader<Integer> reader;
    private final CloseableIterator<Integer> records;
    private List<String> header;
    /** The column that a field goes to; null where it is not wanted. */
    private ColumnReader[] targets = {};
    private ColumnReader[] wanted = {};
    private long rows;
    private long line;

    CsvScan(CsvSource source, CsvOptions options, Map<String, ColumnType> types) throws IOException {
        this.source = source;
        this.options = options;
        this.missing = options.missing().stream().map(String::toCharArray).toList();
        this.missingDigits = options.missing().stream()
                .anyMatch(token -> !token.isEmpty() && Character.isDigit(token.charAt(token.length() - 1)));
        Reader text = source.open(options.charset());
        this.reader = CsvReader.builder()
                .fieldSeparator(options.separator())
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // Counted here, for a better message.
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(Math.max(options.longestField() + 1, 1 << 16))
                .build(new Handler(), text);
        this.records = reader.iterator();
        try {
            readHeader(types);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void readHeader(Map<String, ColumnType> types) {
        header = new ArrayList<>();
        if (!advance()) {
            throw BadInputException.at(source.name()).because("empty: there is no header line");
        }
        Map<String, Integer> place = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name.isEmpty()) {
                throw BadInputException.at(source.name()).line(line).because("header field " + (i + 1) + " is empty");
            }
            if (place.put(name, i) != null) {
                throw BadInputException.at(source.name()).line(line).column(name)
                        .because("appears twice in the header");
            }
        }
        List<String> kept = options.columns().isEmpty() ? header : options.columns();
        targets = new ColumnReader[header.size()];
        wanted = new ColumnReader[kept.size()];
        for (int i = 0; i < wanted.length; i++) {
            Integer field = place.get(kept.get(i));
            if (field == null) {
                List<String> shown = header.subList(0, Math.min(20, header.size()));
                throw BadInputException.at(source.name()).column(kept.get(i)).because("not in the header, which has "
                        + String.join(", ", shown)
                        + (shown.size() < header.size() ? ", ... (" + header.size() + ")" : ""));
            }
            if (targets[field] == null) {
                targets[field] = new ColumnReader(kept.get(i), types.get(kept.get(i)));
            }
            wanted[i] = targets[field];
        }
        header = null;
    }

    ColumnReader[] columns() {
        return wanted;
    }

    /** Reads one data row; false at the end of the file. */
    boolean next() {
        if (!advance()) {
            return false;
        }
        rows++;
        if (rows > Integer.MAX_VALUE - 16) {
            throw BadInputException.at(source.name()).because("more rows than an array can hold; read it in chunks");
        }
        return true;
    }

    /** The rows gathered since the last call. */
    Table drain() {
        return Table.of(source.name(), Arrays.stream(wanted).<Column>map(ColumnReader::drain).toList());
    }

    private boolean advance() {
        try {
            if (!records.hasNext()) {
                return false;
            }
            int fields = records.next();
            if (header == null && fields != targets.length) {
                throw BadInputException.at(source.name()).row(rows + 1, line)
                        .because("has " + fields + " fields, the header has " + targets.length);
            }
            return true;
        } catch (UncheckedIOException | CsvParseException e) {
            throw explain(e);
        }
    }

    private RuntimeException explain(RuntimeException thrown) {
        BadInputException.Location where = BadInputException.at(source.name()).causedBy(thrown);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BadInputException e -> {
                    return e;
                }
                case EOFException _ -> {
                    return where.because("the compressed data is cut short after line " + line);
                }
                case NulGuard.NulException _ -> {
                    return where.because("holds a NUL byte shortly after line " + line + ": not text, or damaged");
                }
                case ZipException e -> {
                    return where.because("damaged gzip data after line " + line + ": " + e.getMessage());
                }
                case CharacterCodingException _ -> {
                    return where.because("not " + options.charset() + " text shortly after line " + line);
                }
                default -> {
                    // Look further down.
                }
            }
        }
        if (thrown instanceof CsvParseException) {
            String message = thrown.getCause() == null ? thrown.getMessage() : thrown.getCause().getMessage();
            if (message != null && message.contains("buffer")) {
                return where.because("a field after line " + line + " is longer than " + options.longestField()
                        + " characters (an unclosed quote, or not CSV)");
            }
            return where.because("not well-formed CSV after line " + line + ": " + message);
        }
        return thrown;
    }

    @Override
    public void close() throws UncheckedIOException {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives the fields. */
    private final class Handler extends AbstractBaseCsvCallbackHandler<Integer> {
        @Override
        protected void handleBegin(long startingLine) {
            line = startingLine;
        }

        @Override
        protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
            if (length > options.longestField()) {
                throw BadInputException.at(source.name()).line(line).because(
                        "field " + (field + 1) + " is longer than " + options.longestField() + " characters");
            }
            if (header != null) {
                header.add(new String(buffer, offset, length).strip());
            } else if (field < targets.length && targets[field] != null) {
                store(targets[field], buffer, offset, length, quoted);
            }
        }

        private void store(ColumnReader column, char[] buffer, int offset, int length, boolean quoted) {
            if (length == 0 && quoted || isMissing(buffer, offset, length, quoted && column.isText())) {
                column.addMissing(quoted && length > 0);
            } else if (!column.add(buffer, offset, offset + length)) {
                throw BadInputException.at(source.name()).row(rows + 1, line).column(column.name())
                        .value(new String(buffer, offset, length)).because(column.expectation());
            }
        }

        @Override
        protected Integer buildRecord() {
            return getFieldCount();
        }
    }

    private boolean isMissing(char[] buffer, int offset, int length, boolean literal) {
        if (literal) {
            return false;
        }
        int from = offset;
        int to = offset + length;
        while (from < to && buffer[from] <= ' ') {
            from++;
        }
        while (to > from && buffer[to - 1] <= ' ') {
            to--;
        }
        if (to > from && buffer[to - 1] >= '0' && buffer[to - 1] <= '9' && !missingDigits) {
            return false; // Most fields: numbers, when no token ends in a digit.
        }
        for (char[] token : missing) {
            if (Arrays.equals(token, 0, token.length, buffer, from, to)) {
                return true;
            }
        }
        return false;
    }
}
