package org.lanewise.mheight.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

/** Codes with their heights, row by row on their way into a table as {@link CodeTable} reads it. */
final class CodeRows {
    /** The column of codes' numbers in their stream. */
    private static final String CODE = "code";

    private final long[] code;
    private final double[] n;
    private final double[] k;
    private final double[] m;
    private final double[][] entries;
    private final String[] height;
    private int size;

    /** @param groups of the file, whose largest P gives the columns; @param most rows there may be */
    CodeRows(List<Group> groups, int most) {
        code = new long[most];
        n = new double[most];
        k = new double[most];
        m = new double[most];
        entries = new double[groups.stream().mapToInt(g -> g.shape().entries()).max().orElseThrow()][most];
        height = new String[most];
    }

    int size() {
        return size;
    }

    /** @param p the code's P from {@code at} on, row by row */
    void add(long number, Group group, double[] p, int at, double h) {
        code[size] = number;
        n[size] = group.n();
        k[size] = group.k();
        m[size] = group.m();
        for (int e = 0; e < entries.length; e++)
            entries[e][size] = e < group.shape().entries() ? p[at + e] : Double.NaN;
        height[size++] = HeightLabels.text(h);
    }

    Table table() {
        return Table.of("generated", columns());
    }

    /** With the numbers of the codes as first column. */
    Table numberedTable() {
        List<Column> columns = columns();
        columns.addFirst(LongColumn.of(CODE, Arrays.copyOf(code, size)));
        return Table.of("generated", columns);
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(doubles(CodeTable.N, n));
        columns.add(doubles(CodeTable.K, k));
        columns.add(doubles(CodeTable.M, m));
        for (int e = 0; e < entries.length; e++) columns.add(doubles(CodeTable.ENTRY + e, entries[e]));
        columns.add(TextColumn.of(HeightLabels.COLUMN, Arrays.copyOf(height, size)));
        return columns;
    }

    private Column doubles(String name, double[] values) {
        return DoubleColumn.of(name, Arrays.copyOf(values, size));
    }
}
