package org.lanewise.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The elastic net path of losses other than the squared one, by proximal Newton steps: the loss is replaced by its quadratic expansion
 * with the diagonal of its second derivatives (as glmnet does), that problem is solved by coordinate descent on a working set, and a
 * line search makes sure that the objective falls. The working set starts from the sequential strong rule and grows by the columns that
 * a pass over all of them finds wanting, until the duality gap over all columns is small enough.
 */
final class GlmPath {
    private static final int MOST_ROUNDS = 60;
    private static final int MOST_STEPS = 500;
    private static final double INNER = 0.5;
    /** Near the minimum the objective is flat: slopes still tell better from worse when its values no longer do. */
    private static final double ROUNDING = 1e-14;
    /** Steps without a smaller gap before giving up. */
    private static final int PATIENCE = 5;
    /** How far an intercept or a coefficient without penalty may reasonably be from its best value, in units of eta. */
    private static final double REACH = 10;

    private final ColumnStore x;
    private final Standardization z;
    private final GlmLoss loss;
    private final double[] offset;
    private final Penalty base;
    private final ElasticNetParams params;
    private final boolean intercept;
    private final NaiveCoordinateDescent solver;
    private final boolean[] inSet;
    private final double nullLoss;
    private final double[] u;
    private final double[] h;
    private final double[] eta;
    private final double[] slopes;
    private double[] b = new double[16];
    private double b0;
    private double value;
    private double sweeps;
    private double gap;
    private double kkt;

    GlmPath(ColumnStore x, Standardization z, GlmLoss loss, double[] offset, Penalty base, ElasticNetParams params) {
        this.x = x;
        this.z = z;
        this.loss = loss;
        this.offset = offset;
        this.base = base;
        this.params = params;
        int n = x.rows();
        u = new double[n];
        h = new double[n];
        eta = offset.clone();
        slopes = new double[x.columns()];
        inSet = new boolean[x.columns()];
        intercept = params.fitIntercept() && loss.allowsIntercept();
        b0 = intercept ? loss.bestIntercept(eta, 0) : 0;
        predict();
        nullLoss = loss.evaluate(eta, u, h);
        solver = new NaiveCoordinateDescent(x, z, h, intercept);
        solver.floor = 1e-26 * nullLoss;
    }

    /** The fits for the grid that follows from the least alpha at which no penalised column is in the model. */
    List<ElasticNetPath.Step> fit(java.util.function.DoubleFunction<double[]> grid) {
        include(IntStream.range(0, x.columns()).filter(j -> base.factor(j) == 0 && z.square[j] > 0).toArray());
        if (solver.size > 0) {
            newton(base.with(0, 0), 1e-14 * nullLoss);
        }
        sweepAll(base);
        double strength = base.steepest(slopes) / Math.max(params.l1Ratio(), 1e-3);
        List<ElasticNetPath.Step> steps = new ArrayList<>();
        for (double alpha : grid.apply(strength)) {
            Penalty penalty = base.with(alpha * params.l1Ratio(), alpha * (1 - params.l1Ratio()));
            double strong = alpha > 0 ? Math.max(0, 2 - strength / alpha) : 0;
            include(IntStream.range(0, x.columns()).filter(j -> !inSet[j] && !base.excludes(j) && z.square[j] > 0
                    && Math.abs(slopes[j]) >= strong * penalty.threshold(j)).toArray());
            sweeps = 0;
            settle(penalty, alpha);
            steps.add(new ElasticNetPath.Step(alpha, model(), nullLoss > 0 ? 1 - value / nullLoss : 0,
                    nullLoss > 0 ? gap / nullLoss : 0, kkt, sweeps));
            strength = alpha;
        }
        return steps;
    }

    private void settle(Penalty penalty, double alpha) {
        double wanted = params.tolerance() * nullLoss;
        double target = INNER * wanted;
        for (int round = 0;; round++) {
            newton(penalty, target);
            int[] lacking = sweepAll(penalty);
            if (gap <= wanted) {
                return;
            }
            if (round == MOST_ROUNDS) {
                throw new ConvergenceException(params.family() + " elastic net at alpha " + alpha + ": duality gap "
                        + gap / nullLoss + " of the null loss, " + params.tolerance()
                        + " wanted; rounding allows no less, or the columns depend on each other");
            }
            if (lacking.length == 0) {
                target /= 8;
            }
            include(lacking);
        }
    }

    private void include(int[] more) {
        for (int j : more) {
            inSet[j] = true;
        }
        solver.extend(more, z);
        b = Arrays.copyOf(b, solver.size);
    }

