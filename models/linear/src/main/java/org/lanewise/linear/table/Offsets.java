package org.lanewise.linear.table;

import java.util.Arrays;
import org.lanewise.linear.Family;

/** What an offset does to means that were predicted without it. */
final class Offsets {
    private Offsets() {
    }

    /**
     * In place.
     *
     * @param means
     *            by output, then row
     * @param offset
     *            of each row, or null for none
     *
     * @return means
     */
    static double[][] shift(Family family, double[][] means, double[] offset) {
        if (offset != null) {
            double[] m = means[0];
            Arrays.setAll(m, i -> shift(family, m[i], offset[i]));
        }
        return means;
    }

    private static double shift(Family family, double mean, double offset) {
        return switch (family) {
            case Family.Gaussian _,Family.Huber _ -> mean + offset;
            case Family.Poisson _,Family.Cox _ -> mean * StrictMath.exp(offset);
            case Family.Binomial _ -> mean / (mean + (1 - mean) * StrictMath.exp(-offset));
            case Family.Multinomial _ -> throw new IllegalArgumentException("an offset of all classes does nothing");
        };
    }
}
