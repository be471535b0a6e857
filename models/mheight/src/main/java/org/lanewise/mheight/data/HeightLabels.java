package org.lanewise.mheight.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

/**
 * Puts m-heights, exact or predicted, beside the codes of tables. Counts what it did; not thread-safe, but may compute in parallel.
 *
 * <pre>{@code
 * HeightLabels labels = HeightLabels.exact();
 * Table labelled = labels.label(table, 0); // one more column, mheight
 * }</pre>
 */
public final class HeightLabels {
    /** The column of exact heights; an older one of this name is replaced. */
    public static final String COLUMN = "mheight";

    private final String column;
    private final Source source;
    private long codes;
    private long heights;
    private long infinite;
    private long sourceNanos;

    /** Where heights come from. */
    @FunctionalInterface
    public interface Source {
        /**
         * All heights of codes of one shape.
         *
         * @param p {@code count} matrices row by row, one after the other
         * @return h_1 .. h_{n-k} of each; NaN where unknown
         */
        double[] heights(CodeShape shape, double[] p, int count);

        /** Does what makes the first call as fast as later ones; nothing unless overridden. */
        default void warmUp() {}
    }

    /** @param column the name of the column added; an older one of this name is replaced */
    public HeightLabels(String column, Source source) {
        this.column = column;
        this.source = source;
    }

    /** Exact heights in a column {@value #COLUMN}. */
    public static HeightLabels exact() {
        Map<CodeShape, ExactSolver> solvers = new LinkedHashMap<>();
        return new HeightLabels(COLUMN, new Source() {
            @Override
            public double[] heights(CodeShape shape, double[] p, int count) {
                double[] heights = new double[count * shape.parity()];
                solvers.computeIfAbsent(shape, ExactSolver::of).heights(p, count, heights);
                return heights;
            }

            @Override
            public void warmUp() {
                ExactSolver.warmUp();
            }
        });
    }

    void warmUp() {
        source.warmUp();
    }

    /** The codes of one shape in a table. */
    private static final class Group {
        private int[] rows = new int[16];
        private double[] heights;
        private int count;

        int add(int row) {
            if (count == rows.length) rows = Arrays.copyOf(rows, 2 * count);
            rows[count] = row;
            return count++;
        }
    }

    /**
     * The rows with their heights, the decimal that reads back as the same number, {@code inf} where infinite. A row whose m is
     * empty becomes a row for each m = 1 .. n - k whose height the source knows.
     *
     * @param table  codes as {@link CodeTable} says
     * @param before rows of the file before this table's first, for messages
     * @throws org.lanewise.tabular.BadInputException of one line, for whatever is wrong with a row
     */
    public Table label(Table table, long before) {
        CodeTable input = new CodeTable(table, before);
        Map<CodeShape, Group> groups = new LinkedHashMap<>();
        CodeShape[] shapes = new CodeShape[input.rows()];
        int[] place = new int[input.rows()];
        OptionalInt[] wanted = new OptionalInt[input.rows()];
        int results = 0;
        for (int row = 0; row < shapes.length; row++) {
            shapes[row] = input.shape(row);
            wanted[row] = input.height(row, shapes[row]);
            results += wanted[row].isPresent() ? 1 : shapes[row].parity();
            place[row] = groups.computeIfAbsent(shapes[row], _ -> new Group()).add(row);
        }
        groups.forEach((shape, group) -> solve(input, shape, group));

        int[] rows = new int[results];
        String[] m = new String[results];
        String[] text = new String[results];
        int at = 0;
        for (int row = 0; row < shapes.length; row++) {
            int parity = shapes[row].parity();
            double[] h = groups.get(shapes[row]).heights;
            int first = wanted[row].orElse(1);
            int last = wanted[row].orElse(parity);
            for (int height = first; height <= last; height++) {
                double value = h[place[row] * parity + height - 1];
                if (Double.isNaN(value)) {
                    if (wanted[row].isPresent()) throw input.unknown(row, height);
                    continue;
                }
                rows[at] = row;
                m[at] = String.valueOf(height);
                text[at++] = text(value);
                if (Double.isInfinite(value)) infinite++;
            }
        }
        codes += shapes.length;
        heights += at;
        return table.take(Arrays.copyOf(rows, at)).with(TextColumn.of(CodeTable.M, Arrays.copyOf(m, at)))
                .with(TextColumn.of(column, Arrays.copyOf(text, at)));
    }

    private void solve(CodeTable input, CodeShape shape, Group group) {
        double[] p = new double[group.count * shape.entries()];
        for (int i = 0; i < group.count; i++) input.entries(group.rows[i], shape, p, i * shape.entries());
        long begun = System.nanoTime();
        group.heights = source.heights(shape, p, group.count);
        sourceNanos += System.nanoTime() - begun;
    }

    /** The shortest decimal that reads back as the same number, without a useless fraction; {@code inf} for infinity. */
    public static String text(double height) {
        if (Double.isInfinite(height)) return "inf";
        String text = Double.toString(height);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Codes so far. */
    public long codes() {
        return codes;
    }

    /** Heights written so far. */
    public long heights() {
        return heights;
    }

    /** Of these, infinite. */
    public long infinite() {
        return infinite;
    }

    /** Time spent in the source, without reading and writing. */
    public double sourceSeconds() {
        return sourceNanos / 1e9;
    }
}
