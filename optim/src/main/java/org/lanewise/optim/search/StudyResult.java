package org.lanewise.optim.search;

import java.util.List;
import java.util.Optional;

/**
 * What a search found.
 *
 * @param trials all that ended, by number
 * @param maximize whether large scores are good
 * @param stopped whether it ended early because it was asked to
 */
public record StudyResult(List<TrialResult> trials, boolean maximize, boolean stopped) {

    /** Copies the list. */
    public StudyResult {
        trials = List.copyOf(trials);
    }

    /** The complete trial with the best score, the earliest of equals; empty if all were pruned or failed. */
    public Optional<TrialResult> best() {
        return new History(trials, maximize).ranked().stream()
                .filter(trial -> trial.state() == TrialResult.State.COMPLETE).findFirst();
    }

    /** How many trials ended so. */
    public int count(TrialResult.State state) {
        return (int) trials.stream().filter(trial -> trial.state() == state).count();
    }
}
