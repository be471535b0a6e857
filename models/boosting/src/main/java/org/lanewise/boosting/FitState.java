package org.lanewise.boosting;

import java.util.List;

/**
 * A fit between two rounds: everything that the coming rounds depend on besides parameters and data. Random choices are made
 * from the seed and the number of the round, so there is no generator to remember; scores are kept as they are, because
 * adding up the trees again could round otherwise.
 *
 * @param trees   of the rounds done, round after round, not yet weighted by dropout
 * @param score   of the training rows, class after class
 * @param sums    of each evaluation's rows, likewise
 * @param history the metrics of the rounds done
 * @param weights of the rounds under dropout; empty without
 * @param ended   whether no round is to follow
 */
public record FitState(List<RegressionTree> trees, double[] score, List<double[]> sums, EvaluationHistory history,
        double[] weights, boolean ended) {
    public FitState {
        trees = List.copyOf(trees);
        sums = List.copyOf(sums);
    }
}
