package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;

/** Gives the leaves of a model values for other data. */
final class Refit {
    private final BoostingParams params;
    private final double decay;

    Refit(BoostingParams params, double decay) {
        if (!(decay >= 0 && decay <= 1)) throw new IllegalArgumentException("decay must be from 0 to 1: " + decay);
        this.params = params;
        this.decay = decay;
    }

    BoostingModel run(BoostingModel model, Features x, Target y) {
        int n = x.rows();
        int k = model.scores();
        if (n != y.rows()) throw new IllegalArgumentException(y.rows() + " targets for " + n + " rows");
        if (k != params.objective().scores()) {
            throw new IllegalArgumentException(
                    params.objective().name() + " has " + params.objective().scores() + " scores, the model " + k);
        }
        Objective.Bound objective = params.objective().bind(Weighting.of(params, y));
        if (model.trees().stream().anyMatch(RegressionTree::linear))
            throw new UnsupportedOperationException("models with linear leaves cannot be refitted");
        int[] leaves = model.predictLeaf(x);
        int trees = model.bestRound() * k;
        double[] score = new double[n * k];
        for (int i = 0; i < n * k; i++) score[i] = model.base()[i / n];
        float[] g = new float[n * k];
        float[] h = new float[n * k];
        List<RegressionTree> refitted = new ArrayList<>();
        for (int t = 0; t < trees; t++) {
            int c = t % k;
            if (c == 0 && (t == 0 || !model.averaged())) objective.gradients(score, g, h);
            RegressionTree tree = leaves(model.trees().get(t), t, trees, leaves, g, h, c * n, n);
            refitted.add(tree);
            for (int i = 0; i < n; i++) score[c * n + i] += tree.leafValue(leaves[i * trees + t]);
        }
        return BoostingModel.builder(model.objective(), model.link(), model.features(), model.base()).trees(refitted)
                .averaged(model.averaged()).build();
    }

    private RegressionTree leaves(RegressionTree tree, int t, int trees, int[] leaves, float[] g, float[] h, int offset,
            int n) {
        double[] sumG = new double[tree.leaves()];
        double[] sumH = new double[tree.leaves()];
        int[] rows = new int[tree.leaves()];
        for (int i = 0; i < n; i++) {
            int leaf = leaves[i * trees + t];
            sumG[leaf] += g[offset + i];
            sumH[leaf] += Math.max(0, h[offset + i]);
            rows[leaf]++;
        }
        LeafValue value = new LeafValue(params.l1(), params.maxDeltaStep(), 0);
        double rate = params.mode() == BoostingParams.Mode.RANDOM_FOREST ? 1 : params.learningRate();
        double[] values = new double[tree.leaves()];
        for (int l = 0; l < values.length; l++) {
            double now = rate * value.value(sumG[l], sumH[l], params.l2(), rows[l], 0);
            values[l] = rows[l] == 0 ? tree.leafValue(l) : decay * tree.leafValue(l) + (1 - decay) * now;
        }
        return tree.withLeafValues(values);
    }
}
