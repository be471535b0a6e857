package org.lanewise.linear;

/**
 * The penalty on the coefficients of standardised columns, for one alpha: f_j (l1 |b| + l2/2 b^2) where lower_j &lt;= b &lt;= upper_j,
 * with f_j the penalty factor of the column.
 */
final class Penalty {
    final double l1;
    final double l2;
    private final double[] factor;
    private final double[] lower;
    private final double[] upper;

    /** The arrays may be null: all ones, no bounds. */
    Penalty(double l1, double l2, double[] factor, double[] lower, double[] upper) {
        this.l1 = l1;
        this.l2 = l2;
        this.factor = factor;
        this.lower = lower;
        this.upper = upper;
    }

    Penalty with(double newL1, double newL2) {
        return new Penalty(newL1, newL2, factor, lower, upper);
    }

    Penalty withFactors(double[] other) {
        return new Penalty(l1, l2, other, lower, upper);
    }

    double factor(int j) {
        return factor == null ? 1 : factor[j];
    }

    boolean excludes(int j) {
        return factor != null && factor[j] == Double.POSITIVE_INFINITY;
    }

    boolean bounded() {
        return lower != null;
    }

    double threshold(int j) {
        return factor == null ? l1 : factor[j] == 0 ? 0 : l1 * factor[j];
    }

    double ridge(int j) {
        return factor == null ? l2 : factor[j] == 0 ? 0 : l2 * factor[j];
    }

    boolean free(int j) {
        return threshold(j) == 0 && ridge(j) == 0;
    }

    /** argmin of curvature/2 b^2 - u b + penalty(b). */
    double minimise(int j, double u, double curvature) {
        if (excludes(j)) {
            return 0;
        }
        double size = Math.abs(u) - threshold(j);
        double b = size > 0 && curvature > 0 ? Math.copySign(size, u) / (curvature + ridge(j)) : 0;
        return lower == null ? b : Math.max(lower[j], Math.min(upper[j], b));
    }

    double value(int j, double b) {
        return b == 0 ? 0 : threshold(j) * Math.abs(b) + ridge(j) / 2 * b * b;
    }

    private double lower(int j) {
        return lower == null ? Double.NEGATIVE_INFINITY : lower[j];
    }

    private double upper(int j) {
        return upper == null ? Double.POSITIVE_INFINITY : upper[j];
    }

    /** penalty(b) + conjugate(g) - g b, at least 0 and 0 exactly if b is optimal given the slope g; may be infinite. */
    double fenchel(int j, double b, double g) {
        if (excludes(j)) {
            return 0;
        }
        double r = ridge(j);
        double best;
        if (r > 0) {
            double size = Math.abs(g) - threshold(j);
            best = Math.max(lower(j), Math.min(upper(j), size > 0 ? Math.copySign(size, g) / r : 0));
        } else {
            best = g > threshold(j) ? upper(j) : g < -threshold(j) ? lower(j) : 0;
            if (Double.isInfinite(best)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return Math.max(0, value(j, b) - value(j, best) + g * (best - b));
    }

    /** What bounds that are finite add to the conjugate of the l1 part at the slope g; 0 where there are none. */
    double boxed(int j, double g) {
        double above = g - threshold(j);
        double below = g + threshold(j);
        if (lower == null || excludes(j)) {
            return 0;
        }
        double value = above > 0 && upper[j] < Double.POSITIVE_INFINITY ? upper[j] * above : 0;
        return below < 0 && lower[j] > Double.NEGATIVE_INFINITY ? lower[j] * below : value;
    }

    /** |g| as a multiple of the threshold in directions in which b_j is not bounded, else 0. */
    double ratio(int j, double g) {
        if (excludes(j) || (g > 0 ? upper(j) < Double.POSITIVE_INFINITY : lower(j) > Double.NEGATIVE_INFINITY)) {
            return 0;
        }
        return Math.abs(g) / threshold(j);
    }

    /** Distance of the slope g (of the loss, negated) from what an optimal b would have. */
    double violation(int j, double b, double g) {
        if (excludes(j)) {
            return 0;
        }
        double t = threshold(j);
        double rest = g - ridge(j) * b;
        if (b > 0) {
            rest -= t;
        } else if (b < 0) {
            rest += t;
        } else {
            rest = Math.abs(rest) <= t ? 0 : rest - Math.copySign(t, rest);
        }
        boolean stopped = rest > 0 ? b >= upper(j) : b <= lower(j);
        return stopped ? 0 : Math.abs(rest);
    }

    /** Whether a column at 0 with this slope could gain by moving. */
    boolean wants(int j, double g) {
        return !excludes(j) && (g > 0 ? upper(j) > 0 : lower(j) < 0) && Math.abs(g) > threshold(j);
    }

    /** The least l1 at which no column whose factor is above 0 wants to leave 0, given the slopes of all columns. */
    double steepest(double[] slopes) {
        double largest = 0;
        for (int j = 0; j < slopes.length; j++) {
            double f = factor(j);
            if (f > 0 && f < Double.POSITIVE_INFINITY && (slopes[j] > 0 ? upper(j) > 0 : lower(j) < 0)) {
                largest = Math.max(largest, Math.abs(slopes[j]) / f);
            }
        }
        return largest;
    }
}
