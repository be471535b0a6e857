package org.lanewise.linear;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;

/** Columns in single precision in a mapped file; a column is copied before it is used, once for each thread. */
final class MappedFloats extends ColumnStore implements SinglePrecision {
    private static final ValueLayout.OfFloat LAYOUT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    /** Columns to a matrix product: with 2,000 rows they are 2 MB. */
    private static final int BLOCK = 256;
    private final MemorySegment file;
    private final ThreadLocal<float[]> column;

    MappedFloats(int rows, int columns, MemorySegment file) {
        super(rows, columns);
        this.file = file;
        column = ThreadLocal.withInitial(() -> new float[rows]);
    }

    private float[] column(int j) {
        float[] values = column.get();
        read(j, 0, rows(), values, 0);
        return values;
    }

    private void read(int j, int from, int count, float[] out, int at) {
        MemorySegment.copy(file, LAYOUT, ((long) j * rows() + from) * Float.BYTES, out, at, count);
    }

    @Override
    double dot(int j, double[] u) {
        return KERNELS.dot(column(j), 0, u, 0, rows());
    }

    @Override
    double squares(int j, double[] h, double centre) {
        return KERNELS.squares(column(j), 0, centre, h, 0, rows());
    }

    @Override
    void axpy(int j, double factor, double[] y) {
        KERNELS.axpy(factor, column(j), 0, y, 0, rows());
    }

    @Override
    void axpy(int j, double factor, double[] w, double[] y) {
        KERNELS.axpy(factor, w, 0, column(j), 0, y, 0, rows());
    }

    @Override
    void copy(int j, int from, int count, double[] out, int at) {
        float[] values = column.get();
        read(j, from, count, values, 0);
        for (int i = 0; i < count; i++) {
            out[at + i] = values[i];
        }
    }

    @Override
    public void multiply(float[] r, int count, float[] out) {
        float[] block = new float[Math.multiplyExact(Math.min(BLOCK, columns()), rows())];
        for (int from = 0; from < columns(); from += BLOCK) {
            int width = Math.min(BLOCK, columns() - from);
            read(from, 0, width * rows(), block, 0);
            Gemm.multiply(count, width, rows(), r, 0, rows(), 1, block, 0, 1, rows(), out, from, columns(), false,
                    Epilogue.NONE);
        }
    }
}
