package org.lanewise.optim;

import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param ending why it stopped
 * @param epochs whole epochs done, over all resumed parts
 * @param steps optimiser steps done
 * @param bestEpoch epoch (from 0) with the best monitored metric; the last one if nothing was monitored, -1 if none ended
 * @param best the monitored metric there, NaN if nothing was monitored
 * @param history the metrics of each epoch, from the first
 */
public record TrainingResult(Ending ending, int epochs, long steps, int bestEpoch, double best,
        List<Map<String, Double>> history) {

    /** Why a run stopped. */
    public enum Ending {
        /** All epochs are done. */
        COMPLETED,
        /** The monitored metric had stopped to improve. */
        EARLY_STOPPED,
        /** Time was up; can be resumed. */
        TIME_LIMIT,
        /** Stopped from outside; can be resumed. */
        INTERRUPTED;

        /** Whether a resumed run goes on instead of returning at once. */
        public boolean resumable() {
            return this != EARLY_STOPPED;
        }
    }
}
