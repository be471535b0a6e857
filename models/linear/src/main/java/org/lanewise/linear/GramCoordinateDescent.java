package org.lanewise.linear;

/**
 * With covariance updates: keeps the slopes of the working set, which a step changes by a row of the Gram matrix. Looking at a column
 * that does not move costs nothing.
 */
class GramCoordinateDescent extends CoordinateDescent {
    private final ColumnStore x;
    private final Standardization z;
    /** Null until the columns are known, where its weights change. */
    GramMatrix gram;
    private final double reach;
    private double[] q = {};

    /**
     * @param reach
     *            for {@link DualityGap}
     */
    GramCoordinateDescent(ColumnStore x, Standardization z, GramMatrix gram, double reach) {
        this.x = x;
        this.z = z;
        this.gram = gram;
        this.reach = reach;
    }

    @Override
    void extend(int[] more, Standardization same) {
        super.extend(more, same);
        extendGram(more);
        if (q.length < size) {
            q = new double[column.length];
        }
    }

    void extendGram(int[] more) {
        gram.extend(more);
    }

    /** Lowers a slope. */
    final void shift(int i, double by) {
        q[i] -= by;
    }

    @Override
    void load(double[] coefficients, double[] u) {
        System.arraycopy(coefficients, 0, b, 0, size);
        double sum = 0;
        for (double r : u) {
            sum += r;
        }
        double total = sum;
        Standardization.forColumns(size, i -> q[i] = z.dot(x, column[i], u, total));
    }

    /** Starts from coefficients with known slopes. */
    void loadSlopes(double[] coefficients, double[] slopes) {
        System.arraycopy(coefficients, 0, b, 0, size);
        System.arraycopy(slopes, 0, q, 0, size);
    }

    @Override
    double slope(int i) {
        return q[i];
    }

    @Override
    void moved(int i, double step) {
        gram.subtract(i, step, q);
    }

    @Override
    double[] state() {
        return q;
    }

    @Override
    int stateLength() {
        return size;
    }

    /** A quadratic function changes by the step times the mean of its slopes at both ends. */
    @Override
    double lossChange(double[] otherB, double[] otherState) {
        double change = 0;
        for (int i = 0; i < size; i++) {
            change -= (otherB[i] - b[i]) * (q[i] + otherState[i]) / 2;
        }
        return change;
    }

    @Override
    boolean settled(Penalty penalty, double target) {
        return gap(penalty, 0) <= target;
    }

    /**
     * The gap over the working set.
     *
     * @param squaredResidual
     *            a lower estimate is enough where slopes exceed the threshold by little
     */
    double gap(Penalty penalty, double squaredResidual) {
        DualityGap gap = new DualityGap(penalty, reach);
        for (int i = 0; i < size; i++) {
            if (b[i] != 0 || penalty.free(column[i]) || penalty.wants(column[i], q[i])) {
                gap.add(column[i], b[i], q[i]);
            }
        }
        return gap.squared(squaredResidual);
    }
}
