package org.lanewise.linear;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The path of a {@link MultiTaskElasticNet}: block coordinate descent on a working set that starts from the sequential strong rule, for the
 * lengths of the rows of slopes, and grows by the columns that a pass over all of them finds wanting.
 */
final class MultiTaskPath {
    private static final double INNER = 0.02;
    private static final int MOST_ROUNDS = 60;
    private final ColumnStore x;
    private final Standardization z;
    private final double[] v;
    private final ElasticNetParams params;
    private final Penalty base;
    private final double[] mean;
    /** The targets less their means, by task. */
    private final double[][] residual;
    private final MultiTaskDescent solver;
    private final boolean[] inSet;
    private final double[] length;
    private final double[][] slopes;
    private final double nullLoss;
    private double[][] u;
    private double squaredResidual;
    private double strength;
    private double gap;

    MultiTaskPath(ColumnStore x, Standardization z, double[] v, double[][] targets, ElasticNetParams params) {
        this.x = x;
        this.z = z;
        this.v = v;
        this.params = params;
        base = params.penalty(z);
        int tasks = targets.length;
        mean = new double[tasks];
        residual = new double[tasks][];
        for (int t = 0; t < tasks; t++) {
            residual[t] = targets[t].clone();
            mean[t] = params.fitIntercept() ? Dot.of(v, residual[t]) : 0;
            for (int i = 0; i < v.length; i++) {
                residual[t][i] -= mean[t];
            }
        }
        solver = new MultiTaskDescent(x, z, v, tasks);
        inSet = new boolean[x.columns()];
        length = new double[x.columns()];
        slopes = new double[tasks][x.columns()];
        u = new double[tasks][v.length];
        settle();
        nullLoss = squaredResidual / 2;
        include(IntStream.range(0, x.columns()).filter(j -> base.factor(j) == 0).toArray());
        if (solver.column.length > 0) {
            solver.load(u);
            solver.solve(base.with(0, 0), 1e-16 * nullLoss, params.maxSweeps());
            settle();
        }
        check(base);
        // A few roundings more, so that l1Ratio times this leaves every column out.
        strength = base.steepest(length) * (1 + 0x1p-50) / Math.max(params.l1Ratio(), 1e-3);
    }

    double alphaMax() {
        return strength;
    }

    MultiTaskElasticNet.Step fit(double alpha) {
        Penalty penalty = base.with(alpha * params.l1Ratio(), alpha * (1 - params.l1Ratio()));
        double strong = alpha > 0 ? Math.max(0, 2 - strength / alpha) : 0;
        include(lacking(j -> length[j] >= strong * penalty.threshold(j)));
        strength = alpha;
        double wanted = params.tolerance() * nullLoss;
        double target = INNER * wanted;
        double sweeps = 0;
        for (int round = 0;; round++) {
            solver.load(u);
            sweeps += solver.solve(penalty, Math.max(target, 1e-26 * nullLoss), params.maxSweeps());
            settle();
            check(penalty);
            if (gap <= wanted) {
                return step(alpha, sweeps);
            }
            if (round == MOST_ROUNDS) {
                throw new ConvergenceException("multi-task elastic net at alpha " + alpha + ": duality gap "
                        + gap / nullLoss + " of the null loss, " + params.tolerance()
                        + " wanted; rounding allows no less, or the columns depend on each other");
            }
            int[] more = lacking(j -> length[j] > penalty.threshold(j));
            include(more);
            target /= more.length == 0 ? 8 : 1;
        }
    }

    private int[] lacking(java.util.function.IntPredicate chosen) {
        return IntStream.range(0, inSet.length).filter(j -> !inSet[j] && chosen.test(j)).toArray();
    }

    private void include(int[] columns) {
        int[] more = Arrays.stream(columns).filter(j -> z.square[j] > 0 && !base.excludes(j)).toArray();
        for (int j : more) {
            inSet[j] = true;
        }
        if (more.length > 0) {
            solver.extend(more);
        }
    }

    /** Computes the residuals anew, in double precision. */
    private void settle() {
        squaredResidual = 0;
        for (int t = 0; t < u.length; t++) {
            double[] r = residual[t].clone();
            double shift = 0;
            for (int i = 0; i < solver.column.length; i++) {
                int j = solver.column[i];
                if (solver.b[t][i] != 0) {
                    double factor = solver.b[t][i] / z.scale[j];
                    x.axpy(j, -factor, r);
                    shift += factor * z.mean[j];
                }
            }
            for (int i = 0; i < r.length; i++) {
                u[t][i] = v[i] * (r[i] + shift);
                squaredResidual += u[t][i] * (r[i] + shift);
            }
        }
    }

    /**
     * Sets slopes, their lengths and the gap over all columns, as {@link DualityGap} does with absolute values for lengths: the residual
     * itself as dual point if there is a ridge part, or the residual shrunk until every row of slopes is feasible.
     */
    private void check(Penalty penalty) {
        for (int t = 0; t < u.length; t++) {
            double[] task = u[t];
            double[] slope = slopes[t];
            double sum = Dot.sum(task);
            Standardization.forColumns(slope.length, j -> slope[j] = z.dot(x, j, task, sum));
        }
        double reach = Math.sqrt(2 * nullLoss);
        DualityGap bound = new DualityGap(penalty, reach);
        double[][] b = new double[u.length][length.length];
        for (int i = 0; i < solver.column.length; i++) {
            for (int t = 0; t < u.length; t++) {
                b[t][solver.column[i]] = solver.b[t][i];
            }
        }
        for (int j = 0; j < length.length; j++) {
            double g = 0;
            double size = 0;
            double product = 0;
            double rest = 0;
            for (int t = 0; t < u.length; t++) {
                double h = slopes[t][j] - penalty.ridge(j) * b[t][j];
                g += slopes[t][j] * slopes[t][j];
                rest += h * h;
                size += b[t][j] * b[t][j];
                product += h * b[t][j];
            }
            length[j] = Math.sqrt(g);
            if (size > 0 || penalty.free(j) || penalty.wants(j, length[j])) {
                bound.addRow(j, Math.sqrt(size), length[j], Math.sqrt(rest), product);
            }
        }
        gap = bound.squared(squaredResidual);
    }

    private MultiTaskElasticNet.Step step(double alpha, double sweeps) {
        int[] order = IntStream.range(0, solver.column.length).filter(solver::active).boxed()
                .sorted(java.util.Comparator.comparingInt(i -> solver.column[i])).mapToInt(i -> i).toArray();
        double[][] value = new double[u.length][order.length];
        double[] intercepts = mean.clone();
        for (int t = 0; t < u.length; t++) {
            for (int k = 0; k < order.length; k++) {
                int j = solver.column[order[k]];
                value[t][k] = solver.b[t][order[k]] / z.scale[j];
                intercepts[t] -= value[t][k] * z.mean[j];
            }
        }
        MultiTaskModel model = new MultiTaskModel(x.columns(), intercepts,
                Arrays.stream(order).map(i -> solver.column[i]).toArray(), value);
        return new MultiTaskElasticNet.Step(alpha, model, nullLoss > 0 ? 1 - squaredResidual / (2 * nullLoss) : 0,
                nullLoss > 0 ? gap / nullLoss : 0, sweeps);
    }
}
