package org.lanewise.nn;

/**
 * One prepared operation of an {@link Inference}: rows of numbers to rows of numbers. It holds copies of the weights and never
 * changes.
 */
interface Step {

    /** The columns of the result for rows of {@code in} columns. */
    int width(int in);

    /** The floats of working space that {@link #run} needs besides its argument and result. */
    default int room(int rows, int in) {
        return 0;
    }

    /** Whether the result may be written over the argument. */
    default boolean inPlace() {
        return false;
    }

    /**
     * Computes the rows of {@code piece}.
     *
     * @param x rows of {@code in} columns from {@code xo}
     * @param y rows of {@link #width} columns from {@code yo}; modified
     * @param space working space from {@code at}; modified
     */
    void run(Piece piece, int in, float[] x, int xo, float[] y, int yo, float[] space, int at);
}
