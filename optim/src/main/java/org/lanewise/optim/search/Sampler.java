package org.lanewise.optim.search;

import java.util.List;
import java.util.Map;
import org.lanewise.engine.Rng;

/**
 * Proposes the values of a trial. The proposal must be a function of the arguments alone, and {@code toString} must
 * tell the settings: it is stored with the search, which is only resumed with an equal one.
 */
@FunctionalInterface
public interface Sampler {
    /**
     * @param space of the search
     * @param history finished trials of earlier batches, by number
     * @param pending values of the trials of the same batch that were drawn before
     * @param rng of this trial
     * @return values of the active dimensions by name, as {@link SearchSpace#draw} makes them
     */
    Map<String, Object> sample(SearchSpace space, History history, List<Map<String, Object>> pending, Rng rng);
}
