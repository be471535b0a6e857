package org.lanewise.boosting;

/** How a leaf's value is kept from breaking a monotone constraint; both guarantee that none is broken. */
public enum MonotoneMethod {
    /** A split by a constrained feature bounds all that follows on either side by the middle of its two values. */
    BASIC,
    /**
     * Each leaf is bounded by the values of the leaves that a constrained feature leads to from it, and its best split is
     * sought again when these change (Auguste, Malory and Smirnov 2020). Bounds are wider than those of BASIC, so less is lost.
     */
    INTERMEDIATE
}
