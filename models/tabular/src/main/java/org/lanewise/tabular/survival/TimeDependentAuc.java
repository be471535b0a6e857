package org.lanewise.tabular.survival;

import org.lanewise.tabular.metrics.RankedScores;

/**
 * The cumulative/dynamic area under the ROC curve at time t: the chance that one with the event by t has a higher risk than one
 * still free of it after t, weighted for censoring ({@link CensoringWeights}; Uno et al. 2007, Hung and Chiang 2010).
 */
public final class TimeDependentAuc {
    private TimeDependentAuc() {
    }

    /** NaN without a case or a control. */
    public static double at(Survival data, double[] risk, double t) {
        return RankedScores.of(risk, CensoringWeights.eventBy(data, t)).rocAuc(CensoringWeights.at(data, t));
    }
}
