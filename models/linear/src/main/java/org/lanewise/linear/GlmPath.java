package org.lanewise.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.lanewise.engine.WorkerPool;

/**
 * The elastic net path of losses other than the squared one, by proximal Newton steps: the loss is replaced by its quadratic expansion
 * with its second derivatives (of the linear predictors of one row their diagonal), that problem is solved by coordinate descent on a working
 * set, and a line search makes sure that the objective falls. Outputs move together ({@link SoftmaxDescent}), or take turns if they have too
 * many coefficients. The working sets start from the sequential strong rule and grow by
 * the columns that a pass over all of them finds wanting, until the duality gap over all columns is small enough.
 */
final class GlmPath {
    private static final int MOST_ROUNDS = 60;
    private static final int MOST_STEPS = 2000;
    private static final double INNER = 0.5;
    /** Near the minimum the objective is flat: slopes still tell better from worse when its values no longer do. */
    private static final double ROUNDING = 1e-14;
    /** A gap that falls to more than this share of what it was calls for the present weights. */
    private static final double SLOW = 0.3;
    /** Steps without a smaller gap before giving up. */
    private static final int PATIENCE = 30;
    /** The quadratic problems need not be solved better than this share of the null loss. */
    private static final double LEAST_ACCURACY = 1e-22;
    /** Share of the tolerance that may be due to intercepts. */
    private static final double INTERCEPT_SHARE = 0.1;
    /** How far an intercept or a coefficient without penalty may reasonably be from its best value, in units of eta. */
    private static final double REACH = 10;

    private final ColumnStore x;
    private final Standardization z;
    private final GlmLoss loss;
    private final Penalty base;
    private final ElasticNetParams params;
    private final boolean intercept;
    private final GlmBlock[] blocks;
    private final double[][] eta;
    private final double[][] u;
    private final double[][] h;
    private final double nullLoss;
    /** Of several outputs; null for one. */
    private final SoftmaxDescent joint;
    /** Whether outputs move together. */
    private final boolean together;
    private double value;
    private double sweeps;
    private double gap;
    private double kkt;

    GlmPath(ColumnStore x, Standardization z, GlmLoss loss, double[] offset, Penalty base, ElasticNetParams params) {
        this.x = x;
        this.z = z;
        this.loss = loss;
        this.base = base;
        this.params = params;
        intercept = params.fitIntercept() && loss.allowsIntercept();
        blocks = new GlmBlock[loss.outputs()];
        Arrays.setAll(blocks, _ -> new GlmBlock(x, z, offset, intercept));
        eta = Arrays.stream(blocks).map(block -> block.eta).toArray(double[][]::new);
        u = Arrays.stream(blocks).map(block -> block.u).toArray(double[][]::new);
        h = Arrays.stream(blocks).map(block -> block.h).toArray(double[][]::new);
        joint = loss instanceof MultinomialLoss several ? new SoftmaxDescent(x, z, several, intercept) : null;
        together = joint != null && (long) x.columns() * loss.outputs() <= SoftmaxDescent.MOST;
        for (int k = 0; intercept && loss instanceof MultinomialLoss several && k < blocks.length; k++) {
            blocks[k].shift(several.nullIntercept(k));
        }
        evaluate();
        settleIntercepts(0);
        nullLoss = value;
        if (joint != null) {
            joint.floor = 1e-26 * nullLoss;
        }
        for (GlmBlock block : blocks) {
            block.solver.floor = 1e-26 * nullLoss;
        }
    }

    /** The fits for the grid that follows from the least alpha at which no penalised column is in the model. */
    List<ElasticNetPath.Step> fit(DoubleFunction<double[]> grid) {
        include((_, j) -> base.factor(j) == 0);
        if (blocks[0].solver.size > 0) {
            newton(base.with(0, 0), 1e-14 * nullLoss);
        }
        check(base);
        double steepest = 0;
        for (GlmBlock block : blocks) {
            steepest = Math.max(steepest, base.steepest(block.slopes));
        }
        double strength = steepest / Math.max(params.l1Ratio(), 1e-3);
        List<ElasticNetPath.Step> steps = new ArrayList<>();
        for (double alpha : grid.apply(strength)) {
            Penalty penalty = base.with(alpha * params.l1Ratio(), alpha * (1 - params.l1Ratio()));
            double strong = alpha > 0 ? Math.max(0, 2 - strength / alpha) : 0;
            include((block, j) -> Math.abs(block.slopes[j]) >= strong * penalty.threshold(j));
            sweeps = 0;
            settle(penalty, alpha);
            steps.add(new ElasticNetPath.Step(alpha, model(), nullLoss > 0 ? 1 - value / nullLoss : 0,
                    nullLoss > 0 ? gap / nullLoss : 0, kkt, sweeps));
            strength = alpha;
        }
        return steps;
    }

