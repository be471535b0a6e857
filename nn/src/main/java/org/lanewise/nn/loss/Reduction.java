package org.lanewise.nn.loss;

/** How the losses of the single elements become one number. */
public enum Reduction {
    /** They do not: the result has the shape of the elements. */
    NONE,
    /** Their sum. */
    SUM,
    /** Their sum divided by the number of elements, whatever their weights. */
    MEAN,
    /** Their sum divided by the sum of the weights; without weights the same as {@link #MEAN}. */
    WEIGHTED_MEAN
}
