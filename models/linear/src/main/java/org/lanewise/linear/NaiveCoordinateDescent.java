package org.lanewise.linear;

/**
 * With naive updates: keeps the weighted residual u = h o r, up to a multiple of h that is kept apart, which leaves sparse columns
 * sparse. For working sets too large for a Gram matrix, and for weights h that change from step to step.
 */
final class NaiveCoordinateDescent extends CoordinateDescent implements Reweighted {
    private final ColumnStore x;
    private final Standardization z;
    private final boolean intercept;
    private double[] h;
    private double totalWeight;
    private boolean uniform;
    /** x_j'h by column of the working set. */
    private double[] product = new double[16];
    /**
     * n values s and three more: the shift, the sum of s, and what the intercept has grown by since {@link #load}; u = s + shift h.
     */
    private final double[] state;
    private final int n;

    /**
     * @param h
     *            weights
     * @param intercept
     *            whether every sweep begins with an intercept; not needed if columns and target are centred under h
     */
    NaiveCoordinateDescent(ColumnStore x, Standardization z, double[] h, boolean intercept) {
        this.x = x;
        this.z = z;
        this.intercept = intercept;
        n = h.length;
        state = new double[n + 3];
        this.h = h;
        totalWeight = sum(h);
        uniform = Weights.equal(h);
    }

    @Override
    public boolean near(double[] weights) {
        return false; // Taking new weights over costs no more than a sweep.
    }

    @Override
    public void reweight(double[] weights) {
        h = weights;
        totalWeight = sum(h);
        uniform = Weights.equal(h);
        Standardization.forColumns(size, i -> {
            product[i] = x.dot(column[i], h);
            square[i] = z.square[column[i]] == 0
                    ? 0
                    : x.squares(column[i], h, z.mean[column[i]])
                            / (z.scale[column[i]] * z.scale[column[i]]);
        });
    }

    @Override
    void extend(int[] more, Standardization same) {
        int from = size;
        super.extend(more, same);
        if (product.length < size) {
            product = java.util.Arrays.copyOf(product, column.length);
        }
        for (int i = from; i < size; i++) {
            product[i] = x.dot(column[i], h);
        }
    }

    @Override
    void load(double[] coefficients, double[] u) {
        System.arraycopy(coefficients, 0, b, 0, size);
        System.arraycopy(u, 0, state, 0, n);
        state[n] = 0;
        state[n + 1] = sum(u);
        state[n + 2] = 0;
    }

    @Override
    public double interceptStep() {
        return state[n + 2];
    }

    @Override
    double slope(int i) {
        int j = column[i];
        if (z.square[j] == 0) {
            return 0;
        }
        double shift = state[n];
        double sum = state[n + 1] + shift * totalWeight;
        return (x.dot(j, state) + shift * product[i] - z.mean[j] * sum) / z.scale[j];
    }

    @Override
    void moved(int i, double step) {
        int j = column[i];
        double factor = step / z.scale[j];
        if (uniform) {
            x.axpy(j, -factor * h[0], state);
        } else {
            x.axpy(j, -factor, h, state);
        }
        state[n] += factor * z.mean[j];
        state[n + 1] -= factor * product[i];
    }

    @Override
    double moveIntercept() {
        if (!intercept) {
            return 0;
        }
        double sum = state[n + 1] + state[n] * totalWeight;
        double step = sum / totalWeight;
        state[n] -= step;
        state[n + 2] += step;
        return sum * step / 2;
    }

    @Override
    double[] state() {
        return state;
    }

    @Override
    int stateLength() {
        return state.length;
    }

    @Override
    double lossChange(double[] otherB, double[] otherState) {
        return squares(otherState) / 2 - squares(state) / 2;
    }

    private double squares(double[] s) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            if (h[i] > 0) {
                double u = s[i] + s[n] * h[i];
                sum += u * u / h[i];
            }
        }
        return sum;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum;
    }

    @Override
    boolean settled(Penalty penalty, double target) {
        return true;
    }
}
