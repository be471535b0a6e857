package org.lanewise.mheight.network;

import java.util.ArrayList;
import java.util.List;

import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.Subsets;

/**
 * Which square submatrices of P there are, and which smaller ones each is built from: a submatrix of size s > 1 loses its first row and
 * one of its columns, which leaves s submatrices of size s - 1 and s entries of its first row. Those of one size are numbered by rows,
 * then columns.
 */
final class SubmatrixTables {
    /** The largest size. */
    final int sizes;
    /** For each size from 2 and each column of the submatrix: the entry of P that each submatrix has there in its first row. */
    final int[][][] entries;
    /** For each size from 2 and each column of the submatrix: what each submatrix is without it and its first row. */
    final int[][][] smaller;
    /**
     * For each k-subset of G's columns, in the order of the masks: the submatrix of the rows whose columns of the identity are not in
     * it and of its columns of P, whose minor is the subset's. All sizes follow one another from the empty one, number 0.
     */
    final int[] ofSubset;

    SubmatrixTables(CodeShape shape) {
        int k = shape.k();
        int r = shape.parity();
        sizes = Math.min(k, r);
        Subsets rows = new Subsets(k);
        Subsets columns = new Subsets(r);
        entries = new int[sizes - 1][][];
        smaller = new int[sizes - 1][][];
        for (int size = 2; size <= sizes; size++) {
            List<int[]> entry = new ArrayList<>();
            List<int[]> rest = new ArrayList<>();
            for (int row : rows.of(size))
                for (int column : columns.of(size)) {
                    int first = Integer.numberOfTrailingZeros(row);
                    int[] members = Subsets.members(column);
                    int[] e = new int[size];
                    int[] s = new int[size];
                    for (int t = 0; t < size; t++) {
                        e[t] = first * r + members[t];
                        s[t] = number(rows, columns, row & row - 1, column & ~(1 << members[t]));
                    }
                    entry.add(e);
                    rest.add(s);
                }
            entries[size - 2] = transposed(entry, size);
            smaller[size - 2] = transposed(rest, size);
        }
        int[] start = new int[sizes + 1];
        for (int size = 1; size <= sizes; size++)
            start[size] = start[size - 1] + rows.of(size - 1).length * columns.of(size - 1).length;
        int[] masks = new Subsets(shape.n()).of(k);
        ofSubset = new int[masks.length];
        int all = (1 << k) - 1;
        for (int i = 0; i < masks.length; i++) {
            int row = all & ~masks[i];
            ofSubset[i] = start[Integer.bitCount(row)] + number(rows, columns, row, masks[i] >> k);
        }
    }

    private static int number(Subsets rows, Subsets columns, int row, int column) {
        return rows.rank(row) * columns.of(Integer.bitCount(column)).length + columns.rank(column);
    }

    private static int[][] transposed(List<int[]> rows, int width) {
        int[][] out = new int[width][rows.size()];
        for (int i = 0; i < rows.size(); i++) for (int t = 0; t < width; t++) out[t][i] = rows.get(i)[t];
        return out;
    }
}
