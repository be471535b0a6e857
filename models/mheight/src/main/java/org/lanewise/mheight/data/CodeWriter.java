package org.lanewise.mheight.data;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;

/** Writes random codes with exact heights as the CSV that {@link CodeTable} reads. */
public final class CodeWriter {
    private static final int BLOCK = 8192;
    /** Of an endless stream: few, so that the first rows come at once. */
    private static final int STREAMED = 1024;

    private CodeWriter() {}

    /**
     * Writes {@code perGroup} codes of finite height for each group, group after group. Groups of one shape share their codes.
     *
     * @param out CSV, packed if it ends in {@code .gz}; appears whole or not at all
     * @return rows written
     */
    public static long write(Path out, CodeLaw law, List<Group> groups, int perGroup, long seed) {
        long[] written = new long[1];
        Csv.write(out, new Iterator<>() {
            private int group;
            private int left = perGroup;
            private long next;
            private Source source;

            @Override
            public boolean hasNext() {
                return group < groups.size();
            }

            @Override
            public Table next() {
                if (!hasNext()) throw new NoSuchElementException();
                Group g = groups.get(group);
                if (source == null || !source.shape().equals(g.shape())) source = new Source(law, g.shape(), seed);
                source.take(next, BLOCK);
                CodeRows rows = new CodeRows(groups, BLOCK);
                for (int i = 0; i < BLOCK && rows.size() < left; i++) source.addTo(rows, i, g);
                next += BLOCK;
                left -= rows.size();
                written[0] += rows.size();
                if (left == 0) {
                    group++;
                    left = perGroup;
                    next = 0;
                }
                return rows.table();
            }
        });
        return written[0];
    }

    /**
     * Writes codes without end, in bounded memory: of code number {@code from}, {@code from + 1} ... a row for each group whose height
     * is finite. A first column, {@code code}, has the number, so that a stream can be continued behind its last one. A group's
     * codes are those of {@link #write}, in the same order.
     *
     * @param out     takes CSV; is flushed at the end and not closed
     * @param stop    asked before each block; once true, the last row is finished
     * @param written told the rows written so far
     * @throws java.io.UncheckedIOException if {@code out} fails
     */
    public static void stream(OutputStream out, CodeLaw law, List<Group> groups, long seed, long from,
            BooleanSupplier stop, LongConsumer written) {
        Map<CodeShape, Source> sources = new LinkedHashMap<>();
        for (Group g : groups) sources.computeIfAbsent(g.shape(), shape -> new Source(law, shape, seed));
        Csv.write(out, new Iterator<>() {
            private long next = from;
            private long rowsSoFar;

            @Override
            public boolean hasNext() {
                return next == from || !stop.getAsBoolean();
            }

            @Override
            public Table next() {
                written.accept(rowsSoFar);
                for (Source source : sources.values()) source.take(next, STREAMED);
                CodeRows rows = new CodeRows(groups, STREAMED * groups.size());
                for (int i = 0; i < STREAMED; i++)
                    for (Group g : groups) sources.get(g.shape()).addTo(rows, i, g);
                next += STREAMED;
                rowsSoFar += rows.size();
                return rows.numberedTable();
            }
        });
    }

    /** A block of the numbered codes of one shape, with all their heights. */
    private static final class Source {
        private final CodeStream codes;
        private final ExactSolver solver;
        private long first;
        private double[] p;
        private double[] h;

        Source(CodeLaw law, CodeShape shape, long seed) {
            codes = new CodeStream(law, shape, seed);
            solver = ExactSolver.of(shape);
        }

        CodeShape shape() {
            return codes.shape();
        }

        void take(long from, int count) {
            first = from;
            p = codes.take(from, count);
            h = new double[count * shape().parity()];
            solver.heights(p, count, h);
        }

        /** Adds code i of the block if its height is finite. */
        void addTo(CodeRows rows, int i, Group g) {
            double height = h[i * shape().parity() + g.m() - 1];
            if (Double.isFinite(height)) rows.add(first + i, g, p, i * shape().entries(), height);
        }
    }
}
