package org.lanewise.boosting;

/** A linear function in place of a constant: constant + sum coefficient x feature; the constant of the leaf where one is missing. */
record LinearLeaf(double constant, int[] features, double[] coefficients) {
}
