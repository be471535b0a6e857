package org.lanewise.engine.kernels;

/**
 * Inner loops over many small problems of one shape in double precision, a problem to a lane. A row is {@value #LANES} numbers,
 * one of each problem; what is combined with what is the same for all problems and comes in tables of row offsets (row number
 * times {@value #LANES}), so nothing branches, gathers or moves between lanes.
 *
 * <p>As with {@link Kernels}, arguments are checked by the caller and every implementation gives the same bits. Results must not
 * overlap what a call reads, except as {@link #expand} says. Numbers are not NaN, and {@link #expand} must not overflow or
 * underflow: its result is then independent of whether the processor has a fused multiply-add.
 */
public interface LaneKernels {
    /** Problems side by side: one register of 512 bits, two of 256, four of 128. */
    int LANES = 8;

    /**
     * Expansions of determinants along a row, in double-double arithmetic (relative error some 2^-104 of the sum of the terms'
     * magnitudes): a number is {@code hi + lo}, hi being it rounded to double. For each of {@code rows} rows from {@code out} on
     * in turn, which may read those before it,
     * {@code row = sum over t < terms of (-1)^t hi[a_t] (hi + lo)[b_t]}, where {@code a_0, b_0, a_1, b_1 ...} are the next
     * {@code 2 terms} offsets of {@code table} from {@code at} on.
     *
     * @param hi  read and written
     * @param lo  read and written
     * @param out offset of the first row written
     */
    void expand(double[] hi, double[] lo, int[] table, int at, int rows, int terms, int out);

    /**
     * In which lanes a number is too small: a bit for each lane in which, for some r, the magnitude of row {@code table[2 r]} of x is
     * not above {@code factor} times row {@code table[2 r + 1]} of bounds.
     */
    int small(double[] x, double[] bounds, int[] table, int rows, double factor);

    /** Row r of {@code out} is the sum of the rows of x at the next {@code terms} offsets of {@code table}, in their order. */
    void sums(double[] x, int[] table, int rows, int terms, double[] out);

    /**
     * What a total is besides a part, by that part: {@code (whole - part) / part}, Infinity where the part is 0. Row r of
     * {@code out} is made of the rows {@code whole[table[2 r]]} and {@code part[table[2 r + 1]]}; numbers are not negative.
     *
     * @param most the row at {@code mo} becomes the lanes' largest result
     */
    void ratios(double[] whole, double[] part, int[] table, int rows, double[] out, double[] most, int mo);

    /**
     * Row r of {@code out} is the smallest of the rows of x at the next {@code terms} offsets of {@code table}.
     *
     * @param most the row at {@code mo} becomes the lanes' largest result
     */
    void minima(double[] x, int[] table, int rows, int terms, double[] out, double[] most, int mo);
}
