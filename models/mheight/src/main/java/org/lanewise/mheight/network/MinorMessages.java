package org.lanewise.mheight.network;

import java.util.ArrayList;
import java.util.List;

import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.Subsets;

/**
 * Who sends messages to whom in a {@link MinorNetwork}: indices of rows. Minors are numbered by the order of their masks; states
 * (W, j) of one size by the order of W's mask, then j.
 */
final class MinorMessages {
    /** For each (U, j): the k minors U - i, i in U without j. */
    final int[] sumTerms;
    /** For each (U, j): the minor U - j. */
    final int[] removed;
    /** For each size k + 2 to n and each (W, j): k + 1 states (W - t, j) of the size before. */
    final int[][] levels;
    private final int[] states;

    MinorMessages(CodeShape shape) {
        int n = shape.n();
        int k = shape.k();
        Subsets all = new Subsets(n);
        List<Integer> terms = new ArrayList<>();
        List<Integer> parts = new ArrayList<>();
        for (int u : all.of(k + 1))
            for (int j : Subsets.members(u)) {
                parts.add(all.rank(u & ~(1 << j)));
                for (int i : Subsets.members(u & ~(1 << j))) terms.add(all.rank(u & ~(1 << i)));
            }
        sumTerms = ints(terms);
        removed = ints(parts);
        levels = new int[n - k - 1][];
        states = new int[n - k];
        states[0] = removed.length;
        for (int size = k + 2; size <= n; size++) {
            List<Integer> from = new ArrayList<>();
            for (int w : all.of(size))
                for (int j : Subsets.members(w)) {
                    int[] others = Subsets.members(w & ~(1 << j));
                    for (int t = 0; t <= k; t++) { // any k + 1 of them cover all k-subsets
                        int smaller = w & ~(1 << others[t]);
                        from.add(all.rank(smaller) * (size - 1) + Subsets.position(smaller, j));
                    }
                }
            levels[size - k - 2] = ints(from);
            states[size - k - 1] = from.size() / (k + 1);
        }
    }

    /** States of a level; level l has sets of k + 1 + l columns. */
    int states(int level) {
        return states[level];
    }

    /** Numbers under all the exponentials. */
    long terms() {
        long terms = sumTerms.length;
        for (int[] level : levels) terms += level.length;
        for (int count : states) terms += count;
        return terms;
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
