package org.lanewise.boosting;

/** What a feature's importance is the sum of, over the nodes that test it. */
public enum Importance {
    /** The gain of the splits. */
    GAIN,
    /** The number of splits. */
    SPLIT,
    /** The training rows at the nodes. */
    COVER
}
