package org.lanewise.mheight.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;

/** Writes random codes with exact heights as the CSV that {@link CodeTable} reads. */
public final class CodeWriter {
    private static final int BLOCK = 8192;

    private CodeWriter() {}

    /**
     * Writes {@code perGroup} codes of finite height for each group, group after group. Groups of one shape share their codes.
     *
     * @param out CSV, packed if it ends in {@code .gz}; appears whole or not at all
     * @return rows written
     */
    public static long write(Path out, CodeLaw law, List<Group> groups, int perGroup, long seed) {
        int entries = groups.stream().mapToInt(g -> g.shape().entries()).max().orElseThrow();
        long[] rows = new long[1];
        Csv.write(out, new Iterator<>() {
            private int group;
            private int left = perGroup;
            private long next;
            private ExactSolver solver;

            @Override
            public boolean hasNext() {
                return group < groups.size();
            }

            @Override
            public Table next() {
                if (!hasNext()) throw new NoSuchElementException();
                Group g = groups.get(group);
                if (solver == null || !solver.shape().equals(g.shape())) solver = ExactSolver.of(g.shape());
                Table block = block(law, g, solver, seed, next, left, entries);
                next += BLOCK;
                left -= block.rows();
                rows[0] += block.rows();
                if (left == 0) {
                    group++;
                    left = perGroup;
                    next = 0;
                }
                return block;
            }
        });
        return rows[0];
    }

    /** The codes of finite height among one block of the stream, at most {@code most}. */
    private static Table block(CodeLaw law, Group g, ExactSolver solver, long seed, long first, int most,
            int entries) {
        CodeShape shape = g.shape();
        double[] p = new CodeStream(law, shape, seed).take(first, BLOCK);
        double[] h = new double[BLOCK * shape.parity()];
        solver.heights(p, BLOCK, h);
        int[] kept = java.util.stream.IntStream.range(0, BLOCK)
                .filter(i -> Double.isFinite(h[i * shape.parity() + g.m() - 1])).limit(most).toArray();
        List<Column> columns = new ArrayList<>();
        columns.add(constant(CodeTable.N, g.n(), kept.length));
        columns.add(constant(CodeTable.K, g.k(), kept.length));
        columns.add(constant(CodeTable.M, g.m(), kept.length));
        for (int e = 0; e < entries; e++) {
            double[] values = new double[kept.length];
            for (int i = 0; i < kept.length; i++)
                values[i] = e < shape.entries() ? p[kept[i] * shape.entries() + e] : Double.NaN;
            columns.add(DoubleColumn.of(CodeTable.ENTRY + e, values));
        }
        String[] heights = new String[kept.length];
        for (int i = 0; i < kept.length; i++)
            heights[i] = HeightLabels.text(h[kept[i] * shape.parity() + g.m() - 1]);
        columns.add(TextColumn.of(HeightLabels.COLUMN, heights));
        return Table.of("generated", columns);
    }

    private static Column constant(String name, double value, int rows) {
        double[] values = new double[rows];
        java.util.Arrays.fill(values, value);
        return DoubleColumn.of(name, values);
    }
}
