package org.lanewise.mheight.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

/**
 * Codes with one finite height each, as the published network is trained on: row i is group {@code groups.get(group[i])}, entries
 * {@code p[i]} and label {@code log2[i]}. Rows of one matrix with several m have equal keys ({@link OrbitKey}), and so have
 * symmetric twins.
 *
 * @param groups the groups there may be
 * @param group  of each row
 * @param p      of each row, row by row
 * @param log2   of each row, the logarithm to base 2 of the height
 * @param key    of each row's orbit
 */
public record HeightRows(List<Group> groups, int[] group, double[][] p, float[] log2, long[] key) {
    /** Codes tried at a time until a group is full. */
    private static final int BLOCK = 4096;

    public HeightRows {
        groups = List.copyOf(groups);
    }

    /**
     * Draws rows: of each group the first {@code perGroup} codes of its stream whose height is finite. Groups of one shape share
     * the stream, so that a matrix occurs with several m, as in the course's data.
     */
    public static HeightRows draw(CodeLaw law, List<Group> groups, int perGroup, long seed) {
        TreeMap<Integer, List<Integer>> byShape = new TreeMap<>();
        for (int g = 0; g < groups.size(); g++)
            byShape.computeIfAbsent(100 * groups.get(g).n() + groups.get(g).k(), _ -> new ArrayList<>()).add(g);
        Builder rows = new Builder(groups, perGroup);
        for (List<Integer> members : byShape.values()) {
            CodeShape shape = groups.get(members.getFirst()).shape();
            ExactSolver solver = ExactSolver.of(shape);
            CodeStream stream = new CodeStream(law, shape, seed);
            for (long first = 0; members.stream().anyMatch(rows::isOpen); first += BLOCK) {
                double[] block = stream.take(first, BLOCK);
                double[] heights = new double[BLOCK * shape.parity()];
                solver.heights(block, BLOCK, heights);
                rows.add(members, solver, block, heights, new int[BLOCK]);
            }
        }
        return rows.build();
    }

    /**
     * The rows of a table that are of these groups and of finite height, labelled exactly; a row without m is one of each group it can
     * be of.
     *
     * @throws org.lanewise.tabular.BadInputException if a row is malformed
     */
    public static HeightRows of(CodeTable table, List<Group> groups) {
        Builder rows = new Builder(groups, table.rows());
        for (CodeShape shape : groups.stream().map(Group::shape).distinct().toList()) {
            CodeTable.Codes codes = table.of(shape);
            int count = codes.m().length;
            if (count == 0) continue;
            ExactSolver solver = ExactSolver.of(shape);
            double[] heights = new double[count * shape.parity()];
            solver.heights(codes.p(), count, heights);
            rows.add(
                    IntStream.range(0, groups.size()).filter(g -> groups.get(g).shape().equals(shape)).boxed().toList(),
                    solver, codes.p(), heights, codes.m());
        }
        return rows.build();
    }

    private static final class Builder {
        private final List<Group> groups;
        private final int perGroup;
        private final int[] filled;
        private final int[] group;
        private final double[][] p;
        private final float[] log2;
        private final long[] key;
        private int size;

        Builder(List<Group> groups, int perGroup) {
            this.groups = groups;
            this.perGroup = perGroup;
            filled = new int[groups.size()];
            group = new int[groups.size() * perGroup];
            p = new double[group.length][];
            log2 = new float[group.length];
            key = new long[group.length];
        }

        boolean isOpen(int g) {
            return filled[g] < perGroup;
        }

        /** @param wanted the only m that counts of each code; 0 for all */
        void add(List<Integer> members, ExactSolver solver, double[] block, double[] heights, int[] wanted) {
            CodeShape shape = solver.shape();
            int count = heights.length / shape.parity();
            long[] keys = OrbitKey.of(solver, block, count);
            for (int i = 0; i < count; i++) {
                double[] code = null;
                for (int g : members) {
                    int m = groups.get(g).m();
                    double h = heights[i * shape.parity() + m - 1];
                    if (!isOpen(g) || wanted[i] != 0 && wanted[i] != m || Double.isInfinite(h)) continue;
                    if (code == null)
                        code = Arrays.copyOfRange(block, i * shape.entries(), (i + 1) * shape.entries());
                    filled[g]++;
                    group[size] = g;
                    p[size] = code;
                    log2[size] = log2(h);
                    key[size++] = keys[i];
                }
            }
        }

        HeightRows build() {
            return new HeightRows(groups, Arrays.copyOf(group, size), Arrays.copyOf(p, size), Arrays.copyOf(log2, size),
                    Arrays.copyOf(key, size));
        }
    }

    /** The logarithm to base 2; the same bits before and after compilation. */
    public static float log2(double height) {
        return (float) (StrictMath.log(height) / StrictMath.log(2));
    }

    public int size() {
        return group.length;
    }

    /** The given rows, in the given order. */
    public HeightRows select(int[] rows) {
        int[] g = new int[rows.length];
        double[][] q = new double[rows.length][];
        float[] y = new float[rows.length];
        long[] o = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            g[i] = group[rows[i]];
            q[i] = p[rows[i]];
            y[i] = log2[rows[i]];
            o[i] = key[rows[i]];
        }
        return new HeightRows(groups, g, q, y, o);
    }

    /** These rows and, behind them, others of the same groups. */
    public HeightRows plus(HeightRows more) {
        if (!groups.equals(more.groups)) throw new IllegalArgumentException("rows of other groups");
        int size = size() + more.size();
        int[] g = Arrays.copyOf(group, size);
        double[][] q = Arrays.copyOf(p, size);
        float[] y = Arrays.copyOf(log2, size);
        long[] o = Arrays.copyOf(key, size);
        System.arraycopy(more.group, 0, g, size(), more.size());
        System.arraycopy(more.p, 0, q, size(), more.size());
        System.arraycopy(more.log2, 0, y, size(), more.size());
        System.arraycopy(more.key, 0, o, size(), more.size());
        return new HeightRows(groups, g, q, y, o);
    }

    /** The rows of one group. */
    public int[] rowsOf(int g) {
        return IntStream.range(0, size()).filter(i -> group[i] == g).toArray();
    }

    /** The mean label of each group; NaN for a group without rows. */
    public double[] means() {
        double[] sum = new double[groups.size()];
        int[] count = new int[sum.length];
        for (int i = 0; i < size(); i++) {
            sum[group[i]] += log2[i];
            count[group[i]]++;
        }
        for (int g = 0; g < sum.length; g++) sum[g] /= count[g];
        return sum;
    }
}