    private interface Choice {
        boolean includes(GlmBlock block, int j);
    }

    /** Adds the columns chosen to the working sets: of all outputs if they move together. */
    private int include(Choice choice) {
        int count = 0;
        if (together) {
            int[] more = outside(blocks[0], j -> Arrays.stream(blocks).anyMatch(block -> choice.includes(block, j)));
            for (GlmBlock block : blocks) {
                block.include(more);
            }
            joint.include(more);
            return more.length;
        }
        for (GlmBlock block : blocks) {
            int[] more = outside(block, j -> choice.includes(block, j));
            block.include(more);
            count += more.length;
        }
        return count;
    }

    private int[] outside(GlmBlock block, IntPredicate chosen) {
        return IntStream.range(0, x.columns())
                .filter(j -> !block.inSet[j] && !base.excludes(j) && z.square[j] > 0 && chosen.test(j)).toArray();
    }

    private void settle(Penalty penalty, double alpha) {
        double wanted = params.tolerance() * nullLoss;
        double target = INNER * wanted;
        for (int round = 0;; round++) {
            newton(penalty, target);
            check(penalty);
            if (gap <= wanted) {
                return;
            }
            if (round == MOST_ROUNDS) {
                throw new ConvergenceException(params.family() + " elastic net at alpha " + alpha + ": duality gap "
                        + gap / nullLoss + " of the null loss, " + params.tolerance()
                        + " wanted; rounding allows no less, or the columns depend on each other");
            }
            if (include((block, j) -> penalty.wants(j, block.slopes[j])) == 0) {
                target /= 8;
            }
        }
    }

    /** Brings value, slopes and curvatures up to date with the coefficients. */
    private void evaluate() {
        value = loss.evaluate(eta, u, h);
    }

    /** As {@link #evaluate()} when only this output's coefficients have changed since. */
    private void evaluate(int output) {
        value = loss.evaluate(eta, u, h, output);
    }

    private void refresh() {
        for (int k = 0; k < blocks.length; k++) {
            loss.refresh(u, h, k);
        }
    }

