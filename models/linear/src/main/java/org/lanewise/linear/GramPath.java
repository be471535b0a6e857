package org.lanewise.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The elastic net path for squared loss when there are few columns: one pass over the data for the Gram matrix of all of them, in
 * double precision, and never again.
 */
final class GramPath implements SquaredLossPath {
    private static final double INNER = 0.9;
    private static final int MOST_ROUNDS = 20;
    private final Standardization z;
    private final Penalty base;
    private final ElasticNetParams params;
    private final DoubleGram gram;
    private final GramCoordinateDescent solver;
    private final double nullLoss;
    private final double reach;
    private final double[] nullSlopes;
    private boolean started;
    private double alphaMax;

    /** As {@link GaussianPath}. */
    GramPath(ColumnStore x, Standardization z, double[] v, double[] residual, Penalty base, ElasticNetParams params) {
        this.z = z;
        this.base = base;
        this.params = params;
        double[] u = new double[v.length];
        double square = 0;
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            u[i] = v[i] * residual[i];
            square += u[i] * residual[i];
            sum += u[i];
        }
        double total = sum;
        nullLoss = square / 2;
        reach = Math.sqrt(square);
        gram = new DoubleGram(x, z, v);
        solver = new GramCoordinateDescent(x, z, gram, reach);
        solver.floor = 1e-26 * nullLoss;
        solver.extend(IntStream.range(0, x.columns()).toArray(), z);
        nullSlopes = new double[x.columns()];
        Standardization.forColumns(nullSlopes.length, j -> nullSlopes[j] = z.dot(x, j, u, total));
        solver.loadSlopes(new double[nullSlopes.length], nullSlopes);
    }

    @Override
    public double nullLoss() {
        return nullLoss;
    }

    @Override
    public double alphaMax() {
        start();
        return alphaMax;
    }

    /** Fits the unpenalised columns alone. */
    private void start() {
        if (started) {
            return;
        }
        started = true;
        double[] factors = new double[nullSlopes.length];
        boolean any = false;
        for (int j = 0; j < factors.length; j++) {
            factors[j] = base.factor(j) == 0 ? 0 : Double.POSITIVE_INFINITY;
            any |= factors[j] == 0;
        }
        if (any) {
            solver.solve(base.withFactors(factors), 1e-16 * nullLoss, params.maxSweeps());
            refresh();
        }
        double[] slopes = new double[nullSlopes.length];
        java.util.Arrays.setAll(slopes, solver::slope);
        alphaMax = base.steepest(slopes) / Math.max(params.l1Ratio(), 1e-3);
    }

    @Override
    public List<GaussianStep> fit(double[] alphas) {
        start();
        List<GaussianStep> steps = new ArrayList<>();
        double wanted = params.tolerance() * nullLoss;
        for (double alpha : alphas) {
            GaussianStep step = new GaussianStep(base.with(alpha * params.l1Ratio(), alpha * (1 - params.l1Ratio())));
            step.target = INNER * wanted;
            for (int round = 0; round < MOST_ROUNDS && !(step.gap <= wanted); round++) {
                step.sweeps += solver.solve(step.penalty, step.target, params.maxSweeps());
                refresh();
                judge(step);
                step.target /= 8;
            }
            if (!(step.gap <= wanted)) {
                throw new ConvergenceException("elastic net at alpha " + alpha + ": duality gap " + step.gap / nullLoss
                        + " of the null loss, " + params.tolerance()
                        + " wanted; rounding allows no less, or the columns depend on each other");
            }
            step.take(solver);
            steps.add(step);
        }
        return steps;
    }

    /** Slopes from the Gram matrix anew, without the rounding of many small steps. */
    private void refresh() {
        double[] q = nullSlopes.clone();
        for (int i = 0; i < solver.size; i++) {
            if (solver.b[i] != 0) {
                gram.subtract(i, solver.b[i], q);
            }
        }
        solver.loadSlopes(solver.b, q);
    }

    private void judge(GaussianStep step) {
        double square = 2 * nullLoss;
        DualityGap gap = new DualityGap(step.penalty, reach);
        step.kkt = 0;
        for (int i = 0; i < solver.size; i++) {
            double b = solver.b[i];
            square -= b * (nullSlopes[i] + solver.slope(i));
            step.kkt = Math.max(step.kkt, step.penalty.violation(i, b, solver.slope(i)));
            if (b != 0 || step.penalty.free(i) || step.penalty.wants(i, solver.slope(i))) {
                gap.add(i, b, solver.slope(i));
            }
        }
        step.squaredResidual = Math.max(0, square);
        step.gap = gap.squared(step.squaredResidual);
        step.objective = step.squaredResidual / 2 + gap.penaltyValue();
    }
}
