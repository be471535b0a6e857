package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.List;

/** Which rounds' trees are dropped, and the weights that rounds have as a consequence. */
final class Dropout {
    private static final long DART = 31;

    private final BoostingParams params;
    private final BinnedTable x;
    private final List<List<BinnedTree>> rounds = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private List<Integer> dropped = List.of();

    Dropout(BoostingParams params, BinnedTable x) {
        this.params = params;
        this.x = x;
    }

    /** Goes on after rounds that a snapshot holds. */
    void resume(List<List<BinnedTree>> done, double[] factors) {
        rounds.addAll(done);
        for (double factor : factors) weights.add(factor);
    }

    /** The factors on the trees of all rounds. */
    double[] weights() {
        return weights.stream().mapToDouble(w -> w).toArray();
    }

    /** The factor on the trees of a round. */
    double weight(int round) {
        return weights.get(round);
    }

    /**
     * Takes rounds out of the scores.
     *
     * @return the factor on the learning rate of the coming trees: 1 / (1 + rounds dropped)
     */
    double drop(int round, double[] score, Evaluator evaluator) {
        dropped = choose(round);
        for (int d : dropped) add(rounds.get(d), -weights.get(d), score, evaluator);
        return 1.0 / (1 + dropped.size());
    }

    private List<Integer> choose(int round) {
        Dart dart = params.dart();
        long key = Mix.key(params.seed(), DART, round);
        List<Integer> chosen = new ArrayList<>();
        if (Mix.uniform(key, -1) < dart.skip()) return chosen;
        for (int r = 0; r < rounds.size() && chosen.size() < dart.maxDrop(); r++) {
            if (Mix.uniform(key, r) < dart.rate()) chosen.add(r);
        }
        return chosen;
    }

    /** Puts the dropped rounds back, weaker by d / (d + 1), beside the new one. */
    void restore(List<BinnedTree> grown, double[] score, Evaluator evaluator) {
        double factor = dropped.size() / (dropped.size() + 1.0);
        for (int d : dropped) {
            weights.set(d, weights.get(d) * factor);
            add(rounds.get(d), weights.get(d), score, evaluator);
        }
        rounds.add(grown);
        weights.add(1.0);
    }

    private void add(List<BinnedTree> trees, double factor, double[] score, Evaluator evaluator) {
        for (int c = 0; c < trees.size(); c++) {
            trees.get(c).addTo(x, score, c * x.rows(), factor);
            evaluator.add(trees.get(c), c, factor);
        }
    }
}
