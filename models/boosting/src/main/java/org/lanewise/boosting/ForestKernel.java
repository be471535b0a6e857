package org.lanewise.boosting;

/** A way to score blocks of rows by those trees of a forest that suit it. Immutable; a {@link Block} is a thread's work space. */
interface ForestKernel {
    /** Most rows of a block. */
    int ROWS = Long.SIZE;

    Block block();

    /** Some rows, and where they go. Trees are counted within the kernel. */
    interface Block {
        /** Reads rows {@code from} to {@code from + n - 1}, at most {@link #ROWS}. */
        void read(Features data, int from, int n);

        /** Adds a tree's values to {@code sum[at]} and on, which are modified; those after the rows read mean nothing. */
        void add(int tree, double[] sum, int at);

        /** Writes the leaf of each row; {@code out} has room for {@link #ROWS}, those after the rows read mean nothing. */
        void leaves(int tree, int[] out);
    }
}
