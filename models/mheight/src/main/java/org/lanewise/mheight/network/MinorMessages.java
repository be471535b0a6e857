package org.lanewise.mheight.network;

import java.util.ArrayList;
import java.util.List;

import org.lanewise.autograd.Variable;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.Subsets;

/**
 * Messages between sets of columns of G, which make heights of a number x_K for each k-subset K. With
 * {@code soft_b(v) = ln(sum e^(b v)) / b}, which is the maximum for large b and the minimum for large negative b,
 *
 * <pre>
 * f(U,j)  = soft_s (x_{U-i} - x_{U-j}, i in U - j)         |U| = k + 1
 * F(W,j)  = soft_-b (F(W-t,j), t in W - j)                 size by size up to n
 * g_m     = soft_c (F(W,j), |W| = n - m + 1, j in W)
 * </pre>
 *
 * A set listens to its subsets with weights {@code e^(b v)}: attention whose scores are what is said. At s = 1, b and c infinite and
 * {@code x_K = ln |det G_K|}, g_m is ln h_m.
 *
 * <p>The tables hold indices of rows. Subsets are numbered by the order of their masks; states (W, j) of one size by the order of W's
 * mask, then j.
 */
final class MinorMessages {
    /** For each (U, j): the k minors U - i, i in U without j. */
    private final int[] sumTerms;
    /** For each (U, j): the minor U - j. */
    private final int[] removed;
    /** For each size k + 2 to n and each (W, j): k + 1 states (W - t, j) of the size before. */
    private final int[][] levels;
    /** Of each level: level l has sets of k + 1 + l columns. */
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

    /**
     * The messages.
     *
     * @param x      {@code [minors, count]}
     * @param sum    s, {@code [1]}
     * @param minima b of each size from k + 2 to n, {@code [n - k - 1]}
     * @param maxima c of each m, {@code [n - k]}
     * @return g, {@code [count, n - k]}
     */
    Variable pass(Variable x, Variable sum, Variable minima, Variable maxima) {
        int count = x.size(1);
        int r = states.length;
        Variable terms = x.indexSelect(0, sumTerms).reshape(states[0], sumTerms.length / states[0], count);
        Variable state = soft(terms, sum).sub(x.indexSelect(0, removed));
        Variable[] heights = new Variable[r];
        for (int level = 0; level < r; level++) {
            if (level > 0) {
                int[] from = levels[level - 1];
                Variable parts = state.indexSelect(0, from).reshape(states[level], from.length / states[level], count);
                state = soft(parts, minima.slice(0, level - 1, level).neg());
            }
            int m = r - level;
            heights[m - 1] = soft(state.reshape(1, states[level], count), maxima.slice(0, m - 1, m));
        }
        return Variable.concat(0, heights).t();
    }

    /** {@code [a, b, count]} to {@code [a, count]}. */
    private static Variable soft(Variable x, Variable temperature) {
        return x.mul(temperature).logSumExp(1, false).div(temperature);
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
