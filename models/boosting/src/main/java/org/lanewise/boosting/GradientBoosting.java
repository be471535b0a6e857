package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.tabular.BadInputException;

/**
 * Fits {@link BoostingModel}s: in each round a tree per score is grown on the gradients of the objective at the scores so far
 * and added with the learning rate (Friedman 2001, with the second-order leaves of Chen and Guestrin 2016).
 *
 * <pre>{@code
 * BinnedTable x = Binning.defaults().bin(Features.of(table.without("sick")));
 * BoostingParams p = BoostingParams.builder(Objective.logistic()).trees(500).leaves(63).earlyStopping(50).build();
 * BoostingModel model = new GradientBoosting(p).fit(x, Target.of(table.numbers("sick")),
 *         Evaluation.on("valid", x.bin(Features.of(valid)), Target.of(valid.numbers("sick")), Metric.auc()));
 * }</pre>
 *
 * <p>Work is shared out to {@link org.lanewise.engine.WorkerPool#current()}. The same data, parameters and seed give the same
 * bits for any number of threads. Memory: 2 bytes per cell of the table, 16 per row and score, 24 per row.
 */
public final class GradientBoosting {
    private final BoostingParams params;
    private final FitListener listener;
    private final FitState from;

    public GradientBoosting(BoostingParams params) {
        this(params, _ -> true, null);
    }

    private GradientBoosting(BoostingParams params, FitListener listener, FitState from) {
        this.params = params;
        this.listener = listener;
        this.from = from;
    }

    /** The same, told of every round. */
    public GradientBoosting watchedBy(FitListener other) {
        return new GradientBoosting(params, other, from);
    }

    /**
     * The same, going on where another fit of the same data, evaluations and parameters was: the model is the same to the last
     * bit as if that one had not been interrupted.
     */
    public GradientBoosting resumedFrom(FitState state) {
        return new GradientBoosting(params, listener, state);
    }

    /** Bins the features as {@link BoostingParams#bins} says and fits. */
    public BoostingModel fit(Features x, Target y) {
        BinnedTable bins = new Binning(params.bins(), 3, 200_000, params.seed()).bin(x);
        return fit(params.linear().enabled() ? bins.withValues(x) : bins, y);
    }

    /**
     * The same tests with leaves fitted to other data: {@code decay} of the old value plus the rest of what the new rows, and the
     * scores of the refitted trees before, ask for. Leaves that no new row reaches keep their values.
     *
     * @param decay from 0 to 1; .9 is usual
     */
    public BoostingModel refit(BoostingModel model, Features x, Target y, double decay) {
        return new Refit(params, decay).run(model, x, y);
    }

    /**
     * Fits.
     *
     * @throws BadInputException        if a label is not allowed by the objective
     * @throws IllegalArgumentException if rows, classes or constraints do not fit together, or the state resumed from is
     *                                  of another fit
     */
    public BoostingModel fit(BinnedTable x, Target y, Evaluation... evaluations) {
        if (x.rows() == 0) throw new BadInputException("no rows to train on");
        if (x.rows() != y.rows()) throw new IllegalArgumentException(y.rows() + " targets for " + x.rows() + " rows");
        if (params.earlyStopping() > 0 && evaluations.length == 0) {
            throw new IllegalArgumentException("early stopping needs an evaluation set");
        }
        Fit fit = new Fit(params, x, Weighting.of(params, y), List.of(evaluations));
        return fit.run(from == null ? 0 : fit.resume(from), from != null && from.ended(), listener);
    }

    /** One fit in progress. */
    private static final class Fit {
        private final BoostingParams params;
        private final BinnedTable x;
        private final int n;
        private final int k;
        private final Objective.Bound objective;
        private final double[] base;
        private final double[] score;
        private final float[] gradient;
        private final float[] hessian;
        private final TreeGrower grower;
        private final LeafFitter leaves;
        /** {@code null} if leaves are constant. */
        private final LinearFitter linear;
        private final RowSampler sampler;
        private final Dropout dropout;
        private final Evaluator evaluator;
        private final List<RegressionTree> trees = new ArrayList<>();
        private final boolean forest;

        Fit(BoostingParams params, BinnedTable x, Target y, List<Evaluation> evaluations) {
            this.params = params;
            this.x = x;
            n = x.rows();
            k = params.objective().scores();
            forest = params.mode() == BoostingParams.Mode.RANDOM_FOREST;
            objective = params.objective().bind(y);
            double[] initial = y.initialScore();
            base = initial == null ? objective.initialScore() : new double[k];
            score = new double[Math.multiplyExact(n, k)];
            gradient = new float[n * k];
            hessian = new float[n * k];
            if (initial == null) {
                for (int c = 0; c < k; c++) Arrays.fill(score, c * n, (c + 1) * n, base[c]);
            } else {
                if (initial.length != n * k)
                    throw new IllegalArgumentException(initial.length + " initial scores for " + n + " rows of " + k);
                for (int i = 0; i < n * k; i++) score[i % k * n + i / k] = initial[i];
            }
            grower = new TreeGrower(params, x);
            leaves = new LeafFitter(params, objective, x);
            linear = params.linear().enabled() ? new LinearFitter(params.linear(), objective, x) : null;
            sampler = new RowSampler(params, n, k);
            dropout = params.mode() == BoostingParams.Mode.DART ? new Dropout(params, x) : null;
            evaluator = new Evaluator(params, base, evaluations);
        }

