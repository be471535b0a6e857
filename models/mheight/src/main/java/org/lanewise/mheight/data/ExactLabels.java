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
 * Puts exact m-heights beside the codes of tables. Counts what it did; not thread-safe, but solves in parallel.
 *
 * <pre>{@code
 * ExactLabels labels = new ExactLabels();
 * Table labelled = labels.label(table, 0); // one more column, mheight
 * }</pre>
 */
public final class ExactLabels {
    /** The column added; an older one of this name is replaced. */
    public static final String COLUMN = "mheight";

    private final Map<CodeShape, ExactSolver> solvers = new LinkedHashMap<>();
    private long codes;
    private long heights;
    private long infinite;
    private long solverNanos;

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
     * empty becomes n - k rows, m = 1 .. n - k.
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
            for (int height = first; height <= last; height++, at++) {
                double value = h[place[row] * parity + height - 1];
                rows[at] = row;
                m[at] = String.valueOf(height);
                text[at] = text(value);
                if (Double.isInfinite(value)) infinite++;
            }
        }
        codes += shapes.length;
        heights += results;
        return table.take(rows).with(TextColumn.of(CodeTable.M, m)).with(TextColumn.of(COLUMN, text));
    }

    private void solve(CodeTable input, CodeShape shape, Group group) {
        ExactSolver solver = solvers.computeIfAbsent(shape, ExactSolver::of);
        double[] p = new double[group.count * shape.entries()];
        group.heights = new double[group.count * shape.parity()];
        for (int i = 0; i < group.count; i++) input.entries(group.rows[i], shape, p, i * shape.entries());
        long begun = System.nanoTime();
        solver.heights(p, group.count, group.heights);
        solverNanos += System.nanoTime() - begun;
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

    /** Time spent in the solver, without reading and writing. */
    public double solverSeconds() {
        return solverNanos / 1e9;
    }
}
