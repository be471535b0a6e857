package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.WorkerPool;

/**
 * The Newton step of all classes of a multinomial loss together, by coordinate descent with the whole matrix of second derivatives. Classes
 * that take turns, as in glmnet, need far more steps, each with a pass over the rows. The matrix costs as much as many passes; it
 * is kept, for the next alphas too, while steps with it gain enough.
 * <p>
 * A constant added to one column's coefficients of all classes changes the penalty alone. No step of one coefficient sees that, so every
 * sweep begins with the best constants.
 */
final class SoftmaxDescent extends GramCoordinateDescent {
    /** Coefficients up to here: beyond, classes take turns. */
    static final int MOST = 1024;
    private final ColumnStore x;
    private final Standardization z;
    private final MultinomialLoss loss;
    private final boolean intercept;
    private final int classes;
    private SoftmaxHessian hessian;
    private Penalty current;
    private double[] start = {};
    private double[] reduced = {};

    SoftmaxDescent(ColumnStore x, Standardization z, MultinomialLoss loss, boolean intercept) {
        super(x, z, null, 1);
        this.x = x;
        this.z = z;
        this.loss = loss;
        this.intercept = intercept;
        classes = loss.outputs();
    }

    /** Adds columns for every class. */
    void include(int[] columns) {
        int[] each = new int[columns.length * classes];
        Arrays.setAll(each, i -> columns[i / classes]);
        extend(each, z);
    }

    /** The columns' second derivatives are made when they are needed. */
    @Override
    void extendGram(int[] more) {
    }

    /**
     * Makes ready for a step from where the loss was evaluated last.
     *
     * @param anew
     *            whether the second derivatives must be the present ones
     * @return whether they are
     */
    boolean prepare(boolean anew) {
        boolean fresh = anew || hessian == null;
        if (fresh) {
            hessian = new SoftmaxHessian(x, z, loss.shares(), loss.probabilities(), intercept);
            gram = hessian;
        }
        int known = hessian.size;
        if (fresh || known * classes < size) {
            int[] more = new int[size / classes - known];
            Arrays.setAll(more, i -> column[(known + i) * classes]);
            hessian.extend(more);
        }
        for (int i = 0; i < size; i++) {
            square[i] = Math.max(0, hessian.diagonal(i));
        }
        return fresh;
    }

    void load(GlmBlock[] blocks) {
        double[] sums = new double[classes];
        double[] q = new double[size];
        start = new double[size];
        WorkerPool.current().forEach(classes, k -> {
            GlmBlock block = blocks[k];
            sums[k] = block.sum();
            for (int i = 0; i < block.b.length; i++) {
                start[i * classes + k] = block.b[i];
                q[i * classes + k] = z.dot(x, column[i * classes + k], block.u, sums[k]);
            }
        });
        reduced = hessian.reduced(sums);
        for (int i = 0; intercept && i < size; i++) {
            q[i] -= hessian.offSlope(i, reduced);
        }
        loadSlopes(start, q);
    }

    double[] coefficients(int output) {
        double[] own = new double[size / classes];
        Arrays.setAll(own, i -> b[i * classes + output]);
        return own;
    }

    /** What the intercepts have grown by since {@link #load}. */
    double[] interceptSteps() {
        double[] moved = new double[size];
        Arrays.setAll(moved, i -> b[i] - start[i]);
        return intercept ? hessian.interceptSteps(reduced, moved) : new double[classes];
    }

    /** The Newton step of the intercepts alone. */
    double[] interceptNewton(GlmBlock[] blocks) {
        SoftmaxHessian own = new SoftmaxHessian(x, z, loss.shares(), loss.probabilities(), true);
        own.extend(new int[0]);
        return own.interceptSteps(own.reduced(Arrays.stream(blocks).mapToDouble(GlmBlock::sum).toArray()),
                new double[0]);
    }

    @Override
    double solve(Penalty penalty, double target, int mostSweeps) {
        current = penalty;
        return super.solve(penalty, target, mostSweeps);
    }

    @Override
    double moveIntercept() {
        double gain = 0;
        for (int i = 0; !current.bounded() && i < size; i += classes) {
            if (!current.free(column[i])) {
                gain += centre(i);
            }
        }
        return gain;
    }

    /** Takes the best constant off one column's coefficients; returns what that takes off the penalty. */
    private double centre(int at) {
        int j = column[at];
        double c = constant(Arrays.copyOfRange(b, at, at + classes), current.threshold(j), current.ridge(j));
        double gain = 0;
        double whole = 0;
        for (int i = at; c != 0 && i < at + classes; i++) {
            whole += current.value(j, b[i]);
            gain += current.value(j, b[i]) - current.value(j, b[i] - c);
        }
        if (gain <= 1e-14 * whole) {
            return 0;
        }
        for (int i = at; i < at + classes; i++) {
            b[i] -= c;
        }
        return gain;
    }

    /** argmin over c of sum_k l1 |b_k - c| + l2/2 (b_k - c)^2, 0 if that is as good; sorts the values. */
    static double constant(double[] values, double l1, double l2) {
        Arrays.sort(values);
        int n = values.length;
        double sum = Dot.sum(values);
        for (int below = 0; below < n; below++) {
            double excess = l1 * (2 * below - n);
            if (excess + l2 * (n * values[below] - sum) >= 0) {
                double low = below == 0 ? Double.NEGATIVE_INFINITY : values[below - 1];
                double root = l2 > 0 ? (sum - excess / l2) / n : 2 * below == n ? 0 : low;
                return Math.max(low, Math.min(values[below], root));
            }
        }
        return values[n - 1];
    }
}
