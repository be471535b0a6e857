package org.lanewise.tabular.transform;

import org.lanewise.engine.Rng;

/** Encodes training rows by the targets of the rows before them in random orders, see {@link TargetEncoder#ordered}. */
record OrderedTargets(int orders, long seed) {
    OrderedTargets {
        if (orders < 1) {
            throw new IllegalArgumentException("at least one order is needed: " + orders);
        }
    }

    /**
     * For each row the mean, over the orders, of
     *
     * <pre>
     * (sum of the target over the rows of its slot before it + m * prior) / (rows of its slot before it + m)
     * </pre>
     *
     * with prior the mean of all rows before it, 0 for the first. The orders are those of the rows, the same for all columns: a
     * column cannot tell what another hid.
     *
     * @param slots
     *            the value of each row, from 0
     */
    double[] encode(int[] slots, int count, double[] target, double m) {
        double[] encoded = new double[slots.length];
        for (int o = 0; o < orders; o++) {
            double[] sum = new double[count];
            int[] seen = new int[count];
            double all = 0;
            int before = 0;
            for (int row : Rng.of(seed).stream("ordered targets").stream(o).permutation(slots.length)) {
                int slot = slots[row];
                double prior = before == 0 ? 0 : all / before;
                double rows = seen[slot] + m;
                encoded[row] += (rows == 0 ? prior : (sum[slot] + m * prior) / rows) / orders;
                sum[slot] += target[row];
                seen[slot]++;
                all += target[row];
                before++;
            }
        }
        return encoded;
    }
}
