package org.lanewise.linear;

import java.util.Arrays;

/**
 * Cyclic coordinate descent for 1/2 sum_i v_i (r_i)^2 + penalty over a working set of columns, r being the residual of the
 * standardised columns: one coefficient after the other takes its best value given the rest. Sweeps over all columns of the set
 * alternate with sweeps over those that are not 0, and every few sweeps Anderson's extrapolation is tried. How the slopes
 * z_j'(v o r) are kept up to date is left to the subclasses.
 */
abstract class CoordinateDescent {
    /** A sweep that lowers the objective by less than this share of the wanted gap has probably reached it. */
    private static final double SETTLED = 0.05;
    private final AndersonAcceleration anderson = new AndersonAcceleration();
    private int[] active = new int[16];
    /** Columns of the working set, in the order in which they came in. */
    int[] column = new int[16];
    int size;
    /** Coefficients and mean squares of the standardised columns, in the order of the working set. */
    double[] b = new double[16];
    double[] square = new double[16];
    /** Gains of a sweep up to here are rounding. */
    double floor;

    /** The slope z_i'(v o r) of the i-th column of the set. */
    abstract double slope(int i);

    /** Tells the state that coefficient i has grown by {@code step}. */
    abstract void moved(int i, double step);

    /** What the slopes are computed from; an affine function of the coefficients. */
    abstract double[] state();

    abstract int stateLength();

    /** Gives an intercept its best value; returns what that takes off the loss. */
    double moveIntercept() {
        return 0;
    }

    /** The loss at the coefficients and state given, less that at the current ones. */
    abstract double lossChange(double[] otherB, double[] otherState);

    /** Whether the gap over the working set is at most {@code target}, if that is cheap to know; otherwise true. */
    abstract boolean settled(Penalty penalty, double target);

    /** Adds columns, with coefficient 0; {@link #load} must follow. */
    void extend(int[] more, Standardization z) {
        int length = size + more.length;
        if (length > column.length) {
            int capacity = Math.max(length, 2 * column.length);
            column = Arrays.copyOf(column, capacity);
            b = Arrays.copyOf(b, capacity);
            square = Arrays.copyOf(square, capacity);
            active = Arrays.copyOf(active, capacity);
        }
        for (int j : more) {
            column[size] = j;
            square[size] = z.square[j];
            b[size++] = 0;
        }
    }

    /**
     * Starts from other coefficients.
     *
     * @param coefficients
     *            in the order of the working set
     * @param u
     *            their weighted residual, v o r
     */
    abstract void load(double[] coefficients, double[] u);

    /**
     * Minimises from where it is.
     *
     * @param target
     *            the gap to reach over the working set, about
     * @return sweeps over the whole set, those over the active columns counted by their share
     *
     * @throws ConvergenceException
     *             if {@code mostSweeps} are not enough
     */
    double solve(Penalty penalty, double target, int mostSweeps) {
        double sweeps = 0;
        double share = 1;
        anderson.reset(size, stateLength());
        while (true) {
            double gain = sweepAll(penalty);
            sweeps++;
            accelerate(penalty);
            if (gain <= floor || gain <= SETTLED * share * target && settled(penalty, target)) {
                return sweeps;
            }
            if (gain <= SETTLED * share * target) {
                share /= 4;
            }
            int count = activeColumns();
            for (int inner = 0; inner < 100 && count < size; inner++) {
                gain = sweep(penalty, count);
                sweeps += (double) count / size;
                accelerate(penalty);
                if (gain <= SETTLED * share * target) {
                    break;
                }
            }
            if (sweeps > mostSweeps) {
                throw new ConvergenceException("elastic net with l1 " + penalty.l1 + " and l2 " + penalty.l2
                        + ": not settled after " + mostSweeps + " sweeps over " + size
                        + " columns; allow more sweeps, a larger tolerance, or more ridge");
            }
        }
    }

    private int activeColumns() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (b[i] != 0) {
                active[count++] = i;
            }
        }
        return count;
    }

    private double sweepAll(Penalty penalty) {
        double gain = moveIntercept();
        for (int i = 0; i < size; i++) {
            gain += visit(penalty, i);
        }
        return gain;
    }

    private double sweep(Penalty penalty, int count) {
        double gain = moveIntercept();
        for (int k = 0; k < count; k++) {
            gain += visit(penalty, active[k]);
        }
        return gain;
    }

    /** Returns a lower bound of what the objective has lost. */
    private double visit(Penalty penalty, int i) {
        double d = square[i];
        double old = b[i];
        double next = penalty.minimise(column[i], slope(i) + d * old, d);
        double step = next - old;
        if (step == 0) {
            return 0;
        }
        b[i] = next;
        moved(i, step);
        return (d + penalty.ridge(column[i])) / 2 * step * step;
    }

    private void accelerate(Penalty penalty) {
        if (penalty.bounded() || !anderson.record(b, state())) {
            return;
        }
        double[] otherB = anderson.coefficients();
        double[] otherState = anderson.state();
        double change = lossChange(otherB, otherState);
        for (int i = 0; i < size; i++) {
            change += penalty.value(column[i], otherB[i]) - penalty.value(column[i], b[i]);
        }
        if (change < 0) {
            System.arraycopy(otherB, 0, b, 0, size);
            System.arraycopy(otherState, 0, state(), 0, stateLength());
        }
    }

    /** Goes on along the line from older coefficients and state through the present ones, if that lowers the objective. */
    void extrapolate(Penalty penalty, double[] olderB, double[] olderState, double factor) {
        if (penalty.bounded()) {
            return;
        }
        double[] otherB = beyond(olderB, b, factor, size);
        double[] otherState = beyond(olderState, state(), factor, stateLength());
        double change = lossChange(otherB, otherState);
        for (int i = 0; i < size; i++) {
            change += penalty.value(column[i], otherB[i]) - penalty.value(column[i], b[i]);
        }
        if (change < 0) {
            System.arraycopy(otherB, 0, b, 0, size);
            System.arraycopy(otherState, 0, state(), 0, stateLength());
        }
    }

    private static double[] beyond(double[] from, double[] to, double factor, int length) {
        double[] line = new double[length];
        for (int i = 0; i < length; i++) {
            line[i] = to[i] + factor * (to[i] - from[i]);
        }
        return line;
    }
}
