package org.lanewise.linear;

/**
 * How far an objective is above its minimum at most: loss(b) + penalty(b) less a value of the dual problem, from the slopes
 * g_j = -d loss / d b_j. The smaller of two bounds:
 * <ul>
 * <li>with the residual itself as dual point, the gap is the sum over the columns of penalty(b_j) + conjugate(g_j) - g_j b_j, for any
 * convex loss; finite if there is a ridge part or bounds;
 * <li>with the residual shrunk by c until every slope is feasible (Kim et al. 2007), for squared loss, the ridge part counted as rows of
 * data: (1 - c)^2 (|r|^2 + l2 |b|^2) / 2 + sum_j (l1 |b_j| - c h_j b_j) with h_j = g_j - l2 b_j. For other losses, since at the minimum
 * l1 |b|_1 is at most the objective P now: P (max_j |h_j| / l1 - 1)_+ + sum_j (l1 |b_j| - h_j b_j), for losses that are never negative.
 * </ul>
 * A column without penalty must have slope 0; what is left of it counts times the size its coefficient may have.
 */
final class DualityGap {
    private final Penalty penalty;
    private final double reach;
    private double fenchel;
    private double largestRatio;
    private double ridge;
    private double value;
    private double free;
    private int count;
    private int[] column = new int[64];
    private double[] b = new double[64];
    private double[] h = new double[64];

    /**
     * @param reach
     *            size that a coefficient without penalty may have
     */
    DualityGap(Penalty penalty, double reach) {
        this.penalty = penalty;
        this.reach = reach;
    }

    /** Adds a column; those at 0 with a slope under the threshold may be left out. */
    void add(int j, double bj, double g) {
        if (penalty.excludes(j)) {
            return;
        }
        if (penalty.free(j)) {
            free += Math.abs(g) * (Math.abs(bj) + reach);
            return;
        }
        fenchel += penalty.fenchel(j, bj, g);
        double slope = g - penalty.ridge(j) * bj;
        note(j, bj, slope, slope);
    }

    /**
     * Adds a column with coefficients for several tasks, whose penalty is that of the length of their row.
     *
     * @param size
     *            length of the coefficients
     * @param g
     *            length of the slopes
     * @param rest
     *            length of h, the slopes less ridge times coefficients
     * @param product
     *            of h and the coefficients
     */
    void addRow(int j, double size, double g, double rest, double product) {
        if (penalty.excludes(j)) {
            return;
        }
        if (penalty.free(j)) {
            free += g * (size + reach);
            return;
        }
        fenchel += Math.max(0, penalty.fenchel(j, size, g) + g * size - product - penalty.ridge(j) * size * size);
        note(j, size, rest, size > 0 ? product / size : 0);
    }

    private void note(int j, double bj, double steepest, double slope) {
        ridge += penalty.ridge(j) * bj * bj;
        value += penalty.value(j, bj);
        largestRatio = Math.max(largestRatio, penalty.ratio(j, steepest));
        if (count == column.length) {
            column = java.util.Arrays.copyOf(column, 2 * count);
            b = java.util.Arrays.copyOf(b, 2 * count);
            h = java.util.Arrays.copyOf(h, 2 * count);
        }
        column[count] = j;
        b[count] = bj;
        h[count++] = slope;
    }

    /** The penalty of the columns added. */
    double penaltyValue() {
        return value;
    }

    /** For the loss |r|^2/2. */
    double squared(double squaredResidual) {
        return Math.min(fenchel, scaled(squaredResidual)) + free;
    }

    private double scaled(double squaredResidual) {
        double c = shrunk();
        return (1 - c) * (1 - c) / 2 * (squaredResidual + ridge) + spread(c);
    }

    private double shrunk() {
        return largestRatio > 1 ? 1 / largestRatio : 1;
    }

    /**
     * About the dual point of {@link #squared}, with the radius that the gap allows: the best dual point lies in it.
     *
     * @param shrunk
     *            factor of the slopes at the centre
     * @param augmented
     *            whether the ridge part counts as rows of data
     */
    record Sphere(double shrunk, double radius, boolean augmented) {
        /** Whether a column at 0, of mean square d and slope g, is surely 0 at the minimum. */
        boolean excludes(Penalty penalty, int j, double d, double g) {
            return shrunk * g + radius * Math.sqrt(augmented ? d + penalty.ridge(j) : d) < penalty.threshold(j);
        }
    }

    Sphere sphere(double squaredResidual) {
        double scaled = scaled(squaredResidual);
        return scaled < fenchel
                ? new Sphere(shrunk(), Math.sqrt(2 * scaled), true)
                : new Sphere(1, Math.sqrt(2 * fenchel), false);
    }

    /** For a loss that is never negative. */
    double general(double loss) {
        double excess = Math.max(0, largestRatio - 1);
        double bound = excess == 0 ? 0 : (loss + value) * excess;
        return Math.min(fenchel, bound + spread(1)) + free;
    }

    private double spread(double c) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += penalty.threshold(column[k]) * Math.abs(b[k]) - c * h[k] * b[k]
                    + penalty.boxed(column[k], c * h[k]);
        }
        return Math.max(0, sum);
    }
}
