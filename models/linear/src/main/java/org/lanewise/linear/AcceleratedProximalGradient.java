package org.lanewise.linear;

/**
 * Minimises loss(b) + l1 |b|_1 + l2/2 |b|^2 + sum_g c_g |b_g|_2 by FISTA (Beck and Teboulle 2009) with backtracking and restarts
 * where the momentum points uphill (O'Donoghue and Candes 2015). Stops by the KKT residual: the largest element of a subgradient of
 * the whole objective at b, which is 0 exactly at a minimum.
 */
final class AcceleratedProximalGradient {
    private static final double LIKELY = 10;
    private static final int PATIENCE = 20;
    private static final double ROUNDING = 1e-10;
    private final SmoothLoss loss;
    private final SparseGroupProx prox;
    private final double tolerance;
    private final int mostSteps;
    private double curvature;

    double residual;
    int steps;

    /**
     * @param tolerance
     *            the KKT residual to reach
     */
    AcceleratedProximalGradient(SmoothLoss loss, SparseGroupProx prox, double tolerance, int mostSteps) {
        this.loss = loss;
        this.prox = prox;
        this.tolerance = tolerance;
        this.mostSteps = mostSteps;
        // A margin, since power iteration comes from below.
        curvature = loss.curvature() * (loss.curvatureHolds() ? 1.02 : 1);
    }

    /** The minimum, starting from {@code start}; sets {@link #residual} and {@link #steps}. */
    double[] minimise(double[] start, double l1, double l2) {
        int p = start.length;
        double[] b = start.clone();
        double[] z = start.clone();
        double[] slope = new double[p];
        double[] nextSlope = new double[p];
        double[] next = new double[p];
        double momentum = 1;
        if (!(curvature > 0)) {
            curvature = 1e-12; // Columns that are all 0: any step does.
        }
        prox.reset();
        for (steps = 1;; steps++) {
            double value = loss.evaluate(z, slope);
            while (true) {
                for (int j = 0; j < p; j++) {
                    next[j] = z[j] - slope[j] / curvature;
                }
                prox.apply(next, 1 / curvature, l1, l2);
                if (loss.curvatureHolds() || bounded(value, slope, z, next)) {
                    break;
                }
                curvature *= 2;
            }
            double moved = 0;
            double uphill = 0;
            for (int j = 0; j < p; j++) {
                moved = Math.max(moved, curvature * Math.abs(z[j] - next[j]));
                uphill += (z[j] - next[j]) * (next[j] - b[j]);
            }
            // The residual needs a slope of its own, so it is asked for only when it may be small.
            boolean last = steps == mostSteps;
            if (moved <= LIKELY * tolerance || steps % PATIENCE == 0 || last) {
                loss.evaluate(next, nextSlope);
                residual = 0;
                for (int j = 0; j < p; j++) {
                    residual = Math.max(residual, Math.abs(curvature * (z[j] - next[j]) + nextSlope[j] - slope[j]));
                }
                if (residual <= tolerance || last) {
                    return next;
                }
            }
            if (uphill > 0) {
                momentum = 1;
            }
            double following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            for (int j = 0; j < p; j++) {
                z[j] = next[j] + (momentum - 1) / following * (next[j] - b[j]);
                b[j] = next[j];
            }
            momentum = following;
        }
    }

    /** Whether the quadratic through z with this curvature lies above the loss at {@code next}. */
    private boolean bounded(double value, double[] slope, double[] z, double[] next) {
        double nextValue = loss.evaluate(next, null);
        if (!Double.isFinite(nextValue)) {
            return false;
        }
        double linear = 0;
        double square = 0;
        for (int j = 0; j < z.length; j++) {
            double d = next[j] - z[j];
            linear += slope[j] * d;
            square += d * d;
        }
        double excess = nextValue - value - linear;
        if (Math.abs(excess) >= ROUNDING * Math.abs(value)) {
            return excess <= curvature / 2 * square;
        }
        // Of close points the values differ by rounding only; the slopes still tell the curvature.
        double[] nextSlope = new double[z.length];
        loss.evaluate(next, nextSlope);
        double change = 0;
        for (int j = 0; j < z.length; j++) {
            change += (nextSlope[j] - slope[j]) * (next[j] - z[j]);
        }
        return change <= curvature * square;
    }
}
