package org.lanewise.henaw.clocks;

import org.lanewise.henaw.data.Cohort;

/**
 * Something that turns a person's measurements into one number that grows with age or risk: a published formula, a fitted
 * baseline, or a trained model. Implementations are immutable.
 */
public interface Clock {
    /** Name in tables. */
    String label();

    /** One number per person; NaN for people who lack an input. */
    double[] apply(Cohort people);
}
