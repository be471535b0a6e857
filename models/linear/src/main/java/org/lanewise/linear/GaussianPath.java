package org.lanewise.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.engine.WorkerPool;

/**
 * The elastic net path for squared loss, along falling alphas, several at a time: a working set is chosen for the last alpha of a
 * batch, the fits of the batch are found on it one from the other, and one pass over the data checks them all. Steps whose duality
 * gap is too large are done again with the columns they lack, which the other steps get as well.
 * <p>
 * The working set has the columns of the sequential strong rule (Tibshirani et al. 2012: a column whose slope changes at most as fast as
 * the threshold, and so will stay under it, is left out), less those that would stay clearly below if slopes went on changing as they did
 * in the last batch. Both are guesses, which the check corrects.
 */
final class GaussianPath implements SquaredLossPath {
    /** A column joins if its predicted slope is this share of the threshold. */
    private static final double NEAR = 1.0;
    private static final int LARGEST_BATCH = 6;
    /** From the gap over the working set to that over all columns there may be a little on top. */
    private static final double INNER = 0.5;
    private static final int MOST_ROUNDS = 60;
    /** Working sets up to here have a Gram matrix: 64 MB of floats. */
    private static final int MOST_GRAM = 4096;

    private final ColumnStore x;
    private final Standardization z;
    private final double[] v;
    private final double[] residual;
    private final double[] nullU;
    private final Penalty base;
    private final ElasticNetParams params;
    private final double nullLoss;
    private final double reach;
    private final SlopeCheck checker;
    private final boolean[] inSet;
    private CoordinateDescent solver;
    private boolean withGram;
    private GaussianStep start;
    private double alphaMax;

    /**
     * @param v
     *            weights that sum to 1
     * @param residual
     *            the target less offset and, if there is an intercept, mean
     */
    GaussianPath(ColumnStore x, Standardization z, double[] v, double[] residual, Penalty base,
            ElasticNetParams params) {
        this.x = x;
        this.z = z;
        this.v = v;
        this.residual = residual;
        this.base = base;
        this.params = params;
        nullU = new double[v.length];
        double square = 0;
        for (int i = 0; i < v.length; i++) {
            nullU[i] = v[i] * residual[i];
            square += nullU[i] * residual[i];
        }
        nullLoss = square / 2;
        reach = Math.sqrt(square);
        boolean free = IntStream.range(0, x.columns()).anyMatch(j -> base.factor(j) == 0);
        checker = new SlopeCheck(x, z, Weights.equal(v), reach,
                params.screening() == Screening.GAP_SAFE && !free);
        inSet = new boolean[x.columns()];
        withGram = true;
        solver = gramSolver();
    }

    private CoordinateDescent gramSolver() {
        GramMatrix gram = x instanceof SinglePrecision
                ? new FloatGram(x, z, v)
                : x instanceof SparseColumns ? new SparseGram(x, z, v) : new DoubleGram(x, z, v);
        return floored(new GramCoordinateDescent(x, z, gram, reach));
    }