    /** eta from the coefficients. */
    private void predict() {
        System.arraycopy(offset, 0, eta, 0, eta.length);
        double constant = b0;
        for (int i = 0; solver != null && i < solver.size; i++) {
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

    /** Minimises over the working set until its gap is at most {@code target}, or steps no longer gain anything. */
    private void newton(Penalty penalty, double target) {
        double least = Double.POSITIVE_INFINITY;
        int idle = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            predict();
            double lossNow = loss.evaluate(eta, u, h);
            double inner = setGap(penalty, lossNow);
            idle = inner < least ? 0 : idle + 1;
            least = Math.min(least, inner);
            if (inner <= target || idle > PATIENCE) {
                return;
            }
            double[] older = b.clone();
            double olderB0 = b0;
            double olderValue = lossNow + penaltyValue(penalty, b);
            solver.reweight(h);
            solver.load(b, u);
            sweeps += solver.solve(penalty, Math.max(target / 4, Math.min(inner, olderValue) / 50), params.maxSweeps());
            double[] full = Arrays.copyOf(solver.b, solver.size);
            double fullB0 = b0 + solver.interceptStep();
            if (!search(penalty, older, olderB0, full, fullB0, olderValue)) {
                b = older;
                b0 = olderB0;
                predict();
                loss.evaluate(eta, u, h);
                return;
            }
        }
    }

    /** Goes towards the full step by halves until the objective falls; false if it does not. */
    private boolean search(Penalty penalty, double[] older, double olderB0, double[] full, double fullB0,
            double olderValue) {
        for (double share = 1; share > 1e-6; share /= 2) {
            b = new double[full.length];
            for (int i = 0; i < b.length; i++) {
                b[i] = share == 1 ? full[i] : older[i] + share * (full[i] - older[i]);
            }
            b0 = olderB0 + share * (fullB0 - olderB0);
            predict();
            double now = loss.evaluate(eta, null, null) + penaltyValue(penalty, b);
            if (now <= olderValue + ROUNDING * Math.abs(olderValue)) {
                return true;
            }
        }
        return false;
    }

    private double penaltyValue(Penalty penalty, double[] coefficients) {
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            sum += penalty.value(solver.column[i], coefficients[i]);
        }
        return sum;
    }

    private double setGap(Penalty penalty, double lossNow) {
        double sum = Arrays.stream(u).sum();
        double[] q = new double[solver.size];
        Standardization.forColumns(q.length, i -> q[i] = z.dot(x, solver.column[i], u, sum));
        DualityGap over = new DualityGap(penalty, REACH);
        for (int i = 0; i < q.length; i++) {
            over.add(solver.column[i], b[i], q[i]);
        }
        return over.general(lossNow) + (intercept ? Math.abs(sum) * REACH : 0);
    }

    /** Slopes, gap and KKT violation over all columns; returns those that the working set lacks. */
    private int[] sweepAll(Penalty penalty) {
        if (intercept) { // Its slope must vanish for the gap to mean anything.
            for (int i = 0; i < eta.length; i++) {
                eta[i] -= b0;
            }
            b0 = loss.bestIntercept(eta, b0);
            predict();
        }
        value = loss.evaluate(eta, u, h);
        double sum = Arrays.stream(u).sum();
        Standardization.forColumns(slopes.length, j -> slopes[j] = z.dot(x, j, u, sum));
        double[] byColumn = new double[slopes.length];
        for (int i = 0; i < solver.size; i++) {
            byColumn[solver.column[i]] = b[i];
        }
        DualityGap over = new DualityGap(penalty, REACH);
        kkt = 0;
        int[] lacking = new int[slopes.length];
        int count = 0;
        for (int j = 0; j < slopes.length; j++) {
            kkt = Math.max(kkt, penalty.violation(j, byColumn[j], slopes[j]));
            boolean wants = penalty.wants(j, slopes[j]);
            if (byColumn[j] != 0 || wants || penalty.free(j)) {
                over.add(j, byColumn[j], slopes[j]);
            }
            if (wants && !inSet[j] && z.square[j] > 0) {
                lacking[count++] = j;
            }
        }
        gap = over.general(value) + (intercept ? Math.abs(sum) * REACH : 0);
        return Arrays.copyOf(lacking, count);
    }

    private LinearModel model() {
        double[] all = new double[x.columns()];
        double constant = b0;
        for (int i = 0; i < solver.size; i++) {
            int j = solver.column[i];
            all[j] = b[i] / z.scale[j];
            constant -= all[j] * z.mean[j];
        }
        return LinearModel.of(params.family(), loss.allowsIntercept() ? constant : 0, all);
    }
}
