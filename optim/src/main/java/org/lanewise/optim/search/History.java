package org.lanewise.optim.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Trials that have ended, as samplers and pruners see them.
 *
 * @param trials by number
 * @param maximize whether large scores are good
 */
public record History(List<TrialResult> trials, boolean maximize) {

    /** Copies the list. */
    public History {
        trials = List.copyOf(trials);
    }

    /** A score or report as something to make small. */
    public double loss(double value) {
        return maximize ? -value : value;
    }

    /** The trials that ended so. */
    public List<TrialResult> in(TrialResult.State state) {
        return trials.stream().filter(trial -> trial.state() == state).toList();
    }

    /**
     * Best first: the complete trials by score, then the pruned ones, those that went further first and among equals
     * by their last report. Failed trials are left out; equal ones stay by number.
     */
    public List<TrialResult> ranked() {
        var ranked = new ArrayList<>(in(TrialResult.State.COMPLETE));
        ranked.sort(Comparator.comparingDouble(trial -> loss(trial.score())));
        var pruned = new ArrayList<>(in(TrialResult.State.PRUNED));
        pruned.sort(Comparator.<TrialResult>comparingInt(trial -> -trial.last().step())
                .thenComparingDouble(trial -> loss(trial.last().value())));
        ranked.addAll(pruned);
        return ranked;
    }
}
