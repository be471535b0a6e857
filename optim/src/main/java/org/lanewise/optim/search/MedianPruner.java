package org.lanewise.optim.search;

import java.util.Arrays;
import java.util.List;

/**
 * The median stopping rule: a trial ends if the best of its reports is worse than the median of what earlier complete
 * trials reported at the same step. D. Golovin et al., "Google Vizier: a service for black-box optimization", KDD
 * 2017, section 3.2.1 (with the value at the step in place of the running mean).
 *
 * @param startupTrials complete trials before any is pruned, at least 1
 * @param warmupSteps no pruning at steps below this
 */
public record MedianPruner(int startupTrials, int warmupSteps) implements Pruner {

    /** @throws IllegalArgumentException if a number is too small */
    public MedianPruner {
        if (startupTrials < 1) throw new IllegalArgumentException("startupTrials must be >= 1, not " + startupTrials);
        if (warmupSteps < 0) throw new IllegalArgumentException("warmupSteps must be >= 0, not " + warmupSteps);
    }

    /** After 5 complete trials, from the first step on. */
    public static MedianPruner defaults() {
        return new MedianPruner(5, 0);
    }

    @Override
    public boolean prunes(List<TrialResult.Report> reports, History history) {
        int step = reports.getLast().step();
        List<TrialResult> complete = history.in(TrialResult.State.COMPLETE);
        if (step < warmupSteps || complete.size() < startupTrials) return false;
        double[] others = complete.stream().flatMap(trial -> trial.reports().stream())
                .filter(report -> report.step() == step).mapToDouble(report -> history.loss(report.value())).toArray();
        if (others.length == 0) return false;
        Arrays.sort(others);
        double median = (others[(others.length - 1) / 2] + others[others.length / 2]) / 2;
        return reports.stream().mapToDouble(report -> history.loss(report.value())).min().orElseThrow() > median;
    }
}
