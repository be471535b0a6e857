package org.lanewise.optim.search;

import java.util.List;

/**
 * Decides after each report whether a trial goes on. The decision must be a function of the arguments alone, and
 * {@code toString} must tell the settings, which are stored with the search.
 */
@FunctionalInterface
public interface Pruner {
    /**
     * @param reports of the running trial, by step; the last one is new
     * @param history finished trials of earlier batches, by number
     */
    boolean prunes(List<TrialResult.Report> reports, History history);
}