        /** Takes over a snapshot; returns the number of its rounds. */
        int resume(FitState state) {
            if (state.score().length != n * k || state.trees().size() % k != 0
                    || dropout != null && state.weights().length != state.trees().size() / k) {
                throw new IllegalArgumentException("the state is of another fit: it has " + state.score().length
                        + " scores and " + state.trees().size() + " trees, for " + n + " rows of " + k);
            }
            int rounds = state.trees().size() / k;
            System.arraycopy(state.score(), 0, score, 0, score.length);
            trees.addAll(state.trees());
            evaluator.resume(state, rounds);
            sampler.resume(rounds);
            if (dropout != null) {
                List<BinnedTree> all = state.trees().stream().map(tree -> new BinnedTree(tree, x.bins())).toList();
                List<List<BinnedTree>> byRound = new ArrayList<>();
                for (int r = 0; r < rounds; r++) byRound.add(all.subList(r * k, (r + 1) * k));
                dropout.resume(byRound, state.weights());
            }
            return rounds;
        }

        private FitState state(boolean ended) {
            return new FitState(trees, score.clone(), evaluator.sums(), evaluator.history(),
                    dropout == null ? new double[0] : dropout.weights(), ended);
        }

        BoostingModel run(int done, boolean ended, FitListener listener) {
            int rounds = done;
            boolean goOn = !ended;
            boolean stopped = false;
            while (goOn && !stopped) {
                goOn = rounds < params.trees() && round(rounds, rounds == done);
                if (!goOn) break;
                rounds++;
                goOn = !evaluator.stopsAfter(rounds);
                int best = evaluator.bestRound();
                stopped = !listener.afterRound(new FitListener.Round(rounds, params.trees(),
                        best == Integer.MAX_VALUE ? 0 : best, evaluator.latest(), () -> state(false)));
            }
            if (!ended && !goOn) listener.ended(state(true));
            return model();
        }

        private BoostingModel model() {
            List<RegressionTree> finished = new ArrayList<>();
            for (int t = 0; t < trees.size(); t++)
                finished.add(dropout == null ? trees.get(t) : trees.get(t).scaled(dropout.weight(t / k), 0));
            return BoostingModel.builder(params.objective().name(), params.objective().link(), x.bins(), base)
                    .trees(finished)
                    .averaged(forest).bestRound(Math.min(evaluator.bestRound(), finished.size() / k))
                    .history(evaluator.history()).build();
        }

        /** Grows the trees of a round; false if nothing can be split any more. */
        private boolean round(int round, boolean first) {
            double rate = forest ? 1 : params.learningRate();
            if (dropout != null) rate = dropout.drop(round, score, evaluator) * rate;
            if (!forest || first) objective.gradients(score, gradient, hessian);
            float[] g = gradient;
            float[] h = hessian;
            boolean rescaled = sampler.draw(round, g, h);
            if (rescaled) {
                g = sampler.gradient();
                h = sampler.hessian();
            }
            boolean grew = false;
            List<GrownTree> grown = new ArrayList<>();
            for (int c = 0; c < k; c++) {
                Gradients gradients = new Gradients(g, h, c * n, objective.constantHessian() && !rescaled);
                GrownTree tree = grower.grow(gradients, sampler.rows(), sampler.count(), (long) round * k + c);
                leaves.fit(tree, grower.partition(), gradients, score, rate);
                if (linear != null && round > 0) linear.fit(tree, grower.partition(), gradients, rate);
                grew |= tree.nodes() > 0;
                grown.add(tree);
            }
            if (!grew && sampler.rows() == null && params.featureFraction() == 1 && dropout == null) return false;
            // The grower still holds the rows of its last tree by leaf; other trees, and rows not drawn, are looked up.
            boolean inLeaves = k == 1 && sampler.rows() == null && linear == null;
            if (inLeaves && !forest) leaves.add(grown.getFirst(), grower.partition(), score);
            List<RegressionTree> finished = grown.stream().map(GrownTree::toTree).toList();
            trees.addAll(finished);
            add(finished, !inLeaves && !forest);
            return true;
        }

        /** Adds trees to the scores of evaluations, and of the training rows if wanted; then the dropped ones come back. */
        private void add(List<RegressionTree> finished, boolean training) {
            if (!training && dropout == null && evaluator.isEmpty()) return;
            List<BinnedTree> binned = finished.stream().map(tree -> new BinnedTree(tree, x.bins())).toList();
            for (int c = 0; c < k; c++) {
                if (training) binned.get(c).addTo(x, score, c * n, 1);
                evaluator.add(binned.get(c), c, 1);
            }
            if (dropout != null) dropout.restore(binned, score, evaluator);
        }
    }
}
