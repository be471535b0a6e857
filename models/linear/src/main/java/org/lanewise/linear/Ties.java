package org.lanewise.linear;

/** How events at the same time enter the partial likelihood of {@link CoxRegression}. */
public enum Ties {
    /** All of them against the whole risk set. Exact for rare ties, biased towards 0 for many. */
    BRESLOW,
    /** As if they came one after the other in unknown order, each leaving the risk set by its average share. */
    EFRON
}
