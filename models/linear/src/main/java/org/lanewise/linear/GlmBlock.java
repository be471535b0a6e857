package org.lanewise.linear;

import java.util.Arrays;

/** One output of a {@link GlmPath}: its coefficients, linear predictor, working set and the quadratic problem on it. */
final class GlmBlock {
    private final ColumnStore x;
    private final Standardization z;
    private final double[] offset;
    private final boolean intercept;
    CoordinateDescent solver;
    /** The solver. */
    Reweighted weights;
    final boolean[] inSet;
    final double[] slopes;
    final double[] eta;
    /** Minus the derivatives of the loss by eta, their sum, and the second derivatives. */
    final double[] u;
    final double[] h;
    double[] b = {};
    double b0;

    GlmBlock(ColumnStore x, Standardization z, double[] offset, boolean intercept) {
        this.x = x;
        this.z = z;
        this.offset = offset;
        u = new double[offset.length];
        h = new double[offset.length];
        eta = offset.clone();
        slopes = new double[x.columns()];
        inSet = new boolean[x.columns()];
        this.intercept = intercept;
        if (x instanceof SparseColumns) {
            useNaive();
        } else {
            WeightedGramDescent gram = new WeightedGramDescent(x, z, intercept);
            solver = gram;
            weights = gram;
        }
    }

    private void useNaive() {
        NaiveCoordinateDescent naive = new NaiveCoordinateDescent(x, z, h, intercept);
        solver = naive;
        weights = naive;
    }

    void include(int[] more) {
        for (int j : more) {
            inSet[j] = true;
        }
        if (solver instanceof WeightedGramDescent
                && solver.size + more.length > Math.min(WeightedGramDescent.MOST, x.rows())) {
            CoordinateDescent before = solver;
            useNaive();
            solver.floor = before.floor;
            solver.extend(Arrays.copyOf(before.column, before.size), z);
        }
        solver.extend(more, z);
        b = Arrays.copyOf(b, solver.size);
    }

    /** eta from the coefficients. */
    void predict() {
        System.arraycopy(offset, 0, eta, 0, eta.length);
        double constant = b0;
        for (int i = 0; i < b.length; i++) {
            if (b[i] != 0) {
                int j = solver.column[i];
                x.axpy(j, b[i] / z.scale[j], eta);
                constant -= b[i] / z.scale[j] * z.mean[j];
            }
        }
        for (int i = 0; i < eta.length; i++) {
            eta[i] += constant;
        }
    }

    /** Moves the intercept. */
    void shift(double step) {
        b0 += step;
        for (int i = 0; i < eta.length; i++) {
            eta[i] += step;
        }
    }

    double penaltyValue(Penalty penalty) {
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            sum += penalty.value(solver.column[i], b[i]);
        }
        return sum;
    }

    double sum() {
        return Dot.sum(u);
    }

    /** Computes the slopes of the columns of the working set. */
    void setSlopes() {
        double sum = sum();
        Standardization.forColumns(b.length,
                i -> slopes[solver.column[i]] = z.dot(x, solver.column[i], u, sum));
    }

    /** Computes the slopes of all columns. */
    void allSlopes() {
        double sum = sum();
        Standardization.forColumns(slopes.length, j -> slopes[j] = z.dot(x, j, u, sum));
    }

    /** Adds the columns of the working set to a gap. */
    void addSet(DualityGap gap) {
        for (int i = 0; i < b.length; i++) {
            gap.add(solver.column[i], b[i], slopes[solver.column[i]]);
        }
    }

    /** Adds the columns that matter to a gap; returns the largest KKT violation. */
    double addAll(DualityGap gap, Penalty penalty) {
        double[] all = all();
        double kkt = 0;
        for (int j = 0; j < slopes.length; j++) {
            kkt = Math.max(kkt, penalty.violation(j, all[j], slopes[j]));
            if (all[j] != 0 || penalty.free(j) || penalty.wants(j, slopes[j])) {
                gap.add(j, all[j], slopes[j]);
            }
        }
        return kkt;
    }

    private double[] all() {
        double[] all = new double[slopes.length];
        for (int i = 0; i < b.length; i++) {
            all[solver.column[i]] = b[i];
        }
        return all;
    }

    /** Coefficients of the columns as given. */
    double[] coefficients() {
        double[] all = all();
        for (int j = 0; j < all.length; j++) {
            all[j] /= z.scale[j];
        }
        return all;
    }

    /** The intercept for columns as given. */
    double intercept() {
        double constant = b0;
        for (int i = 0; i < b.length; i++) {
            constant -= b[i] / z.scale[solver.column[i]] * z.mean[solver.column[i]];
        }
        return constant;
    }
}
