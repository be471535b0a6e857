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

    public GradientBoosting(BoostingParams params) {
        this.params = params;
    }

    /** Bins the features as {@link BoostingParams#bins} says and fits. */
    public BoostingModel fit(Features x, Target y) {
        return fit(new Binning(params.bins(), 3, 200_000, params.seed()).bin(x), y);
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
     * @throws IllegalArgumentException if rows, classes or constraints do not fit together
     */
    public BoostingModel fit(BinnedTable x, Target y, Evaluation... evaluations) {
        if (x.rows() == 0) throw new BadInputException("no rows to train on");
        if (x.rows() != y.rows()) throw new IllegalArgumentException(y.rows() + " targets for " + x.rows() + " rows");
        if (params.earlyStopping() > 0 && evaluations.length == 0) {
            throw new IllegalArgumentException("early stopping needs an evaluation set");
        }
        return new Fit(params, x, Weighting.of(params, y), List.of(evaluations)).run();
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
        private final RowSampler sampler;
        private final Dropout dropout;
        private final Evaluator evaluator;
        private final List<GrownTree> trees = new ArrayList<>();
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
            sampler = new RowSampler(params, n, k);
            dropout = params.mode() == BoostingParams.Mode.DART ? new Dropout(params, x) : null;
            evaluator = new Evaluator(params, base, evaluations);
        }

        BoostingModel run() {
            for (int round = 0; round < params.trees(); round++) {
                if (!round(round)) break;
                if (evaluator.stopsAfter(round + 1)) break;
            }
            List<RegressionTree> finished = new ArrayList<>();
            for (int t = 0; t < trees.size(); t++) {
                RegressionTree tree = trees.get(t).toTree();
                finished.add(dropout == null ? tree : tree.scaled(dropout.weight(t / k), 0));
            }
            return BoostingModel.builder(params.objective().name(), params.objective().link(), x.bins(), base)
                    .trees(finished)
                    .averaged(forest).bestRound(Math.min(evaluator.bestRound(), finished.size() / k))
                    .history(evaluator.history()).build();
        }

        /** Grows the trees of a round; false if nothing can be split any more. */
        private boolean round(int round) {
            double rate = forest ? 1 : params.learningRate();
            if (dropout != null) rate = dropout.drop(round, score, evaluator) * rate;
            if (!forest || round == 0) objective.gradients(score, gradient, hessian);
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
                grew |= tree.nodes() > 0;
                grown.add(tree);
            }
            if (!grew && sampler.rows() == null && params.featureFraction() == 1 && dropout == null) return false;
            for (int c = 0; c < k; c++) {
                if (!forest) update(grown.get(c), c);
                evaluator.add(grown.get(c), c);
            }
            trees.addAll(grown);
            if (dropout != null) dropout.restore(grown, score, evaluator);
            return true;
        }

        /** The grower still holds the last tree's rows by leaf; earlier trees of the round and rows not drawn are looked up. */
        private void update(GrownTree tree, int c) {
            if (k == 1 && sampler.rows() == null) {
                leaves.add(tree, grower.partition(), score);
            } else {
                tree.addTo(x, score, c * n, 1);
            }
        }
    }
}
