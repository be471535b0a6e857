package org.lanewise.linear;

import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;

/** Dense columns in single precision. */
final class FloatColumns extends ColumnStore implements SinglePrecision {
    private final float[][] blocks;
    private final int perBlock;

    FloatColumns(int rows, int columns, float[][] blocks) {
        super(rows, columns);
        this.blocks = blocks;
        perBlock = blocks.length == 0 ? 1 : Math.max(1, blocks[0].length / rows);
    }

    private float[] block(int j) {
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
        float[] block = block(j);
        int start = offset(j) + from;
        for (int i = 0; i < count; i++) {
            out[at + i] = block[start + i];
        }
    }

    @Override
    public void multiply(float[] r, int count, float[] out) {
        for (int b = 0; b < blocks.length; b++) {
            Gemm.multiply(count, blocks[b].length / rows(), rows(), r, 0, rows(), 1, blocks[b], 0, 1, rows(), out,
                    b * perBlock, columns(), false, Epilogue.NONE);
        }
    }
}
