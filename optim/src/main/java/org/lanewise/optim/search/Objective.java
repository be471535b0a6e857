package org.lanewise.optim.search;

/**
 * What a search makes small or large. It is called by several threads at once, each with a trial of its own, and for
 * reproducible searches must be a function of the trial's values and number alone.
 */
@FunctionalInterface
public interface Objective {
    /**
     * @return the score; a value that is not finite fails the trial
     * @throws Exception any, but for {@link PrunedException} and {@link InterruptedException}, fails this trial and
     * not the search
     */
    double evaluate(Trial trial) throws Exception;
}
