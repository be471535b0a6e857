package org.lanewise.cli.search;

/**
 * Says how good settings are, on rows that neither the final fit's test nor its training uses. Must depend on the settings
 * alone: the same settings give the same score, and the same reports on the way.
 *
 * @param <R> the settings
 */
@FunctionalInterface
public interface Scorer<R> {
    /**
     * Trains and measures.
     *
     * @param settings to be judged
     * @param reports  told of scores on the way, so that a hopeless trial ends early; need not be used
     * @return the score, of the kind of the reports
     * @throws Exception any; fails this trial, not the search
     */
    double score(R settings, Reports reports) throws Exception;

    /** Listens to scores on the way. */
    @FunctionalInterface
    interface Reports {
        /**
         * Takes one score.
         *
         * @param step  effort spent so far, comparable between trials; larger than at the last call
         * @param value finite
         * @throws RuntimeException if the trial is to end now; let it pass
         */
        void at(int step, double value);
    }
}
