package org.lanewise.linear;

/** Z_W'VZ_W of a growing working set W of standardised columns. */
abstract class GramMatrix {
    final ColumnStore x;
    final Standardization z;
    /** Rows with a weight above 0, and the roots of their weights. */
    final int[] row;
    final double[] root;
    int size;
    int[] column = new int[16];

    GramMatrix(ColumnStore x, Standardization z, double[] v) {
        this.x = x;
        this.z = z;
        row = java.util.stream.IntStream.range(0, v.length).filter(i -> v[i] > 0).toArray();
        root = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            root[i] = Math.sqrt(v[row[i]]);
        }
    }

    /** q -= step times row i. */
    abstract void subtract(int i, double step, double[] q);

    /** Adds columns to the set. */
    void extend(int[] more) {
        if (size + more.length > column.length) {
            column = java.util.Arrays.copyOf(column, Math.max(size + more.length, 2 * column.length));
        }
        System.arraycopy(more, 0, column, size, more.length);
        size += more.length;
        compute(size - more.length);
    }

    /** Fills in the rows and columns from {@code from}. */
    abstract void compute(int from);
}