    private CoordinateDescent floored(CoordinateDescent s) {
        s.floor = 1e-26 * nullLoss;
        return s;
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

    /** The fit of the unpenalised columns alone. */
    private void start() {
        if (start != null) {
            return;
        }
        int[] free = IntStream.range(0, x.columns())
                .filter(j -> base.factor(j) == 0 && z.square[j] > 0).toArray();
        GaussianStep step = new GaussianStep(base.with(0, 0));
        step.u = nullU;
        if (free.length > 0) {
            include(free);
            solver.load(solver.b, nullU);
            solver.solve(step.penalty, 1e-16 * nullLoss, params.maxSweeps());
            step.take(solver);
        }
        step.settle(x, z, v, residual);
        double[] slopes = new double[x.columns()];
        Standardization.forColumns(slopes.length, j -> slopes[j] = z.dot(x, j, step.u, step.sum));
        step.slopes = new float[slopes.length];
        for (int j = 0; j < slopes.length; j++) {
            step.slopes[j] = (float) slopes[j];
        }
        alphaMax = base.steepest(slopes) / Math.max(params.l1Ratio(), 1e-3);
        start = step;
    }

    @Override
    public List<GaussianStep> fit(double[] alphas) {
        start();
        List<GaussianStep> done = new ArrayList<>();
        int length = 1;
        double last = Double.NaN;
        GaussianStep from = start;
        float[] before = null;
        double beforeThreshold = Double.NaN;
        double strength = alphaMax();
        while (done.size() < alphas.length) {
            int end = Math.min(alphas.length, done.size() + length);
            double[] batch = Arrays.copyOfRange(alphas, done.size(), end);
            predict(from.slopes, strength, before, beforeThreshold, batch[batch.length - 1]);
            List<GaussianStep> steps = solve(from, strength, batch);
            int rounds = repair(steps);
            done.addAll(steps);
            before = batch.length > 1 ? steps.getFirst().slopes : from.slopes;
            beforeThreshold = batch.length > 1 ? batch[0] : strength;
            from = steps.getLast();
            strength = batch[batch.length - 1];
            length = rounds > 3 ? Math.max(2, length / 2) : rounds <= 2 ? Math.min(LARGEST_BATCH, 2 * length) : length;
            for (GaussianStep step : steps) {
                if (step != from && step.slopes != before) {
                    step.slopes = null;
                }
                step.u = step == from ? step.u : null;
            }
        }
        return done;
    }

    /** Chooses columns for {@code next}, from slopes at {@code now} and, if known, at the larger {@code earlier}. */
    private void predict(float[] slopes, double now, float[] before, double earlier, double next) {
        if (!(next < now)) {
            return;
        }
        Penalty there = penalty(next);
        double strong = 2 * next - now;
        double rate = before == null || !(earlier > now) ? Double.NaN : (next - now) / (now - earlier);
        int[] more = new int[x.columns()];
        int count = 0;
        for (int j = 0; j < slopes.length; j++) {
            if (inSet[j] || base.excludes(j) || z.square[j] == 0) {
                continue;
            }
            double g = slopes[j];
            if (Math.abs(g) < there.threshold(j) * strong / next) {
                continue;
            }
            double predicted = Double.isNaN(rate) ? g : g + rate * (g - before[j]);
            if (Math.abs(predicted) >= NEAR * there.threshold(j)) {
                more[count++] = j;
            }
        }
        include(Arrays.copyOf(more, count));
    }

    /** Adds columns to the working set; changes over to naive updates when it has become too large for a Gram matrix. */
    private void include(int[] more) {
        for (int j : more) {
            inSet[j] = true;
        }
        int most = Math.min(MOST_GRAM, x instanceof SinglePrecision ? FloatGram.mostColumns(x.rows()) : MOST_GRAM);
        if (withGram && solver.size + more.length > most) {
            withGram = false;
            CoordinateDescent naive = floored(new NaiveCoordinateDescent(x, z, v, false));
            naive.extend(Arrays.copyOf(solver.column, solver.size), z);
            solver = naive;
        }
        if (more.length > 0) {
            solver.extend(more, z);
        }
    }

    private Penalty penalty(double alpha) {
        return base.with(alpha * params.l1Ratio(), alpha * (1 - params.l1Ratio()));
    }

    private List<GaussianStep> solve(GaussianStep from, double strength, double[] alphas) {
        List<GaussianStep> steps = new ArrayList<>();
        load(from);
        double[] olderB = null;
        double[] olderState = null;
        double older = Double.NaN;
        double newer = strength;
        for (double alpha : alphas) {
            GaussianStep step = new GaussianStep(penalty(alpha));
            step.target = INNER * params.tolerance() * nullLoss * Math.pow(Math.min(1, effort(from.column.length)), 3);
            double[] b = Arrays.copyOf(solver.b, solver.size);
            double[] state = Arrays.copyOf(solver.state(), solver.stateLength());
            if (olderB != null && older > newer) {
                solver.extrapolate(step.penalty, olderB, olderState, (newer - alpha) / (older - newer));
            }
            step.sweeps += solver.solve(step.penalty, step.target, params.maxSweeps());
            step.take(solver);
            steps.add(step);
            olderB = b;
            olderState = state;
            older = newer;
            newer = alpha;
        }
        return steps;
    }

    /**
     * What a sweep costs against a pass over the data, roughly. Small sets are solved nearly exactly, since that takes next to no time and
     * spares checks.
     */
    private double effort(int active) {
        return 64.0 * solver.size * (active + 1) / ((double) x.rows() * x.columns());
    }

    private void load(GaussianStep step) {
        double[] b = new double[solver.size];
        double[] byColumn = new double[x.columns()];
        for (int k = 0; k < step.column.length; k++) {
            byColumn[step.column[k]] = step.b[k];
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = byColumn[solver.column[i]];
        }
        solver.load(b, step.u);
    }

    /** Checks and solves again until every gap is small enough; returns the number of checks. */
    private int repair(List<GaussianStep> steps) {
        double wanted = params.tolerance() * nullLoss;
        List<GaussianStep> pending = steps;
        for (int round = 1;; round++) {
            List<GaussianStep> current = pending;
            WorkerPool.current().forEach(current.size(), k -> current.get(k).settle(x, z, v, residual));
            checker.check(current);
            pending = current.stream().filter(step -> !(step.gap <= wanted)).toList();
            if (pending.isEmpty()) {
                return round;
            }
            if (round == MOST_ROUNDS) {
                GaussianStep worst = pending.getFirst();
                throw new ConvergenceException("elastic net with l1 " + worst.penalty.l1 + " and l2 " + worst.penalty.l2
                        + ": duality gap " + worst.gap / nullLoss + " of the null loss, " + params.tolerance()
                        + " wanted; rounding allows no less, or the columns depend on each other");
            }
            int[] lacking = pending.stream().flatMapToInt(step -> Arrays.stream(step.wanted)).filter(j -> !inSet[j])
                    .distinct().sorted().toArray();
            include(lacking);
            for (GaussianStep step : pending) {
                if (Arrays.stream(lacking).noneMatch(j -> Math.abs(step.slopes[j]) > step.penalty.threshold(j))) {
                    step.target /= 8;
                }
                load(step);
                step.sweeps += solver.solve(step.penalty, step.target, params.maxSweeps());
                step.take(solver);
            }
        }
    }
}
