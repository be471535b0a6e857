package org.lanewise.tabular.io;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.SparseRows;

/**
 * The format of libsvm and svmlight: lines {@code label [qid:q] column:value ... [# comment]}, columns counted from 1 and rising.
 * Packed by gzip or not.
 *
 * @param label
 *            one per row
 * @param query
 *            one per row, or {@code null} if the file has none
 * @param x
 *            the values; column j of the file is column j - 1 here
 */
public record LibSvm(double[] label, long[] query, SparseRows x) {
    private static final int LONGEST_LINE = 1 << 28;

    public LibSvm {
        if (label.length != x.rows() || query != null && query.length != x.rows()) {
            throw new IllegalArgumentException(label.length + " labels for " + x.rows() + " rows");
        }
    }

    /**
     * Reads a file.
     *
     * @param columns
     *            how many there are, or 0 to take as many as the file has
     * @param first
     *            the number of the first column: 1 as a rule, 0 in the files of some programs
     *
     * @throws BadInputException
     *             naming the line, for whatever is wrong
     */
    public static LibSvm read(Path file, int columns, int first) {
        String source = file.toString();
        Rows rows = new Rows(source, columns, first);
        try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(unpack(raw), StandardCharsets.UTF_8), 1 << 16)) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    rows.add(line);
                    line.setLength(0);
                } else if (line.length() == LONGEST_LINE) {
                    throw BadInputException.at(source).line(rows.line + 1).because("longer than any line of data");
                } else {
                    line.append((char) c);
                }
            }
            rows.add(line);
            return rows.done();
        } catch (NoSuchFileException e) {
            throw BadInputException.at(source).causedBy(e).because("no such file");
        } catch (EOFException | ZipException e) {
            throw BadInputException.at(source).causedBy(e)
                    .because("the compressed data is cut short or damaged after line " + rows.line);
        } catch (IOException e) {
            throw BadInputException.at(source).causedBy(e).because("cannot be read: " + e.getMessage());
        }
    }

    /** As {@link #read(Path, int, int)} with as many columns as the file has, counted from 1. */
    public static LibSvm read(Path file) {
        return read(file, 0, 1);
    }

    private static InputStream unpack(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return packed ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /** Writes the stored values, columns counted from 1; the file appears whole or not at all. */
    public static void write(Path file, LibSvm data) {
        try {
            AtomicFile.write(file, stream -> {
                Writer out = new OutputStreamWriter(stream, StandardCharsets.US_ASCII);
                for (int row = 0; row < data.x.rows(); row++) {
                    out.write(number(data.label[row]));
                    if (data.query != null) {
                        out.write(" qid:" + data.query[row]);
                    }
                    for (int i = data.x.start(row); i < data.x.start(row + 1); i++) {
                        out.write(" " + (data.x.index(i) + 1) + ":" + number(data.x.value(i)));
                    }
                    out.write('\n');
                }
                out.flush();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static String number(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Gathers lines. */
    private static final class Rows {
        private final String source;
        private final int declared;
        private final int first;
        private double[] labels = new double[16];
        private long[] queries = new long[16];
        private int[] starts = new int[17];
        private int[] indices = new int[64];
        private double[] values = new double[64];
        private int rows;
        private int size;
        private int width;
        private boolean hasQueries;
        private long line;

        Rows(String source, int declared, int first) {
            this.source = source;
            this.declared = declared;
            this.first = first;
        }

        void add(CharSequence text) {
            line++;
            int end = 0;
            while (end < text.length() && text.charAt(end) != '#') {
                end++;
            }
            String[] parts = text.subSequence(0, end).toString().strip().split("[ \\t]+");
            if (parts[0].isEmpty()) {
                return; // Blank, or nothing but a comment.
            }
            if (rows == labels.length) {
                int larger = grown(rows);
                labels = Arrays.copyOf(labels, larger);
                queries = Arrays.copyOf(queries, larger);
                starts = Arrays.copyOf(starts, larger + 1);
            }
            labels[rows] = number(parts[0], parts[0]);
            int from = 1;
            boolean query = parts.length > 1 && parts[1].startsWith("qid:");
            if (query) {
                queries[rows] = whole(parts[1].substring(4), parts[1]);
                from = 2;
            }
            if (rows > 0 && query != hasQueries) {
                throw at(parts[query ? 1 : 0]).because(query ? "has a query, earlier rows have none" : "has no query");
            }
            hasQueries = query;
            long last = -1;
            for (int i = from; i < parts.length; i++) {
                int colon = parts[i].indexOf(':');
                if (colon < 1) {
                    throw at(parts[i]).because("column:value is needed");
                }
                long column = whole(parts[i].substring(0, colon), parts[i]) - first;
                if (column <= last || column >= (declared > 0 ? declared : Integer.MAX_VALUE - 1)) {
                    throw at(parts[i]).because(column <= last
                            ? "columns must rise, from " + first
                            : declared > 0 ? "there are " + declared + " columns" : "the column is too large");
                }
                store((int) column, number(parts[i].substring(colon + 1), parts[i]));
                last = column;
            }
            starts[++rows] = size;
        }

        private void store(int column, double value) {
            if (size == values.length) {
                indices = Arrays.copyOf(indices, grown(size));
                values = Arrays.copyOf(values, grown(size));
            }
            indices[size] = column;
            values[size++] = value;
            width = Math.max(width, column + 1);
        }

        private int grown(int length) {
            if (length >= Integer.MAX_VALUE - 16) {
                throw BadInputException.at(source).line(line).because("more values than an array can hold");
            }
            return (int) Math.min(Integer.MAX_VALUE - 16, length * 2L);
        }

        private BadInputException.Location at(String part) {
            return BadInputException.at(source).line(line).value(part);
        }

        private double number(String text, String part) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException _) {
                throw at(part).because("not a number");
            }
        }

        private long whole(String text, String part) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException _) {
                throw at(part).because("not a whole number before the colon or after qid");
            }
        }

        LibSvm done() {
            SparseRows x = SparseRows.of(declared > 0 ? declared : width, Arrays.copyOf(starts, rows + 1),
                    Arrays.copyOf(indices, size), Arrays.copyOf(values, size));
            return new LibSvm(Arrays.copyOf(labels, rows), hasQueries ? Arrays.copyOf(queries, rows) : null, x);
        }
    }
}
