package org.lanewise.linear;

/** Columns in single precision, which matrix products in single precision can read. */
interface SinglePrecision {
    /**
     * R X in single precision, all rows of R against all columns in one pass over X.
     *
     * @param r
     *            {@code count} x rows, row-major
     * @param out
     *            {@code count} x columns, row-major
     */
    void multiply(float[] r, int count, float[] out);
}
