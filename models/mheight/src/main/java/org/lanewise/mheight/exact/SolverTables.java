package org.lanewise.mheight.exact;

import static org.lanewise.engine.kernels.LaneKernels.LANES;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@link LaneSolver} combines with what, for one shape: the same for every matrix. Rows are numbered as in the formulas of
 * {@link RationalSolver}; tables hold row offsets, row number times the number of lanes.
 */
final class SolverTables {
    /** One order of minors: a table of (entry, minor) pairs for {@code rows} expansions of {@code terms} terms. */
    record Expansion(int rows, int terms, int[] table) {}

    /**
     * The states (W, j) of one size of W, W being T + j: F_T(j) is the least of {@code terms} states of the size before.
     * The heights' m is n + 1 - |W|.
     */
    record Level(int m, int rows, int terms, int[] table) {}

    final CodeShape shape;
    /** Rows of all square minors of P: first the entries, then a constant 1 for the empty one, then orders 2 and up. */
    final int minorRows;
    final Expansion[] expansions;
    /** For each k-subset K of the columns, the offset of the minor whose magnitude is D(K). */
    final int[] subsetMinor;
    /** For each minor of order 2 and up, its offset and that of the product of its columns' norms; rows of those are sets of columns. */
    final int[] bounds;
    final int boundedRows;
    /** For each (k+1)-subset U, the D(U - i) to add. */
    final int[] totals;
    final int totalRows;
    /** For each U and j in U, the offsets of S(U) and D(U - j). */
    final int[] ratios;
    final int ratioRows;
    /** Sizes k + 2 to n. */
    final Level[] levels;

    SolverTables(CodeShape shape) {
        this.shape = shape;
        int n = shape.n();
        int k = shape.k();
        int r = n - k;
        Subsets rows = new Subsets(k);
        Subsets columns = new Subsets(r);
        Subsets all = new Subsets(n);
        int orders = Math.min(k, r);

        // minors: order s begins at first[s], row set by row set
        int[] first = new int[orders + 1];
        first[0] = shape.entries();
        int next = first[0] + 1;
        for (int s = 2; s <= orders; s++) {
            first[s] = next;
            next += rows.of(s).length * columns.of(s).length;
        }
        minorRows = next;
        boundedRows = minorRows - shape.entries() - 1;
        bounds = new int[2 * boundedRows];
        expansions = new Expansion[Math.max(0, orders - 1)];
        for (int s = 2; s <= orders; s++) {
            int count = rows.of(s).length * columns.of(s).length;
            int[] table = new int[count * 2 * s];
            int at = 0;
            int row = first[s];
            for (int rowSet : rows.of(s))
                for (int columnSet : columns.of(s)) {
                    int top = Integer.numberOfTrailingZeros(rowSet);
                    bounds[2 * (row - shape.entries() - 1)] = row * LANES;
                    bounds[2 * (row++ - shape.entries() - 1) + 1] = columnSet * LANES;
                    for (int c : Subsets.members(columnSet)) {
                        table[at++] = (top * r + c) * LANES;
                        table[at++] = minor(rows, columns, first, rowSet & ~(1 << top), columnSet & ~(1 << c)) * LANES;
                    }
                }
            expansions[s - 2] = new Expansion(count, s, table);
        }

        int[] subsets = all.of(k);
        subsetMinor = new int[subsets.length];
        for (int i = 0; i < subsets.length; i++) {
            int rowSet = ~subsets[i] & (1 << k) - 1;
            subsetMinor[i] = minor(rows, columns, first, rowSet, subsets[i] >> k) * LANES;
        }

        List<Integer> totalsList = new ArrayList<>();
        List<Integer> ratioList = new ArrayList<>();
        for (int u : all.of(k + 1))
            for (int j : Subsets.members(u)) {
                int part = all.rank(u & ~(1 << j)) * LANES;
                totalsList.add(part);
                ratioList.add(all.rank(u) * LANES);
                ratioList.add(part);
            }
        totals = ints(totalsList);
        totalRows = all.of(k + 1).length;
        ratios = ints(ratioList);
        ratioRows = ratios.length / 2;

        levels = new Level[n - k - 1];
        for (int size = k + 2; size <= n; size++) {
            int[] sets = all.of(size);
            // every K in T misses one of any k + 1 elements of T, so as many subsets cover T
            int terms = k + 1;
            int[] table = new int[sets.length * size * terms];
            int at = 0;
            for (int w : sets)
                for (int j : Subsets.members(w)) {
                    int left = terms;
                    for (int t : Subsets.members(w & ~(1 << j))) {
                        if (left-- == 0) break;
                        int smaller = w & ~(1 << t);
                        table[at++] = (all.rank(smaller) * (size - 1) + Subsets.position(smaller, j)) * LANES;
                    }
                }
            levels[size - k - 2] = new Level(n + 1 - size, sets.length * size, terms, table);
        }
    }

    private int minor(Subsets rows, Subsets columns, int[] first, int rowSet, int columnSet) {
        int order = Integer.bitCount(rowSet);
        return switch (order) {
            case 0 -> shape.entries();
            case 1 -> Integer.numberOfTrailingZeros(rowSet) * shape.parity()
                    + Integer.numberOfTrailingZeros(columnSet);
            default -> first[order] + rows.rank(rowSet) * columns.of(order).length + columns.rank(columnSet);
        };
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
