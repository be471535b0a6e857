package org.lanewise.autograd;

/** What a loss makes of the values of its elements. */
public enum LossReduction {
    /** Each element's own. */
    NONE,
    /** Their sum. */
    SUM,
    /** Their mean; a loss with weights says by what it divides. */
    MEAN
}
