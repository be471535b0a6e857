package org.lanewise.mheight.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/**
 * Codes as rows of a table: columns {@code n}, {@code k}, {@code m} (empty for all heights) and {@code p0}, {@code p1} ..., the
 * entries of P row by row, of which a row fills the first k (n - k). Other columns are let pass.
 */
public final class CodeTable {
    static final String N = "n";
    static final String K = "k";
    static final String M = "m";
    static final String ENTRY = "p";
    /** Entries of the largest P there is. */
    private static final int MOST_ENTRIES = CodeShape.LONGEST / 2 * (CodeShape.LONGEST / 2);

    private final Table table;
    private final long before;
    private final double[] n;
    private final double[] k;
    private final double[] m;
    private final List<Column> entries = new ArrayList<>();

    /**
     * @param table  the rows
     * @param before rows of the file before this table's first, for messages
     * @throws BadInputException if a column is missing
     */
    public CodeTable(Table table, long before) {
        this.table = table;
        this.before = before;
        n = table.numbers(N);
        k = table.numbers(K);
        m = table.has(M) ? table.numbers(M) : null;
        for (int i = 0; table.has(ENTRY + i); i++) entries.add(table.column(ENTRY + i));
        if (entries.isEmpty()) table.column(ENTRY + 0);
    }

    /** The types of the columns of this name, so that a file's reader reports what is not a number, with its place. */
    public static Map<String, ColumnType> types(List<String> names) {
        Map<String, ColumnType> types = new HashMap<>();
        for (String name : names) types.put(name, ColumnType.TEXT);
        for (String name : List.of(N, K, M)) types.computeIfPresent(name, (_, _) -> ColumnType.LONG);
        for (int i = 0; i < MOST_ENTRIES; i++) types.computeIfPresent(ENTRY + i, (_, _) -> ColumnType.DOUBLE);
        return types;
    }

    public int rows() {
        return table.rows();
    }

    /**
     * Length and dimension of a row's code.
     *
     * @throws BadInputException if they are missing or out of range
     */
    public CodeShape shape(int row) {
        int length = whole(N, n, row);
        int dimension = whole(K, k, row);
        if (length < 2 || length > CodeShape.LONGEST)
            throw at(row).column(N).value(String.valueOf(length)).because("must be 2 to " + CodeShape.LONGEST);
        if (dimension < 1 || dimension >= length)
            throw at(row).column(K).value(String.valueOf(dimension))
                    .because("must be 1 to n - 1, which is " + (length - 1));
        return new CodeShape(length, dimension);
    }

    /**
     * Which height a row asks for; empty for all.
     *
     * @throws BadInputException if it is not one of 1 .. n - k
     */
    public OptionalInt height(int row, CodeShape shape) {
        if (m == null || Double.isNaN(m[row])) return OptionalInt.empty();
        int height = whole(M, m, row);
        if (!shape.hasHeight(height))
            throw at(row).column(M).value(String.valueOf(height))
                    .because("must be 1 to n - k, which is " + shape.parity()
                            + (height > shape.parity() ? "; heights beyond are infinite for every P" : ""));
        return OptionalInt.of(height);
    }

    /**
     * Copies the entries of a row's P.
     *
     * @param out modified from {@code at} on
     * @throws BadInputException if there are more or fewer than the shape says, or one is not finite
     */
    public void entries(int row, CodeShape shape, double[] out, int at) {
        for (int i = 0; i < shape.entries(); i++) {
            if (i >= entries.size())
                throw at(row)
                        .because("a code of " + shape + " has " + shape.entries() + " entries; there are columns for "
                                + entries.size());
            double x = entries.get(i).number(row);
            if (Double.isNaN(x))
                throw at(row).column(ENTRY + i)
                        .because("missing; a code of " + shape + " has entries p0 to p" + (shape.entries() - 1));
            if (Double.isInfinite(x)) throw at(row).column(ENTRY + i).value("" + x).because("must be finite");
            out[at + i] = x;
        }
        for (int i = shape.entries(); i < entries.size(); i++)
            if (!entries.get(i).isMissing(row))
                throw at(row).column(ENTRY + i).value(entries.get(i).text(row))
                        .because("one entry too many; a code of " + shape + " has " + shape.entries());
    }

    /**
     * Codes of one shape.
     *
     * @param p matrices row by row, one after the other
     * @param m which height of each is asked for; 0 for all
     */
    public record Codes(double[] p, int[] m) {}

    /**
     * The codes of one shape, in their order.
     *
     * @throws BadInputException if one of them is malformed, or the shape of any row
     */
    public Codes of(CodeShape shape) {
        int[] rows = IntStream.range(0, rows()).filter(i -> shape(i).equals(shape)).toArray();
        double[] p = new double[rows.length * shape.entries()];
        int[] wanted = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            entries(rows[i], shape, p, i * shape.entries());
            wanted[i] = height(rows[i], shape).orElse(0);
        }
        return new Codes(p, wanted);
    }

    /** What to throw where a row asks for a height that nobody knows. */
    BadInputException unknown(int row, int height) {
        return at(row).column(M).value(String.valueOf(height)).because("the model was not trained on it");
    }

    private int whole(String column, double[] values, int row) {
        if (Double.isNaN(values[row])) throw at(row).column(column).because("missing");
        if (values[row] != (int) values[row])
            throw at(row).column(column).value("" + values[row]).because("not a whole number in range");
        return (int) values[row];
    }

    private BadInputException.Location at(int row) {
        return BadInputException.at(table.source()).row(before + row + 1);
    }
}
