package org.lanewise.linear;

import java.util.Arrays;

/**
 * The proximal map of a sparse-group penalty,
 *
 * <pre>argmin_b 1/2 |b - v|^2 + step (l1 |b|_1 + l2/2 |b|^2 + sum_g c_g |b_g|_2)</pre>
 *
 * exactly: soft thresholding, then the map of the group norms, then division by 1 + step l2. The order is sound because the norms
 * only shrink coordinates, never turn their sign (Yu 2013). Without overlap the group map is the well-known shrinkage of each group;
 * with overlap it is found in the dual, by cyclic projection of the residual on the ball of each group (Jenatton, Mairal, Obozinski and
 * Bach 2011), which is Dykstra's algorithm for the balls' polar, until nothing moves. The dual variables are kept from
 * one call to the next, which makes later calls cheap. Not thread-safe.
 */
final class SparseGroupProx {
    private static final double SETTLED = 1e-15;
    private static final int MOST_SWEEPS = 100_000;
    private final int[][] groups;
    private final double[] norms;
    private final boolean overlapping;
    /** Dual variable of each group, for a step of 1. */
    private final double[][] dual;

    /**
     * @param groups
     *            column numbers
     * @param norms
     *            c_g
     */
    SparseGroupProx(int columns, int[][] groups, double[] norms) {
        this.groups = groups;
        this.norms = norms;
        boolean[] taken = new boolean[columns];
        boolean twice = false;
        dual = new double[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            dual[g] = new double[groups[g].length];
            for (int j : groups[g]) {
                twice |= taken[j];
                taken[j] = true;
            }
        }
        overlapping = twice;
    }

    /** Overwrites {@code v} with the answer. */
    void apply(double[] v, double step, double l1, double l2) {
        for (int j = 0; j < v.length; j++) {
            double shrunk = Math.abs(v[j]) - step * l1;
            v[j] = shrunk > 0 ? Math.copySign(shrunk, v[j]) : 0;
        }
        if (overlapping) {
            overlapping(v, step);
        } else {
            disjoint(v, step);
        }
        for (int j = 0; j < v.length; j++) {
            v[j] /= 1 + step * l2;
        }
    }

    private void disjoint(double[] v, double step) {
        for (int g = 0; g < groups.length; g++) {
            double norm = norm(v, groups[g]);
            double keep = norm > step * norms[g] ? 1 - step * norms[g] / norm : 0;
            for (int j : groups[g]) {
                v[j] *= keep;
            }
        }
    }

    private static double norm(double[] v, int[] group) {
        double square = 0;
        for (int j : group) {
            square += v[j] * v[j];
        }
        return Math.sqrt(square);
    }

    private void overlapping(double[] v, double step) {
        boolean[] zero = new boolean[v.length];
        double size = 0;
        for (int j = 0; j < v.length; j++) {
            zero[j] = v[j] == 0;
            size += v[j] * v[j];
        }
        if (size == 0) {
            return;
        }
        double[] b = v.clone();
        for (int g = 0; g < groups.length; g++) {
            for (int k = 0; k < groups[g].length; k++) {
                dual[g][k] *= step;
                b[groups[g][k]] -= dual[g][k];
            }
        }
        double moved = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < MOST_SWEEPS && moved > SETTLED * Math.sqrt(size); sweep++) {
            moved = 0;
            for (int g = 0; g < groups.length; g++) {
                moved = Math.max(moved, project(b, g, step * norms[g]));
            }
        }
        for (int g = 0; g < groups.length; g++) {
            // A dual variable inside its ball means that the whole group is 0; clear what rounding left.
            double length = 0;
            for (double d : dual[g]) {
                length += d * d;
            }
            boolean inside = Math.sqrt(length) < step * norms[g] * (1 - 1e-9);
            for (int k = 0; k < groups[g].length; k++) {
                zero[groups[g][k]] |= inside;
                dual[g][k] /= step;
            }
        }
        for (int j = 0; j < v.length; j++) {
            v[j] = zero[j] ? 0 : b[j];
        }
    }

    /** Makes the dual variable of one group optimal given the others; returns its largest change. */
    private double project(double[] b, int g, double radius) {
        double square = 0;
        for (int k = 0; k < groups[g].length; k++) {
            double r = b[groups[g][k]] + dual[g][k];
            square += r * r;
        }
        double keep = square > radius * radius ? radius / Math.sqrt(square) : 1;
        double moved = 0;
        for (int k = 0; k < groups[g].length; k++) {
            int j = groups[g][k];
            double r = b[j] + dual[g][k];
            moved = Math.max(moved, Math.abs(keep * r - dual[g][k]));
            dual[g][k] = keep * r;
            b[j] = keep == 1 ? 0 : r - dual[g][k];
        }
        return moved;
    }

    /** sum_g c_g |b_g|_2. */
    double value(double[] b) {
        double sum = 0;
        for (int g = 0; g < groups.length; g++) {
            sum += norms[g] * norm(b, groups[g]);
        }
        return sum;
    }

    /** Forgets the dual variables, so that answers do not depend on earlier calls. */
    void reset() {
        for (double[] d : dual) {
            Arrays.fill(d, 0);
        }
    }
}
