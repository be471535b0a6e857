package org.lanewise.henaw.network;

/**
 * The hierarchical elastic net on a network's linear path: a penalty on every coefficient and on every marker's group of
 * coefficients,
 *
 * <pre>
 * ridge/2 ||w||^2 + lasso ||w||_1 + group sum over markers sqrt(size) ||w_marker||_2
 * </pre>
 *
 * The ridge part is a gradient like any other; the rest is not smooth and enters by its proximal operator after each
 * optimiser step: soft threshold of the coefficients, then of the groups (exact for nested groups: Jenatton et al., JMLR
 * 12:2297, 2011). The optimiser steps by its own length in every coefficient, so the thresholds are scaled alike; a group
 * takes the mean of its coefficients. So coefficients, and whole markers, become exactly zero. Age and sex are not
 * penalised.
 *
 * @param ridge of the squared coefficients
 * @param lasso of the absolute coefficients
 * @param group of the groups' norms
 */
public record HierarchicalElasticNet(double ridge, double lasso, double group) {
    /** Checks the signs. */
    public HierarchicalElasticNet {
        if (!(ridge >= 0 && lasso >= 0 && group >= 0))
            throw new IllegalArgumentException("elastic net: penalties must not be negative");
    }

    /**
     * One proximal step.
     *
     * @param w      coefficients, modified
     * @param groups the marker of each coefficient, -1 for those that are not penalised
     * @param step   how far the optimiser moves each coefficient per unit of gradient
     */
    public void proximal(float[] w, int[] groups, double[] step) {
        int markers = 0;
        for (int c = 0; c < w.length; c++) {
            markers = Math.max(markers, groups[c] + 1);
            float threshold = (float) (step[c] * lasso);
            if (groups[c] >= 0)
                w[c] = Math.abs(w[c]) <= threshold ? 0 : w[c] - Math.copySign(threshold, w[c]);
        }
        double[] squares = new double[markers];
        double[] steps = new double[markers];
        int[] sizes = new int[markers];
        for (int c = 0; c < w.length; c++)
            if (groups[c] >= 0) {
                squares[groups[c]] += (double) w[c] * w[c];
                steps[groups[c]] += step[c];
                sizes[groups[c]]++;
            }
        for (int c = 0; c < w.length; c++)
            if (groups[c] >= 0) {
                double limit = steps[groups[c]] / sizes[groups[c]] * group * Math.sqrt(sizes[groups[c]]);
                double norm = Math.sqrt(squares[groups[c]]);
                w[c] = norm <= limit ? 0 : (float) (w[c] * (1 - limit / norm));
            }
    }
}
