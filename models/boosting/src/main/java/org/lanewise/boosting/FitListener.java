package org.lanewise.boosting;

import java.util.List;
import java.util.function.Supplier;

/**
 * Watches a fit, round by round, on the thread that fits.
 *
 * <pre>{@code
 * BoostingModel model = new GradientBoosting(params).watchedBy(round -> {
 *     System.out.println(round.number() + " " + round.measured());
 *     return !stopRequested();
 * }).fit(x, y, valid);
 * }</pre>
 */
@FunctionalInterface
public interface FitListener {

    /**
     * After each round. An exception ends the fit and reaches its caller.
     *
     * @return false to end the fit here, with the rounds so far
     */
    boolean afterRound(Round round);

    /** When the fit has ended by itself: all rounds are done, or more would not help. */
    default void ended(FitState state) {}

    /**
     * A round that is done.
     *
     * @param number   from 1
     * @param of       most rounds of the fit
     * @param best     the best round so far; 0 without early stopping
     * @param measured what each metric of each evaluation says now, in order
     * @param state    takes a snapshot from which the fit can be resumed; costs a copy of the scores
     */
    record Round(int number, int of, int best, List<Measured> measured, Supplier<FitState> state) {}

    /** One metric of one evaluation. */
    record Measured(String evaluation, String metric, double value) {}
}