    /** Minimises over the working sets until their gap is at most {@code target}, or steps no longer gain anything. */
    private void newton(Penalty penalty, double target) {
        double least = Double.POSITIVE_INFINITY;
        double last = Double.POSITIVE_INFINITY;
        double accuracy = nullLoss;
        int idle = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            refresh();
            DualityGap over = new DualityGap(penalty, REACH);
            slopes(GlmBlock::setSlopes);
            for (GlmBlock block : blocks) {
                block.addSet(over);
            }
            double inner = over.general(value) + freeGap();
            // Where the gap falls slowly, the quadratic problems were not solved well enough.
            accuracy = Math.max(Math.min(inner < least / 3 ? accuracy : accuracy / 8, inner / 50),
                    LEAST_ACCURACY * nullLoss);
            idle = inner < least ? 0 : idle + 1;
            least = Math.min(least, inner);
            if (inner <= target || idle > PATIENCE) {
                return;
            }
            boolean anew = inner > SLOW * last;
            last = inner;
            boolean moved = together && stepTogether(penalty, accuracy, anew);
            for (int k = 0; !together && k < blocks.length; k++) {
                moved |= step(k, penalty, accuracy, anew);
            }
            if (!moved) {
                return;
            }
        }
    }

    /**
     * One Newton step of one output; false if the objective does not fall.
     *
     * @param anew
     *            whether the weights must be the present ones
     */
    private boolean step(int output, Penalty penalty, double target, boolean anew) {
        GlmBlock block = blocks[output];
        loss.refresh(u, h, output);
        boolean fresh = anew || !block.weights.near(block.h);
        if (fresh) {
            block.weights.reweight(block.h);
        }
        return descend(output, penalty, target) || !fresh && step(output, penalty, target, true);
    }

    private boolean descend(int output, Penalty penalty, double target) {
        GlmBlock block = blocks[output];
        block.solver.load(block.b, block.u);
        sweeps += block.solver.solve(penalty, target, params.maxSweeps());
        double[] full = Arrays.copyOf(block.solver.b, block.solver.size);
        return search(penalty, new GlmBlock[] {block}, () -> evaluate(output), new double[][] {full},
                new double[] {block.weights.interceptStep()});
    }

    /** One Newton step of all outputs; false if the objective does not fall. */
    private boolean stepTogether(Penalty penalty, double target, boolean anew) {
        boolean fresh = joint.prepare(anew);
        joint.load(blocks);
        sweeps += joint.solve(penalty, target, params.maxSweeps());
        double[][] full = new double[blocks.length][];
        Arrays.setAll(full, joint::coefficients);
        return search(penalty, blocks, this::evaluate, full, joint.interceptSteps())
                || !fresh && stepTogether(penalty, target, true);
    }

    /** Goes towards the coefficients given, less far if the objective does not fall; stays and returns false if it does nowhere. */
    private boolean search(Penalty penalty, GlmBlock[] moving, Runnable evaluation, double[][] full, double[] steps) {
        double olderValue = objective(penalty);
        double[][] older = Arrays.stream(moving).map(block -> block.b).toArray(double[][]::new);
        double[] olderB0 = Arrays.stream(moving).mapToDouble(block -> block.b0).toArray();
        for (double share = 1; share > 1e-6; share /= 2) {
            move(moving, older, olderB0, full, steps, share);
            evaluation.run();
            if (objective(penalty) <= olderValue + ROUNDING * Math.abs(olderValue)) {
                return true;
            }
        }
        move(moving, older, olderB0, older, steps, 0);
        evaluation.run();
        return false;
    }

    private void move(GlmBlock[] moving, double[][] from, double[] b0, double[][] to, double[] steps, double share) {
        WorkerPool.current().forEach(moving.length, k -> {
            double[] b = to[k].clone();
            for (int i = 0; share < 1 && i < b.length; i++) {
                b[i] = from[k][i] + share * (b[i] - from[k][i]);
            }
            moving[k].b = b;
            moving[k].b0 = b0[k] + share * steps[k];
            moving[k].predict();
        });
    }

    private double objective(Penalty penalty) {
        double sum = value;
        for (GlmBlock block : blocks) {
            sum += block.penaltyValue(penalty);
        }
        return sum;
    }

    /** The slope of every intercept must vanish, or nearly so, for a gap to mean anything. */
    private void settleIntercepts(double allowed) {
        double before = Double.POSITIVE_INFINITY;
        for (int round = 0; intercept && freeGap() > allowed && round < MOST_ROUNDS; round++) {
            if (joint == null) {
                blocks[0].shift(loss.interceptStep(eta));
                evaluate();
                return;
            }
            double olderValue = value;
            double free = freeGap();
            if (free >= before) {
                return;
            }
            before = free;
            double[] steps = joint.interceptNewton(blocks);
            shift(steps, 1);
            for (double share = 1; value > olderValue + ROUNDING * olderValue && share > 1e-6; share /= 2) {
                shift(steps, -share / 2);
            }
        }
    }

    private void shift(double[] steps, double share) {
        for (int k = 0; k < blocks.length; k++) {
            blocks[k].shift(share * steps[k]);
        }
        evaluate();
    }

    /** What the intercepts add to a gap. */
    private double freeGap() {
        double free = 0;
        for (GlmBlock block : blocks) {
            free += intercept ? Math.abs(block.sum()) * REACH : 0;
        }
        return free;
    }

    /** Several outputs have a thread each; the columns of one are spread over them. */
    private void slopes(Consumer<GlmBlock> compute) {
        WorkerPool.current().forEach(blocks.length, k -> compute.accept(blocks[k]));
    }

    /** Sets slopes, gap and KKT violation over all columns. */
    private void check(Penalty penalty) {
        refresh();
        settleIntercepts(INTERCEPT_SHARE * params.tolerance() * nullLoss);
        DualityGap over = new DualityGap(penalty, REACH);
        kkt = 0;
        slopes(GlmBlock::allSlopes);
        for (GlmBlock block : blocks) {
            kkt = Math.max(kkt, block.addAll(over, penalty));
        }
        gap = over.general(value) + freeGap();
    }

    /**
     * Intercepts of several outputs are fixed up to a common constant: they are made to sum to 0. A loss that knows no intercept does not
     * care about constants: there eta is 0 for the average row.
     */
    private LinearModel model() {
        double[] constants = Arrays.stream(blocks).mapToDouble(GlmBlock::intercept).toArray();
        double middle = blocks.length > 1 && intercept ? Arrays.stream(constants).average().orElse(0) : 0;
        return LinearModel.of(params.family(), Arrays.stream(constants).map(c -> c - middle).toArray(),
                Arrays.stream(blocks).map(GlmBlock::coefficients).toArray(double[][]::new));
    }
}
