package org.lanewise.boosting;

/** What gradients are summed in when splits are sought. Leaf values always come from double sums of the gradients themselves. */
public enum HistogramPrecision {
    /**
     * Whole numbers of up to 15 bits and a sign, stochastically rounded; fewer bits when more than 65,536 rows would overflow
     * a 32-bit sum (12 for 500,000 rows). A tree whose gradients are so uneven that this would add more than a thousandth to
     * their variance is grown with {@link #FLOAT64} sums.
     */
    INT15,
    /** As INT15 with 4 bits: for comparisons with other quantised training. */
    INT4,
    /** Double sums, the reference: slower, comparable split for split with LightGBM. */
    FLOAT64
}
