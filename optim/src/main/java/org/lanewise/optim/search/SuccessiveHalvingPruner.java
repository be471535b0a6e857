package org.lanewise.optim.search;

import java.util.List;

/**
 * Successive halving without waiting: rung k is at step {@code minSteps * factor^k}, and a trial that reaches it goes
 * on if it is among the best {@code 1 / factor} of those that reached it, itself included (always, if it is the
 * best). L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020, in its form that stops
 * trials instead of pausing them.
 *
 * <p>"Those that reached it" are the trials of earlier batches, not whichever other thread happens to be ahead.
 *
 * @param minSteps the first rung, at least 1
 * @param factor at least 2
 */
public record SuccessiveHalvingPruner(int minSteps, int factor) implements Pruner {

    /** @throws IllegalArgumentException if a number is too small */
    public SuccessiveHalvingPruner {
        if (minSteps < 1) throw new IllegalArgumentException("minSteps must be >= 1, not " + minSteps);
        if (factor < 2) throw new IllegalArgumentException("factor must be >= 2, not " + factor);
    }

    /** Rungs at 1, 4, 16, ... steps. */
    public static SuccessiveHalvingPruner defaults() {
        return new SuccessiveHalvingPruner(1, 4);
    }

    @Override
    public boolean prunes(List<TrialResult.Report> reports, History history) {
        TrialResult.Report now = reports.getLast();
        int before = reports.size() == 1 ? Integer.MIN_VALUE : reports.get(reports.size() - 2).step();
        for (long rung = minSteps; rung <= now.step(); rung *= factor) {
            if (before < rung && !promoted(now.value(), rung, history)) return true;
        }
        return false;
    }

    private boolean promoted(double value, long rung, History history) {
        double loss = history.loss(value);
        int reached = 1;
        int better = 0;
        for (TrialResult trial : history.trials()) {
            for (TrialResult.Report report : trial.reports()) {
                if (report.step() < rung) continue;
                reached++;
                if (history.loss(report.value()) < loss) better++;
                break;
            }
        }
        return better < Math.max(1, reached / factor);
    }
}
