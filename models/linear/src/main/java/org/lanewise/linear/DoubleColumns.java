package org.lanewise.linear;

/** Dense columns in double precision. */
final class DoubleColumns extends ColumnStore {
    private final double[][] blocks;
    private final int perBlock;

    DoubleColumns(int rows, int columns, double[][] blocks) {
        super(rows, columns);
        this.blocks = blocks;
        perBlock = blocks.length == 0 ? 1 : Math.max(1, blocks[0].length / rows);
    }

    private double[] block(int j) {
        return blocks[j / perBlock];
    }

    private int offset(int j) {
        return j % perBlock * rows();
    }

    @Override
    double dot(int j, double[] u) {
        return KERNELS.dot(block(j), offset(j), u, 0, rows());
    }

    @Override
    double squares(int j, double[] h, double centre) {
        return KERNELS.squares(block(j), offset(j), centre, h, 0, rows());
    }

    @Override
    void axpy(int j, double factor, double[] y) {
        KERNELS.axpy(factor, block(j), offset(j), y, 0, rows());
    }

    @Override
    void axpy(int j, double factor, double[] w, double[] y) {
        KERNELS.axpy(factor, w, 0, block(j), offset(j), y, 0, rows());
    }

    @Override
    void copy(int j, int from, int count, double[] out, int at) {
        System.arraycopy(block(j), offset(j) + from, out, at, count);
    }
}
