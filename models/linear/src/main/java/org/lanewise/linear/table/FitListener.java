package org.lanewise.linear.table;

import org.lanewise.linear.ElasticNetCv;

/** Told of every path that a training has fitted, from any thread. */
@FunctionalInterface
public interface FitListener {
    /** Listens to nothing. */
    FitListener NONE = _ -> {
    };

    /**
     * @param fold
     *            from 0; -1 for the path of all rows
     * @param round
     *            of the fold; null for the path of all rows
     * @param done
     *            how many paths there are now
     * @param restored
     *            whether it comes from a checkpoint
     */
    record Fit(int fold, ElasticNetCv.Round round, int done, boolean restored) {
    }

    void fitted(Fit fit);
}
